/* SPDX-License-Identifier: MIT
 * The intake, step by step: each path is opened (an archive is unpacked) and read by its layout;
 * the drafts are joined with the roster, told apart, and gathered. */
#include "class/intake.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/stop.h"
#include "base/table.h"
#include "base/tree.h"
#include "class/archive.h"
#include "class/gather.h"
#include "class/layout.h"
#include "class/pattern.h"

enum { MOST_NOTES = 30, MOST_COMPLAINTS = 2000 };

/* What was unpacked from a path. */
struct root {
    char *folder;
    struct sg_remarks remarks;
};

struct intake {
    const struct sg_intake_options *options;
    struct root *roots;
    size_t root_count;
    struct sg_roster roster;
    struct sg_pattern *pattern;
    struct sg_drafts drafts;
    struct sg_texts complaints, layouts;
    struct sg_error *err;
};

static void intake_done(struct intake *intake)
{
    for (size_t i = 0; i < intake->root_count; i++) {
        free(intake->roots[i].folder);
        sg_remarks_done(&intake->roots[i].remarks);
    }
    free(intake->roots);
    sg_roster_done(&intake->roster);
    sg_pattern_free(intake->pattern);
    sg_drafts_done(&intake->drafts);
    sg_texts_done(&intake->complaints);
    sg_texts_done(&intake->layouts);
}

/* --- options ---------------------------------------------------------------------------------- */

static int check_layout(const char *layout, bool has_pattern, struct sg_error *err)
{
    struct sg_nearest nearest = {.word = layout};
    sg_autobytes struct sg_bytes all = {0};
    if (strcmp(layout, "names") == 0 && !has_pattern)
        return sg_fail(err, "the layout 'names' needs an expression (--id-regex)");
    for (size_t i = 0; i < sg_layout_count; i++) {
        if (strcmp(sg_layouts[i].name, layout) == 0)
            return 0;
        sg_nearest_offer(&nearest, sg_layouts[i].name);
        sg_bytes_printf(&all, "%s%s", i ? ", " : "", sg_layouts[i].name);
    }
    if (nearest.found)
        return sg_fail(err, "no layout is called '%s'; did you mean '%s'?", layout, nearest.found);
    return sg_fail(err, "no layout is called '%s'; there are %s", layout, sg_bytes_text(&all));
}

static int read_options(struct intake *intake)
{
    const struct sg_intake_options *options = intake->options;
    if (options->layout && check_layout(options->layout, options->id_regex, intake->err) < 0)
        return -1;
    if (options->id_regex && sg_pattern_new(options->id_regex, &intake->pattern, intake->err) < 0)
        return -1;
    return options->roster
               ? sg_roster_read(options->roster, &intake->roster, &intake->complaints, intake->err)
               : 0;
}

/* --- paths ------------------------------------------------------------------------------------ */

/* The last part of a path, without slashes behind it; of "." and the like, of what they mean. */
static char *name_of(const char *path)
{
    sg_autofree char *real = realpath(path, NULL);
    const char *from = strstr(path, "..") || strcmp(path, ".") == 0 ? (real ? real : path) : path;
    size_t length = strlen(from);
    while (length > 1 && from[length - 1] == '/')
        length--;
    size_t start = length;
    while (start > 0 && from[start - 1] != '/')
        start--;
    return sg_printf("%.*s", (int)(length - start), from + start);
}

/* Unpacks the archive `path` into the scratch folder. NULL where the machine fails. */
static const struct root *open_archive(struct intake *intake, const char *path)
{
    intake->roots = sg_realloc_array(intake->roots, intake->root_count + 1, sizeof *intake->roots);
    struct root *root = &intake->roots[intake->root_count];
    *root = (struct root){
        .folder = sg_printf("%s/unpacked-%zu", intake->options->scratch, intake->root_count)};
    intake->root_count++;
    if (mkdir(root->folder, 0700) < 0) {
        (void)sg_fail_os(intake->err, "make the folder '%s'", root->folder);
        return NULL;
    }
    int failed =
        sg_archive_unpack(path, root->folder, &sg_unpack_class, &root->remarks, intake->err);
    return failed ? NULL : root;
}

/* Says of `path` what of its archive belongs to no submission. */
static void complain_of_rest(struct intake *intake, const char *path, const struct root *root)
{
    sg_autofree char *shown = sg_name_show(path);
    for (size_t i = 0; i < root->remarks.count; i++) {
        if (!*root->remarks.items[i].path)
            sg_texts_add(&intake->complaints, "'%s': %s", shown, root->remarks.items[i].text);
    }
    if (root->remarks.unsaid)
        sg_texts_add(&intake->complaints, "'%s': and %zu remarks more", shown,
                     root->remarks.unsaid);
}

/* Whether one of the draft's pieces is `place` or around it. */
static bool holds(const struct sg_draft *draft, const char *place)
{
    for (size_t i = 0; i < draft->piece_count; i++) {
        if (sg_path_is_below(place, draft->pieces[i].path))
            return true;
    }
    return false;
}

