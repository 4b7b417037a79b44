/* SPDX-License-Identifier: MIT
 * Folders without a course system: one submission, a folder for each, nbgrader's folders. */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/table.h"
#include "class/archive.h"
#include "class/layout.h"
#include "class/names.h"

static struct sg_draft *add_student(const struct sg_reading *reading, const char *id,
                                    const char *item)
{
    struct sg_draft *draft = sg_reading_add(reading, id, SG_ID_ANY, item);
    sg_text_set(&sg_draft_add_member(draft)->id, id);
    return draft;
}

/* --- one submission --------------------------------------------------------------------------- */

/* Folders that are parts of a program, and nobody's name. */
static bool is_part(const char *name)
{
    static const char *const parts[] = {"src",  "source", "include", "inc",    "lib",    "bin",
                                        "obj",  "build",  "server",  "client", "common", "utils",
                                        "docs", "doc",    "test",    "tests",  "debug",  "target"};
    for (size_t i = 0; i < SG_COUNT(parts); i++) {
        if (strcasecmp(parts[i], name) == 0)
            return true;
    }
    return false;
}

bool sg_single_test(const struct sg_reading *reading)
{
    size_t folders = 0, parts = 0;
    for (size_t i = 0; i < reading->list.count; i++) {
        const struct sg_item *item = &reading->list.items[i];
        if (item->sort == SG_ITEM_FILE && sg_layout_is_program(item->name))
            return true;
        folders += item->sort == SG_ITEM_FOLDER;
        parts += item->sort == SG_ITEM_FOLDER && is_part(item->name);
    }
    return parts && parts == folders;
}

int sg_single_read(const struct sg_reading *reading)
{
    struct sg_draft *draft = add_student(reading, reading->name, "");
    sg_draft_add_piece(draft, reading->folder, NULL);
    return 0;
}

/* --- a folder or an archive for each ---------------------------------------------------------- */

bool sg_plain_test(const struct sg_reading *reading)
{
    for (size_t i = 0; i < reading->list.count; i++) {
        const struct sg_item *item = &reading->list.items[i];
        if (item->sort == SG_ITEM_FOLDER || sg_archive_known(item->name, NULL))
            return true;
    }
    return false;
}

int sg_plain_read(const struct sg_reading *reading)
{
    for (size_t i = 0; i < reading->list.count; i++) {
        const struct sg_item *item = &reading->list.items[i];
        sg_autofree char *path = sg_reading_path(reading, item->name);
        size_t stem = strlen(item->name);
        bool archive = item->sort == SG_ITEM_FILE && sg_archive_known(item->name, &stem);
        if (item->sort == SG_ITEM_FOLDER || archive) {
            sg_autofree char *id = sg_printf("%.*s", (int)stem, item->name);
            struct sg_draft *draft = add_student(reading, id, item->name);
            sg_draft_add_piece(draft, path, archive ? item->name : NULL);
        } else if (item->sort == SG_ITEM_OTHER) {
            sg_reading_complain(reading, item->name, "a link or a device; not graded");
        } else if (sg_archive_foreign(item->name)) {
            sg_reading_complain(reading, item->name,
                                "an archive of a sort that is not read (zip is); not graded");
        } else if (!sg_name_ends(item->name, ".csv")) {
            sg_reading_complain(reading, item->name, "a file in nobody's folder; not graded");
        }
    }
    return 0;
}

/* --- nbgrader --------------------------------------------------------------------------------- */

static bool is_submitted(const struct sg_reading *reading)
{
    return strcmp(reading->name, "submitted") == 0;
}

bool sg_nbgrader_test(const struct sg_reading *reading)
{
    const struct sg_item *below = sg_listing_find(&reading->list, "submitted");
    bool course = sg_listing_find(&reading->list, "source") ||
                  sg_listing_find(&reading->list, "nbgrader_config.py") ||
                  sg_listing_find(&reading->list, "gradebook.db");
    return (below && below->sort == SG_ITEM_FOLDER && course) ||
           (is_submitted(reading) && sg_plain_test(reading) && !sg_single_test(reading));
}

/* When it was handed in, as nbgrader notes it beside the files. */
static void read_time(struct sg_draft *draft, const char *folder)
{
    enum { MOST_BYTES = 100 };
    sg_autobytes struct sg_bytes text = {0};
    sg_autofree char *path = sg_printf("%s/timestamp.txt", folder);
    struct sg_error err = {0};
    if (sg_file_read(path, MOST_BYTES, &text, &err) < 0 || !text.length)
        return;
    sg_autofree char *line =
        sg_printf("%.*s", (int)strcspn(sg_bytes_text(&text), "\r\n"), sg_bytes_text(&text));
    sg_autofree char *shown = sg_name_show(line);
    sg_text_set(&draft->attempt, shown);
}

static int add_nbgrader_student(const struct sg_reading *reading, const char *folder,
                                const char *student)
{
    struct sg_listing list = {0};
    sg_autofree char *path = sg_printf("%s/%s", folder, student);
    if (sg_listing_read(path, &list, reading->err) < 0)
        return -1;
    size_t folders = 0, files = 0;
    const char *assignment = NULL;
    for (size_t i = 0; i < list.count; i++) {
        folders += list.items[i].sort == SG_ITEM_FOLDER;
        files += list.items[i].sort == SG_ITEM_FILE;
        assignment = list.items[i].sort == SG_ITEM_FOLDER ? list.items[i].name : assignment;
    }
    if (folders > 1 && !files) {
        sg_reading_complain(reading, student,
                            "several assignments: name the folder of one student's one, or move "
                            "the others away; not graded");
    } else {
        sg_autofree char *inner =
            folders == 1 && !files ? sg_printf("%s/%s", path, assignment) : sg_strdup(path);
        struct sg_draft *draft = add_student(reading, student, student);
        sg_draft_add_piece(draft, inner, NULL);
        read_time(draft, inner);
    }
    sg_listing_done(&list);
    return 0;
}

int sg_nbgrader_read(const struct sg_reading *reading)
{
    struct sg_listing list = {0};
    bool inside = is_submitted(reading) || !sg_listing_find(&reading->list, "submitted");
    sg_autofree char *folder =
        inside ? sg_strdup(reading->folder) : sg_reading_path(reading, "submitted");
    if (sg_listing_read(folder, &list, reading->err) < 0)
        return -1;
    int failed = 0;
    for (size_t i = 0; !failed && i < list.count; i++) {
        if (list.items[i].sort == SG_ITEM_FOLDER)
            failed = add_nbgrader_student(reading, folder, list.items[i].name);
    }
    sg_listing_done(&list);
    return failed;
}
