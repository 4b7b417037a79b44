/* SPDX-License-Identifier: MIT
 * A database of results as the page of a class: reads what report/class_html.h shows, and finds for
 * each diagnosis a sentence that names nobody. */
#include "cli/class_page.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/mentions.h"
#include "cli/output.h"
#include "report/class_html.h"
#include "store/cells.h"

/* All that the page borrows. */
struct page {
    struct sg_store_case *cases; /* of the store, in its order; `shown` borrows from them */
    struct sg_class_case *shown;
    size_t case_count;
    struct sg_class_student *students;
    size_t student_count;
    struct sg_class_code *codes;
    size_t code_count;
    size_t student, at; /* where the next cell is likely to belong */
};

static void page_done(struct page *page)
{
    for (size_t i = 0; i < page->student_count; i++) {
        free((void *)page->students[i].id);
        free((void *)page->students[i].name);
        free((void *)page->students[i].reason);
        free((void *)page->students[i].cells);
    }
    for (size_t i = 0; i < page->code_count; i++) {
        free((void *)page->codes[i].code);
        free((void *)page->codes[i].example);
    }
    free(page->students);
    free(page->codes);
    free(page->shown);
    sg_store_cases_done(page->cases, page->case_count);
}

/* Puts the cases of a role beside each other; roles in the order in which they come first. */
static void order_cases(struct page *page)
{
    size_t count = 0;
    page->shown = sg_realloc_array(NULL, page->case_count + 1, sizeof *page->shown);
    bool *taken = sg_alloc(page->case_count + 1);
    for (size_t i = 0; i < page->case_count; i++) {
        for (size_t j = i; j < page->case_count && !taken[i]; j++) {
            const struct sg_store_case *one = &page->cases[j];
            if (j != i && (taken[j] || strcmp(one->role, page->cases[i].role) != 0))
                continue;
            page->shown[count++] =
                (struct sg_class_case){.role = one->role, .name = one->name, .title = one->title};
            taken[j] = j != i;
        }
    }
    free(taken);
}

static int add_student(void *state, const struct sg_store_row *row, struct sg_error *err)
{
    struct page *page = state;
    (void)err;
    page->students =
        sg_realloc_array(page->students, page->student_count + 1, sizeof *page->students);
    page->students[page->student_count++] = (struct sg_class_student){
        .id = sg_strdup(row->id),
        .name = sg_strdup(row->name),
        .graded = row->state == SG_STORE_GRADED,
        .state = row->state == SG_STORE_REFUSED ? "refused" : "not graded",
        .reason = row->reason ? sg_strdup(row->reason) : NULL,
        .points = row->points,
        .max_points = row->max_points,
        .stale = row->stale,
        .cells = sg_alloc((page->case_count + 1) * sizeof(struct sg_class_cell)),
    };
    return 0;
}

/* The place of a diagnosis among all, from 1. */
static size_t number_of(struct page *page, const char *code)
{
    for (size_t i = 0; i < page->code_count; i++) {
        if (strcmp(page->codes[i].code, code) == 0)
            return i + 1;
    }
    page->codes = sg_realloc_array(page->codes, page->code_count + 1, sizeof *page->codes);
    page->codes[page->code_count++] = (struct sg_class_code){.code = sg_strdup(code)};
    return page->code_count;
}

/* Cells come in the order of the students, and within one in nearly that of the cases. */
static int add_cell(void *state, const struct sg_store_cell *cell, struct sg_error *err)
{
    struct page *page = state;
    (void)err;
    while (page->student < page->student_count &&
           strcmp(page->students[page->student].id, cell->submission) < 0)
        page->student++;
    if (page->student == page->student_count ||
        strcmp(page->students[page->student].id, cell->submission) != 0)
        return 0; /* not chosen */
    for (size_t i = 0; i < page->case_count; i++) {
        size_t at = (page->at + i) % page->case_count;
        if (strcmp(page->shown[at].name, cell->name) != 0 ||
            strcmp(page->shown[at].role, cell->role) != 0)
            continue;
        struct sg_class_cell *cells = (struct sg_class_cell *)page->students[page->student].cells;
        cells[at] = (struct sg_class_cell){
            .present = true,
            .unstable = cell->unstable,
            .status = cell->status,
            .code = cell->code && cell->code[0] ? number_of(page, cell->code) : 0,
        };
        page->at = at + 1;
        break;
    }
    return 0;
}

static int by_name(const void *a, const void *b)
{
    const struct sg_class_student *one = a, *other = b;
    int order =
        strcasecmp(one->name[0] ? one->name : one->id, other->name[0] ? other->name : other->id);
    return order ? order : strcmp(one->id, other->id);
}

/* --- sentences that name nobody --------------------------------------------------------------- */

static int add_identity(void *state, const char *submission, const char *told, struct sg_error *err)
{
    (void)err;
    sg_mentions_add(state, submission, told);
    return 0;
}

struct wanted {
    const struct sg_mentions *names;
    char *sentence;
};

static int take_message(void *state, const char *submission, const char *message,
                        struct sg_error *err)
{
    struct wanted *wanted = state;
    (void)err;
    if (sg_mentions_told(wanted->names, submission, message))
        return 0;
    wanted->sentence = sg_strdup(message);
    return 1;
}

static int find_examples(struct page *page, struct sg_store *store, bool hidden,
                         struct sg_error *err)
{
    struct sg_mentions names = {0};
    int result = sg_store_each_identity(store, add_identity, &names, err);
    for (size_t i = 0; i < page->code_count && result >= 0; i++) {
        struct wanted wanted = {.names = &names};
        result =
            sg_store_each_message(store, page->codes[i].code, hidden, take_message, &wanted, err);
        page->codes[i].example = wanted.sentence;
    }
    sg_mentions_done(&names);
    return result < 0 ? -1 : 0;
}

/* --- the page --------------------------------------------------------------------------------- */

static int read_page(struct page *page, struct sg_call *call, struct sg_store *store,
                     struct sg_error *err)
{
    const struct sg_repeated *wanted = &call->options.submissions;
    if (sg_store_cases(store, &page->cases, &page->case_count, err) < 0)
        return -1;
    order_cases(page);
    if (sg_store_each(store, wanted->items, wanted->count, add_student, page, err) < 0 ||
        sg_store_each_cell(store, add_cell, page, err) < 0 ||
        find_examples(page, store, call->options.reader == SG_READER_INSTRUCTOR, err) < 0)
        return -1;
    if (page->student_count)
        qsort(page->students, page->student_count, sizeof *page->students, by_name);
    return 0;
}

int sg_class_page_write(struct sg_call *call, struct sg_store *store,
                        const struct sg_store_run *run, bool linked, struct sg_bytes *out)
{
    struct sg_error err = {0};
    struct sg_store_when when;
    struct page page = {0};
    if (read_page(&page, call, store, &err) < 0 || sg_store_get_when(store, &when, &err) < 0) {
        page_done(&page);
        return sg_print_error(&err);
    }
    const struct sg_class class = {
        .assignment = run->assignment,
        .title = run->title,
        .language = run->language,
        .first = when.first,
        .last = when.last,
        .seed = run->seed,
        .shard = run->shard,
        .shards = run->shards,
        .to_come = call->options.submissions.count
                       ? 0
                       : run->submission_count - (int64_t)page.student_count,
        .cases = page.shown,
        .case_count = page.case_count,
        .students = page.students,
        .student_count = page.student_count,
        .codes = page.codes,
        .code_count = page.code_count,
        .linked = linked,
    };
    sg_write_class_html(&class, out);
    page_done(&page);
    return 0;
}
