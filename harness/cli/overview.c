/* SPDX-License-Identifier: MIT
 * A class on the terminal. */
#include "cli/overview.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "report/paint.h"

enum {
    MOST_TOLD = 20,
    ID_COLUMNS = 30,
    NAME_COLUMNS = 30,
    CASE_COLUMNS = 30,
    MOST_CODES = 10,
};

/* What the lines of one list share. */
struct table {
    struct sg_paint paint;
    size_t lines, left_out;
};

/* --- the plan and the sum of a run ------------------------------------------------------------ */

void sg_overview_begin_plan(const struct sg_store_run *run, struct sg_bytes *out)
{
    const struct sg_paint paint = {.out = out};
    sg_paint(&paint, SG_PAINT_PLAIN, "%s: %lld submissions (%s)", run->assignment,
             (long long)run->class_count, run->layout);
    if (run->shards > 1)
        sg_paint(&paint, SG_PAINT_PLAIN, ", of which shard %lld of %lld has %lld",
                 (long long)run->shard, (long long)run->shards, (long long)run->submission_count);
    sg_bytes_add_byte(out, '\n');
}

void sg_overview_add_plan(const char *id, const char *path, bool kept, struct sg_bytes *out)
{
    const struct sg_paint paint = {.out = out};
    sg_paint(&paint, SG_PAINT_PLAIN, "  %-12s  ", kept ? "kept" : "to be graded");
    sg_paint_field(&paint, SG_PAINT_PLAIN, id, ID_COLUMNS);
    sg_paint(&paint, SG_PAINT_PLAIN, "  ");
    sg_show(out, (const uint8_t *)path, strlen(path));
    sg_bytes_add_byte(out, '\n');
}

/* Why a submission has no grade, or that the harness erred in some case. */
static int add_ungraded(void *state, const struct sg_store_row *row, struct sg_error *err)
{
    struct table *table = state;
    (void)err;
    if (row->exit_status < 2)
        return 0;
    if (table->lines++ >= MOST_TOLD) {
        table->left_out++;
        return 0;
    }
    sg_paint(&table->paint, SG_PAINT_BAD, "  %s", row->id);
    sg_autobytes struct sg_bytes shown = {0};
    const char *reason = row->reason ? row->reason : "in some case the harness erred";
    sg_show(&shown, (const uint8_t *)reason, strcspn(reason, "\n"));
    sg_bytes_add_text(table->paint.out, ": ");
    sg_bytes_add_text(table->paint.out, sg_bytes_text(&shown));
    sg_bytes_add_byte(table->paint.out, '\n');
    return 0;
}

static void add_count(const struct sg_paint *paint, enum sg_style_name style, size_t count,
                      const char *what)
{
    if (count)
        sg_paint(paint, style, "  %6zu %s\n", count, what);
}

int sg_overview_print_sum(struct sg_call *call, struct sg_store *store,
                          const struct sg_store_run *run, const struct sg_class_sum *sum,
                          const char *path)
{
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes out = {0};
    struct table table = {
        .paint = {.out = &out, .color = sg_wants_color(&call->options), .ascii = sg_wants_ascii()}};
    const struct sg_paint *paint = &table.paint;
    sg_paint(paint, SG_PAINT_BOLD, "%s: %zu of %zu graded, %zu kept, in %s\n", run->assignment,
             sum->done - sum->kept, sum->count, sum->kept, path);
    add_count(paint, SG_PAINT_GOOD, sum->passed, "passed everything");
    add_count(paint, SG_PAINT_BAD, sum->failed, "lost points");
    add_count(paint, SG_PAINT_BAD, sum->refused, "refused");
    add_count(paint, SG_PAINT_BAD, sum->errors, "not graded, or not whole (costs nothing)");
    if ((sum->refused || sum->errors) && !call->options.quiet) {
        if (sg_store_each(store, NULL, 0, add_ungraded, &table, &err) < 0)
            return sg_print_error(&err);
        if (table.left_out)
            sg_paint(paint, SG_PAINT_DIM, "  and %zu more\n", table.left_out);
    }
    return sg_print(sg_bytes_slice(&out));
}

/* --- the table of a database ------------------------------------------------------------------ */

static void add_score(struct sg_bytes *out, const struct sg_store_row *row)
{
    sg_autobytes struct sg_bytes score = {0};
    if (row->state == SG_STORE_GRADED) {
        sg_thousandths_print(&score, row->points);
        sg_bytes_add_text(&score, " of ");
        sg_thousandths_print(&score, row->max_points);
    }
    sg_bytes_printf(out, "  %12s  ", score.length ? sg_bytes_text(&score) : "not graded");
}

