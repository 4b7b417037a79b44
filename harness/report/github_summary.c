/* SPDX-License-Identifier: MIT
 * A page in GitHub's Markdown for the summary of a job: the sum, a table of the cases, and what
 * failed. A text in a line has each of its signs escaped; one of several lines stands between
 * fences longer than any that it holds. */
#include <ctype.h>
#include <string.h>

#include "base/language.h"
#include "base/number.h"
#include "report/told.h"

/* Of a step, 1 MiB is taken, or nothing: others may write to the same page. */
enum { MOST_BYTES = 300000 };

static void add_inline(struct sg_bytes *out, const char *text)
{
    sg_autobytes struct sg_bytes safe = {0};
    sg_add_cut(&safe, text, 512);
    for (const char *c = sg_bytes_text(&safe); *c; c++) {
        if (ispunct((unsigned char)*c) && (unsigned char)*c < 0x80)
            sg_bytes_add_byte(out, '\\');
        sg_bytes_add_byte(out, *c == '\n' ? ' ' : (uint8_t)*c);
    }
}

static void add_fenced(struct sg_bytes *out, const char *text)
{
    size_t longest = 2, run = 0;
    for (const char *c = text; *c; c++) {
        run = *c == '~' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i <= longest; i++)
            sg_bytes_add_byte(out, '~');
        if (side == 0)
            sg_bytes_printf(out, "text\n%s\n", text);
    }
    sg_bytes_add_byte(out, '\n');
}

static void add_points(const struct sg_case_result *result, struct sg_bytes *out)
{
    sg_thousandths_print(out, sg_told_points(result));
    sg_bytes_add_text(out, _(" of "));
    sg_thousandths_print(out, sg_told_max_points(result));
}

static void add_row(const struct sg_case_result *result, struct sg_bytes *out)
{
    sg_autofree char *name = sg_printf("%s %s: %s", result->role, result->id, result->title);
    sg_bytes_printf(out, "| %s | ", _(sg_status_word(result->status)));
    add_inline(out, name);
    sg_bytes_add_text(out, " | ");
    add_points(result, out);
    sg_bytes_add_text(out, " |\n");
}

static void add_failure(const struct sg_run *run, const struct sg_case_result *result,
                        bool for_student, struct sg_bytes *out)
{
    sg_autofree char *text = sg_told_all_cut(result, for_student, sg_told_share(run, MOST_BYTES));
    sg_bytes_add_text(out, "\n### ");
    add_inline(out, result->role);
    sg_bytes_add_byte(out, ' ');
    add_inline(out, result->id);
    if (result->status == SG_STATUS_FAILED) {
        sg_bytes_add_text(out, " · ");
        add_inline(out, sg_code_info(result->diagnosis.code)->id);
    }
    sg_bytes_add_text(out, "\n\n");
    add_fenced(out, text);
}

void sg_write_github_summary(const struct sg_run *run, const struct sg_report_options *options,
                             struct sg_bytes *out)
{
    sg_autofree char *name = sg_printf("%s · %s", run->assignment, run->submission);
    sg_autofree char *sum = sg_told_sum(run);
    sg_bytes_add_text(out, "## ");
    add_inline(out, name);
    sg_bytes_printf(out, ": %s\n\n| | %s | %s |\n|---|---|---|\n", sum, _("case"), _("points"));
    for (size_t i = 0; i < run->case_count; i++)
        add_row(&run->cases[i], out);
    for (size_t i = 0; i < run->note_count; i++) {
        sg_bytes_add_byte(out, '\n');
        add_inline(out, run->notes[i]);
        sg_bytes_add_byte(out, '\n');
    }
    for (size_t i = 0; i < run->case_count; i++) {
        enum sg_status status = run->cases[i].status;
        if (status != SG_STATUS_PASSED && status != SG_STATUS_SKIPPED)
            add_failure(run, &run->cases[i], options->for_student, out);
    }
}
