/* SPDX-License-Identifier: MIT
 * TAP 14. What a program printed stands in quotes within a block of YAML only: at the beginning of a line an
 * "ok 7" of its would be counted. */
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "report/told.h"

/* A description: no line break, "#" and "\" escaped. */
static void add_description(struct sg_bytes *out, const char *text)
{
    sg_autobytes struct sg_bytes safe = {0};
    sg_show(&safe, (const uint8_t *)text, strlen(text));
    for (const char *c = sg_bytes_text(&safe); *c; c++) {
        if (*c == '#' || *c == '\\')
            sg_bytes_add_byte(out, '\\');
        sg_bytes_add_byte(out, (uint8_t)*c);
    }
}

static void add_key(struct sg_bytes *out, const char *key, const char *text)
{
    sg_bytes_printf(out, "  %s: ", key);
    sg_add_quoted(out, text);
    sg_bytes_add_byte(out, '\n');
}

static void add_points(struct sg_bytes *out, const char *key, int64_t thousandths)
{
    sg_bytes_printf(out, "  %s: ", key);
    sg_thousandths_print(out, thousandths);
    sg_bytes_add_byte(out, '\n');
}

static void add_block(const struct sg_case_result *result, bool for_student, struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes text = {0};
    const struct sg_diagnosis *diagnosis = &result->diagnosis;
    bool failed = result->status == SG_STATUS_FAILED;
    sg_told_all(result, for_student, &text);
    sg_bytes_add_text(out, "  ---\n");
    add_key(out, "message", sg_told(result, for_student));
    add_key(out, "severity", failed ? "fail" : "error");
    if (failed)
        add_key(out, "code", sg_code_info(diagnosis->code)->id);
    add_points(out, "points", result->points);
    add_points(out, "max_points", result->max_points);
    add_key(out, "details", sg_bytes_text(&text));
    if (failed && diagnosis->file && !(result->hidden && for_student)) {
        sg_bytes_add_text(out, "  at:\n  ");
        add_key(out, "file", diagnosis->file);
        sg_bytes_printf(out, "    line: %d\n", diagnosis->line);
    }
    sg_bytes_add_text(out, "  ...\n");
}

static void add_case(const struct sg_case_result *result, size_t number, bool for_student,
                     struct sg_bytes *out)
{
    bool wrong = result->status == SG_STATUS_FAILED || result->status == SG_STATUS_ERROR;
    bool skipped = result->status == SG_STATUS_SKIPPED || result->status == SG_STATUS_INCONCLUSIVE;
    sg_bytes_printf(out, "%s %zu - ", wrong ? "not ok" : "ok", number);
    sg_autofree char *name = sg_printf("%s %s: %s", result->role, result->id, result->title);
    add_description(out, name);
    if (skipped) {
        sg_bytes_add_text(out, " # SKIP ");
        add_description(out, sg_told(result, for_student));
    }
    sg_bytes_add_byte(out, '\n');
    if (wrong)
        add_block(result, for_student, out);
}

void sg_write_tap(const struct sg_run *run, const struct sg_report_options *options,
                  struct sg_bytes *out)
{
    struct sg_score score = sg_run_score(run);
    sg_bytes_printf(out, "TAP version 14\n1..%zu\n# ", run->case_count);
    sg_autofree char *name = sg_printf("%s, %s: ", run->assignment, run->submission);
    add_description(out, name);
    sg_thousandths_print(out, score.points);
    sg_bytes_add_text(out, " of ");
    sg_thousandths_print(out, score.max_points);
    sg_bytes_printf(out, " points, seed %llu\n", (unsigned long long)run->seed);
    for (size_t i = 0; i < run->case_count; i++)
        add_case(&run->cases[i], i + 1, options->for_student, out);
}
