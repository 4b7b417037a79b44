/* SPDX-License-Identifier: MIT
 * A submission's folder, step by step; and a student's own archives in it. */
#include "class/gather.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/tree.h"
#include "class/archive.h"
#include "class/layout.h"
#include "class/names.h"

/* Moves all that is in `from` into `to`; what is there by the same name stays, and is noted. */
static int move_contents(const char *from, const char *to, struct sg_texts *notes,
                         struct sg_error *err)
{
    struct sg_listing list = {0};
    if (sg_listing_read(from, &list, err) < 0)
        return -1;
    int failed = 0;
    for (size_t i = 0; !failed && i < list.count; i++) {
        sg_autofree char *old = sg_printf("%s/%s", from, list.items[i].name);
        sg_autofree char *new = sg_printf("%s/%s", to, list.items[i].name);
        struct stat status;
        if (lstat(new, &status) == 0) {
            sg_autofree char *shown = sg_name_show(list.items[i].name);
            sg_texts_add(notes, "left out: '%s' (something else has its name)", shown);
        } else if (rename(old, new) < 0) {
            failed = sg_fail_os(err, "move '%s'", old);
        }
    }
    sg_listing_done(&list);
    return failed;
}

/* Takes one folder away that is around everything. */
static int flatten(const char *target, struct sg_error *err)
{
    struct sg_listing list = {0};
    struct sg_texts notes = {0};
    if (sg_listing_read(target, &list, err) < 0)
        return -1;
    int failed = 0;
    if (list.count == 1 && list.items[0].sort == SG_ITEM_FOLDER) {
        sg_autofree char *inner = sg_printf("%s/%s", target, list.items[0].name);
        sg_autofree char *aside = sg_printf("%s.wrapping", target);
        failed = rename(inner, aside) < 0 ? sg_fail_os(err, "move '%s'", inner)
                                          : move_contents(aside, target, &notes, err);
        if (!failed)
            failed = sg_remove_tree(aside, err);
    }
    sg_listing_done(&list);
    sg_texts_done(&notes);
    return failed;
}

/* Unpacks the archive `name` in `target` and puts what is in it into `target`, or into a folder of
 * its own called `into`. */
static int unpack_own(struct sg_draft *draft, const char *target, const char *scratch,
                      const char *name, const char *into, struct sg_error *err)
{
    struct sg_remarks remarks = {0};
    sg_autofree char *file = sg_printf("%s/%s", target, name);
    sg_autofree char *folder = sg_printf("%s/own", scratch);
    sg_autofree char *shown = sg_name_show(name);
    sg_autofree char *below = into ? sg_printf("%s/%s", target, into) : sg_strdup(target);
    if (mkdir(folder, 0700) < 0)
        return sg_fail_os(err, "make the folder '%s'", folder);
    int failed = sg_archive_unpack(file, folder, &sg_unpack_submission, &remarks, err);
    for (size_t i = 0; i < remarks.count; i++) {
        sg_autofree char *text = sg_printf("'%s': %s", shown, remarks.items[i].text);
        if (remarks.items[i].spoils && !draft->spoiled)
            draft->spoiled = sg_strdup(text);
        else
            sg_texts_add_new(&draft->notes, text);
    }
    sg_remarks_done(&remarks);
    if (!failed && unlink(file) < 0)
        failed = sg_fail_os(err, "remove '%s'", file);
    if (!failed)
        failed = flatten(folder, err);
    if (!failed && into && mkdir(below, 0700) < 0)
        failed = sg_fail_os(err, "make the folder '%s'", below);
    if (!failed)
        failed = move_contents(folder, below, &draft->notes, err);
    return failed ? failed : sg_remove_tree(folder, err);
}

/* What a submission holds at its top. */
struct top {
    size_t archives, programs;
};

static struct top look_at_top(const struct sg_listing *list)
{
    struct top top = {0};
    for (size_t i = 0; i < list->count; i++) {
        const struct sg_item *item = &list->items[i];
        top.archives += item->sort == SG_ITEM_FILE && sg_archive_known(item->name, NULL);
        top.programs += item->sort == SG_ITEM_FOLDER || sg_layout_is_program(item->name);
    }
    return top;
}

/* An archive alone is the submission. Several, and nothing else to grade, are its parts. One beside
 * programs is not touched: what is in it could be taken for the program. */
static int unpack_owns(struct sg_draft *draft, const char *target, const char *scratch,
                       struct sg_error *err)
{
    struct sg_listing list = {0};
    if (sg_listing_read(target, &list, err) < 0)
        return -1;
    struct top top = look_at_top(&list);
    int failed = 0;
    for (size_t i = 0; !failed && !draft->spoiled && i < list.count; i++) {
        const char *name = list.items[i].name;
        size_t stem = 0;
        if (list.items[i].sort != SG_ITEM_FILE)
            continue;
        sg_autofree char *shown = sg_name_show(name);
        if (sg_archive_foreign(name))
            sg_texts_add(&draft->notes, "'%s' is an archive of a sort that is not read; zip is",
                         shown);
        if (!sg_archive_known(name, &stem))
            continue;
        if (top.programs) {
            sg_texts_add(&draft->notes, "'%s' stays packed: there is a program beside it", shown);
            continue;
        }
        sg_autofree char *into = top.archives > 1 ? sg_printf("%.*s", (int)stem, name) : NULL;
        failed = unpack_own(draft, target, scratch, name, into, err);
    }
    sg_listing_done(&list);
    return failed;
}

static bool is_empty(const char *target)
{
    struct sg_listing list = {0};
    struct sg_error err = {0};
    bool empty = sg_listing_read(target, &list, &err) == 0 && !list.count;
    sg_listing_done(&list);
    return empty;
}

int sg_gather(struct sg_draft *draft, const char *target, const char *scratch, struct sg_error *err)
{
    if (mkdir(target, 0700) < 0)
        return sg_fail_os(err, "make the folder '%s'", target);
    if (sg_gather_copy(draft, target, err) < 0)
        return -1;
    if (draft->spoiled)
        return 0;
    if (flatten(target, err) < 0 || unpack_owns(draft, target, scratch, err) < 0)
        return -1;
    if (draft->spoiled)
        return 0;
    if (is_empty(target))
        sg_texts_add(&draft->notes, "there is no file in it");
    return sg_gather_tidy(draft, target, err);
}
