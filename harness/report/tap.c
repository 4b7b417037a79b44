/* SPDX-License-Identifier: MIT
 * TAP 14. What a program printed stands in quotes within a block of YAML only: at the beginning of
 * a line an "ok 7" of its would be counted. */
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "report/told.h"

/* A description: no line break, "#" and "\" escaped. */
static void add_description(struct sg_bytes *out, const char *text)
{
    sg_autobytes struct sg_bytes safe = {0}, cut = {0};
    sg_show(&safe, (const uint8_t *)text, strlen(text));
    sg_add_cut(&cut, sg_bytes_text(&safe), SG_TOLD_MOST);
    for (const char *c = sg_bytes_text(&cut); *c; c++) {
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
    const struct sg_diagnosis *diagnosis = &result->diagnosis;
    bool failed = result->status == SG_STATUS_FAILED;
    sg_autofree char *message = sg_told_cut(result, for_student, SG_TOLD_MOST);
    sg_autofree char *text = sg_told_all_cut(result, for_student, SG_TOLD_MOST);
    sg_bytes_add_text(out, "  ---\n");
    add_key(out, "message", message);
    add_key(out, "severity", failed ? "fail" : "error");
    if (failed)
        add_key(out, "code", sg_code_info(diagnosis->code)->id);
    add_points(out, "points", sg_told_points(result));
    add_points(out, "max_points", sg_told_max_points(result));
    add_key(out, "details", text);
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
    sg_autofree char *sum = sg_told_sum(run);
    sg_bytes_printf(out, "TAP version 14\n1..%zu\n# ", run->case_count);
    sg_autofree char *name = sg_printf("%s, %s: ", run->assignment, run->submission);
    add_description(out, name);
    sg_bytes_printf(out, "%s, seed %llu\n", sum, (unsigned long long)run->seed);
    for (size_t i = 0; i < run->case_count; i++)
        add_case(&run->cases[i], i + 1, options->for_student, out);
}
