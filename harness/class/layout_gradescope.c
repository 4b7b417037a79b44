/* SPDX-License-Identifier: MIT
 * Gradescope's export: a folder for each submission, and a file that says whose it is.
 *
 *   assignment_42_export/submission_metadata.yml
 *   assignment_42_export/submission_123/server.c
 *
 * Where a student is in two, the one that was made later counts. */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "class/gradescope.h"
#include "class/layout.h"
#include "class/names.h"

static const char metadata_name[] = "submission_metadata.yml";
enum { MOST_METADATA_BYTES = 256 << 20 };

bool sg_gradescope_test(const struct sg_reading *reading)
{
    const struct sg_item *item = sg_listing_find(&reading->list, metadata_name);
    return item && item->sort == SG_ITEM_FILE;
}

static void add_entry(const struct sg_reading *reading, const struct sg_gradescope_entry *entry,
                      const struct sg_item *item)
{
    sg_autofree char *path = sg_reading_path(reading, item->name);
    struct sg_draft *draft = sg_reading_add(reading, item->name, SG_ID_ANY, item->name);
    sg_text_set(&draft->attempt, entry->created);
    for (size_t i = 0; i < entry->count; i++) {
        const struct sg_submitter *submitter = &entry->submitters[i];
        struct sg_member *member = sg_draft_add_member(draft);
        sg_text_set(&member->id, submitter->sid);
        sg_text_set(&member->name, submitter->name);
        sg_text_set(&member->email, submitter->email);
    }
    if (!entry->count) {
        sg_reading_complain(reading, item->name, "Gradescope does not say whose it is");
        sg_text_set(&sg_draft_add_member(draft)->id, item->name);
    }
    sg_draft_add_piece(draft, path, item->sort == SG_ITEM_FOLDER ? NULL : item->name);
}

/* --- a student in two submissions ------------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static bool same_student(const struct sg_member *a, const struct sg_member *b)
{
    if (a->id && b->id)
        return same_text(a->id, b->id);
    return same_text(a->email, b->email);
}

static bool is_older(const struct sg_draft *a, const struct sg_draft *b)
{
    int64_t one = a->attempt ? sg_gradescope_time(a->attempt) : 0;
    int64_t other = b->attempt ? sg_gradescope_time(b->attempt) : 0;
    return one < other;
}

static void remove_member(struct sg_draft *draft, size_t index)
{
    sg_member_done(&draft->members[index]);
    draft->member_count--;
    memmove(draft->members + index, draft->members + index + 1,
            (draft->member_count - index) * sizeof *draft->members);
}

/* Takes the students of `later` out of `earlier`. */
static void take_students(struct sg_draft *earlier, struct sg_draft *later)
{
    for (size_t i = 0; i < later->member_count; i++) {
        for (size_t j = 0; j < earlier->member_count; j++) {
            if (!same_student(&later->members[i], &earlier->members[j]))
                continue;
            const struct sg_member *student = &earlier->members[j];
            sg_autofree char *who = sg_name_show(student->name ? student->name : student->id);
            sg_autofree char *other = sg_name_show(earlier->id);
            sg_texts_add(&later->notes, "an earlier submission of %s, '%s', does not count", who,
                         other);
            remove_member(earlier, j);
            break;
        }
    }
}

static void settle_students(struct sg_drafts *drafts, size_t from)
{
    for (size_t a = from; a < drafts->count; a++) {
        for (size_t b = from; b < drafts->count; b++) {
            if (a != b && is_older(&drafts->items[a], &drafts->items[b]))
                take_students(&drafts->items[a], &drafts->items[b]);
        }
    }
    size_t kept = from;
    for (size_t i = from; i < drafts->count; i++) {
        if (drafts->items[i].member_count)
            drafts->items[kept++] = drafts->items[i];
        else
            sg_draft_done(&drafts->items[i]);
    }
    drafts->count = kept;
}

/* --- reading ---------------------------------------------------------------------------------- */

static void read_entries(const struct sg_reading *reading, const struct sg_gradescope *gradescope)
{
    size_t from = reading->drafts->count;
    for (size_t i = 0; i < gradescope->count; i++) {
        const struct sg_item *item = sg_listing_find(&reading->list, gradescope->entries[i].key);
        if (item && item->sort != SG_ITEM_OTHER)
            add_entry(reading, &gradescope->entries[i], item);
        else
            sg_reading_complain(reading, gradescope->entries[i].key,
                                "the metadata names it, but it is not in the export");
    }
    for (size_t i = 0; i < reading->list.count; i++) {
        const char *name = reading->list.items[i].name;
        if (strcmp(name, metadata_name) != 0 && !sg_drafts_find(reading->drafts, from, name))
            sg_reading_complain(reading, name, "the metadata does not name it; not graded");
    }
    settle_students(reading->drafts, from);
}

int sg_gradescope_read(const struct sg_reading *reading)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_autofree char *path = sg_reading_path(reading, metadata_name);
    struct sg_gradescope gradescope = {0};
    struct sg_error err = {0};
    if (sg_file_read(path, MOST_METADATA_BYTES, &text, &err) < 0 ||
        sg_gradescope_parse(sg_bytes_slice(&text), &gradescope, &err) < 0) {
        sg_autofree char *shown = sg_name_show(err.text);
        sg_reading_complain(reading, metadata_name, shown);
        return 0;
    }
    read_entries(reading, &gradescope);
    sg_gradescope_done(&gradescope);
    return 0;
}