static int add_row(void *state, const struct sg_store_row *row, struct sg_error *err)
{
    struct table *table = state;
    const struct sg_paint *paint = &table->paint;
    (void)err;
    table->lines++;
    add_score(paint->out, row);
    sg_paint_field(paint, row->exit_status ? SG_PAINT_PLAIN : SG_PAINT_GOOD, row->id, ID_COLUMNS);
    sg_bytes_add_text(paint->out, "  ");
    bool graded = row->state == SG_STORE_GRADED;
    const char *told = graded || !row->reason ? row->name : row->reason;
    sg_autobytes struct sg_bytes line = {0};
    sg_show(&line, (const uint8_t *)told, strcspn(told, "\n"));
    if (graded)
        (void)sg_paint_cut(paint, SG_PAINT_PLAIN, sg_bytes_text(&line), NAME_COLUMNS);
    else
        sg_paint(paint, SG_PAINT_BAD, "%s", sg_bytes_text(&line));
    if (row->stale)
        sg_paint(paint, SG_PAINT_NOTE, "  (of an earlier spec or program)");
    sg_bytes_add_byte(paint->out, '\n');
    return 0;
}

static void add_case(const struct sg_paint *paint, const struct sg_store_case *one)
{
    sg_bytes_printf(paint->out, "  %5lld of %-5lld ", (long long)one->failed,
                    (long long)one->graded);
    sg_paint_field(paint, SG_PAINT_PLAIN, one->name, CASE_COLUMNS);
    sg_paint(paint, SG_PAINT_DIM, "  %s%s", one->codes,
             one->unstable ? (one->codes[0] ? ", " : "") : "");
    if (one->unstable)
        sg_paint(paint, SG_PAINT_NOTE, "unstable in %lld", (long long)one->unstable);
    sg_bytes_add_byte(paint->out, '\n');
}

/* "  passed by all: a, b, c", wrapped. */
static void add_names(const struct sg_paint *paint, const char *what,
                      const struct sg_store_case *cases, size_t count, bool all)
{
    sg_autobytes struct sg_bytes names = {0};
    for (size_t i = 0; i < count; i++) {
        if (all ? cases[i].passed == cases[i].graded : cases[i].passed == 0)
            sg_bytes_printf(&names, "%s%s", names.length ? ", " : what, cases[i].name);
    }
    if (names.length)
        sg_paint_wrapped(paint, SG_PAINT_PLAIN, 2, sg_bytes_text(&names));
}

static void add_cases(const struct sg_paint *paint, const struct sg_store_case *cases, size_t count)
{
    const char *role = "";
    for (size_t i = 0; i < count; i++) {
        if (!cases[i].failed && !cases[i].unstable)
            continue;
        if (strcmp(role, cases[i].role) != 0)
            sg_paint(paint, SG_PAINT_BOLD, "\n%s: failed by\n", cases[i].role);
        role = cases[i].role;
        add_case(paint, &cases[i]);
    }
    sg_bytes_add_byte(paint->out, '\n');
    add_names(paint, "passed by all: ", cases, count, true);
    add_names(paint, "passed by none: ", cases, count, false);
}

static void add_codes(const struct sg_paint *paint, const struct sg_store_code *codes, size_t count)
{
    if (count)
        sg_paint(paint, SG_PAINT_BOLD, "\nthe commonest diagnoses: submissions, cases\n");
    for (size_t i = 0; i < count; i++)
        sg_paint(paint, SG_PAINT_PLAIN, "  %5lld  %6lld  %s\n", (long long)codes[i].submissions,
                 (long long)codes[i].cases, codes[i].code);
}

static void add_head(const struct sg_paint *paint, const struct sg_store_run *run)
{
    sg_paint(paint, SG_PAINT_BOLD, "%s: %lld submissions, seed %llu", run->assignment,
             (long long)run->submission_count, (unsigned long long)run->seed);
    if (run->shards > 1)
        sg_paint(paint, SG_PAINT_BOLD, ", shard %lld of %lld", (long long)run->shard,
                 (long long)run->shards);
    sg_bytes_add_text(paint->out, "\n\n");
}

static int add_all(struct sg_call *call, struct sg_store *store, const struct sg_store_run *run,
                   struct table *table, struct sg_error *err)
{
    const struct sg_repeated *chosen = &call->options.submissions;
    struct sg_store_case *cases = NULL;
    struct sg_store_code codes[MOST_CODES];
    size_t case_count = 0, code_count = 0;
    add_head(&table->paint, run);
    if (sg_store_each(store, chosen->items, chosen->count, add_row, table, err) < 0)
        return -1;
    if (!chosen->count && table->lines < (size_t)run->submission_count)
        sg_paint(&table->paint, SG_PAINT_NOTE, "  and %lld to come: --resume goes on\n",
                 (long long)run->submission_count - (long long)table->lines);
    if (chosen->count || call->options.quiet)
        return 0;
    if (sg_store_cases(store, &cases, &case_count, err) < 0)
        return -1;
    add_cases(&table->paint, cases, case_count);
    sg_store_cases_done(cases, case_count);
    if (sg_store_codes(store, MOST_CODES, codes, &code_count, err) < 0)
        return -1;
    add_codes(&table->paint, codes, code_count);
    return 0;
}

int sg_overview_print(struct sg_call *call, struct sg_store *store, const struct sg_store_run *run)
{
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes out = {0};
    struct table table = {
        .paint = {.out = &out, .color = sg_wants_color(&call->options), .ascii = sg_wants_ascii()}};
    if (add_all(call, store, run, &table, &err) < 0)
        return sg_print_error(&err);
    return sg_print(sg_bytes_slice(&out));
}