/* Whether one of them is below `place`. */
static bool is_within(const struct sg_draft *draft, const char *place)
{
    for (size_t i = 0; i < draft->piece_count; i++) {
        if (sg_path_is_below(draft->pieces[i].path, place))
            return true;
    }
    return false;
}

static void spoil(struct sg_draft *draft, const char *text)
{
    if (!draft->spoiled)
        draft->spoiled = sg_strdup(text);
    else
        sg_texts_add_new(&draft->notes, text);
}

/* What spoils a folder spoils all drafts in it; that others may be missing there is a complaint. */
static void give_remark(struct intake *intake, const struct root *root,
                        const struct sg_remark *remark, size_t from)
{
    sg_autofree char *place = sg_printf("%s/%s", root->folder, remark->path);
    bool given = false;
    for (size_t i = from; !given && i < intake->drafts.count; i++) {
        struct sg_draft *draft = &intake->drafts.items[i];
        given = holds(draft, place);
        if (remark->spoils && (given || is_within(draft, place)))
            spoil(draft, remark->text);
        else if (given)
            sg_texts_add_new(&draft->notes, remark->text);
    }
    if (given)
        return;
    sg_autofree char *shown = sg_name_show(remark->path);
    sg_texts_add(&intake->complaints, "'%s': %s", shown, remark->text);
}

/* Gives each draft from `from` on the remarks about its pieces. */
static void give_remarks(struct intake *intake, const struct root *root, size_t from)
{
    for (size_t i = 0; i < root->remarks.count; i++) {
        if (*root->remarks.items[i].path)
            give_remark(intake, root, &root->remarks.items[i], from);
    }
}

static int read_layout(struct intake *intake, const char *path, const char *folder,
                       const char *name, const struct root *root)
{
    const char *wanted = intake->pattern ? "names" : intake->options->layout;
    size_t from = intake->drafts.count;
    struct sg_reading reading = {
        .folder = folder,
        .name = name,
        .shown = path,
        .roster = &intake->roster,
        .pattern = intake->pattern,
        .drafts = &intake->drafts,
        .complaints = &intake->complaints,
        .err = intake->err,
    };
    const struct sg_layout *layout = sg_layout_read(&reading, wanted);
    if (!layout)
        return -1;
    sg_texts_add_new(&intake->layouts, layout->name);
    if (root) {
        complain_of_rest(intake, path, root);
        give_remarks(intake, root, from);
    }
    if (intake->drafts.count == from) {
        sg_autofree char *shown = sg_name_show(path);
        sg_texts_add(&intake->complaints, "'%s': there is no submission in it", shown);
    }
    return 0;
}

static int read_path(struct intake *intake, const char *path)
{
    struct stat status;
    sg_autofree char *name = name_of(path);
    size_t stem = strlen(name);
    if (stat(path, &status) < 0) {
        (void)sg_fail_os(intake->err, "cannot read '%s'", path);
        intake->err->blame = SG_BLAME_INPUT;
        return -1;
    }
    if (S_ISDIR(status.st_mode))
        return read_layout(intake, path, path, name, NULL);
    if (!S_ISREG(status.st_mode) || !sg_archive_known(name, &stem))
        return sg_fail(intake->err,
                       "'%s' is neither a folder nor an archive that is read (zip, tar, tar.gz, "
                       "tar.xz, tar.zst, tar.bz2)",
                       path);
    const struct root *root = open_archive(intake, path);
    if (!root)
        return -1;
    name[stem] = 0;
    return read_layout(intake, path, root->folder, name, root);
}

/* --- entries ---------------------------------------------------------------------------------- */

/* Marks the drafts whose names are the same: which of them counts is not guessed. */
static void spoil_twins(struct intake *intake, char *const *ids)
{
    struct sg_drafts *drafts = &intake->drafts;
    for (size_t i = 0; i < drafts->count; i++) {
        for (size_t j = i + 1; j < drafts->count; j++) {
            if (strcmp(ids[i], ids[j]) != 0)
                continue;
            sg_texts_add(&intake->complaints,
                         "two submissions are called '%s': %s, and %s; neither is graded", ids[i],
                         drafts->items[i].label, drafts->items[j].label);
            free(drafts->items[i].spoiled);
            free(drafts->items[j].spoiled);
            drafts->items[i].spoiled = sg_strdup("");
            drafts->items[j].spoiled = sg_strdup("");
        }
    }
}

/* Says of those beyond `most` only how many they are. */
static void bound_texts(struct sg_texts *texts, size_t most, const char *name)
{
    if (texts->count <= most)
        return;
    size_t more = texts->count - most;
    for (size_t i = most; i < texts->count; i++)
        free(texts->items[i]);
    texts->count = most;
    sg_texts_add(texts, "and %zu %s more", more, name);
}

static void add_entry(struct sg_intake *ret, struct sg_draft *draft, char *id, char *path)
{
    ret->entries = sg_realloc_array(ret->entries, ret->entry_count + 1, sizeof *ret->entries);
    struct sg_entry *entry = &ret->entries[ret->entry_count++];
    bound_texts(&draft->notes, MOST_NOTES, "notes");
    *entry = (struct sg_entry){
        .id = id,
        .path = path,
        .members = draft->members,
        .member_count = draft->member_count,
        .attempt = draft->attempt,
        .notes = draft->notes.items,
        .note_count = draft->notes.count,
    };
    draft->members = NULL;
    draft->member_count = 0;
    draft->attempt = NULL;
    draft->notes = (struct sg_texts){0};
}

/* Gathers one; the folder of one that cannot be graded is removed. */
static int gather(struct intake *intake, struct sg_draft *draft, const char *id,
                  struct sg_intake *ret)
{
    const char *scratch = intake->options->scratch;
    sg_autofree char *path = sg_printf("%s/submissions/%s", scratch, id);
    sg_autofree char *aside = sg_printf("%s/aside", scratch);
    if (sg_stop_asked())
        return sg_fail_machine(intake->err, "the intake was stopped");
    if (!draft->spoiled) {
        if (mkdir(aside, 0700) < 0)
            return sg_fail_os(intake->err, "make the folder '%s'", aside);
        if (sg_gather(draft, path, aside, intake->err) < 0)
            return sg_error_add(intake->err, "%s", draft->label);
        if (sg_remove_tree(aside, intake->err) < 0)
            return -1;
    }
    if (!draft->spoiled) {
        add_entry(ret, draft, sg_strdup(id), sg_strdup(path));
        return 0;
    }
    if (*draft->spoiled)
        sg_texts_add(&intake->complaints, "%s: %s; not graded", draft->label, draft->spoiled);
    return sg_remove_tree(path, intake->err);
}

static int compare_entries(const void *a, const void *b)
{
    return strcmp(((const struct sg_entry *)a)->id, ((const struct sg_entry *)b)->id);
}

static int gather_all(struct intake *intake, struct sg_intake *ret)
{
    struct sg_drafts *drafts = &intake->drafts;
    sg_autofree char *folder = sg_printf("%s/submissions", intake->options->scratch);
    if (mkdir(folder, 0700) < 0)
        return sg_fail_os(intake->err, "make the folder '%s'", folder);
    char **ids = sg_alloc((drafts->count + 1) * sizeof *ids);
    for (size_t i = 0; i < drafts->count; i++)
        ids[i] = sg_name_safe(drafts->items[i].id);
    spoil_twins(intake, ids);
    int failed = 0;
    for (size_t i = 0; !failed && i < drafts->count; i++)
        failed = gather(intake, &drafts->items[i], ids[i], ret);
    for (size_t i = 0; i < drafts->count; i++)
        free(ids[i]);
    free(ids);
    if (ret->entry_count)
        qsort(ret->entries, ret->entry_count, sizeof *ret->entries, compare_entries);
    return failed;
}

/* What was unpacked has been copied. */
static int remove_roots(const struct intake *intake)
{
    for (size_t i = 0; i < intake->root_count; i++) {
        if (sg_remove_tree(intake->roots[i].folder, intake->err) < 0)
            return -1;
    }
    return 0;
}

static void hand_over(struct intake *intake, struct sg_intake *ret)
{
    sg_autobytes struct sg_bytes layout = {0};
    for (size_t i = 0; i < intake->layouts.count; i++)
        sg_bytes_printf(&layout, "%s%s", i ? ", " : "", intake->layouts.items[i]);
    ret->layout = sg_bytes_take_text(&layout);
    bound_texts(&intake->complaints, MOST_COMPLAINTS, "complaints");
    ret->complaints = intake->complaints.items;
    ret->complaint_count = intake->complaints.count;
    intake->complaints = (struct sg_texts){0};
}

int sg_intake_open(const char *const *paths, size_t count, const struct sg_intake_options *options,
                   struct sg_intake *ret, struct sg_error *err)
{
    struct intake intake = {.options = options, .err = err};
    *ret = (struct sg_intake){0};
    int failed = read_options(&intake);
    for (size_t i = 0; !failed && i < count; i++)
        failed = read_path(&intake, paths[i]);
    if (!failed) {
        sg_roster_join(&intake.roster, &intake.drafts, &intake.complaints);
        failed = gather_all(&intake, ret);
    }
    if (!failed)
        failed = remove_roots(&intake);
    hand_over(&intake, ret);
    intake_done(&intake);
    return failed ? -1 : 0;
}

void sg_intake_done(struct sg_intake *intake)
{
    if (!intake)
        return;
    for (size_t i = 0; i < intake->entry_count; i++) {
        struct sg_entry *entry = &intake->entries[i];
        for (size_t m = 0; m < entry->member_count; m++)
            sg_member_done(&entry->members[m]);
        for (size_t n = 0; n < entry->note_count; n++)
            free(entry->notes[n]);
        free(entry->members);
        free(entry->notes);
        free(entry->id);
        free(entry->path);
        free(entry->attempt);
    }
    for (size_t i = 0; i < intake->complaint_count; i++)
        free(intake->complaints[i]);
    free(intake->entries);
    free(intake->complaints);
    free(intake->layout);
    *intake = (struct sg_intake){0};
}
