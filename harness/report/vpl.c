/* SPDX-License-Identifier: MIT
 * What Moodle's VPL reads in the output of an evaluation: blocks of comments, and the last line
 * that begins with "Grade :=>>". Within a block a line that begins with ">" is shown as it is. Each
 * line of a text begins so, and the marks are broken up wherever they stand, so that no program can
 * write a grade of its own. */
#include <string.h>

#include "base/language.h"
#include "base/number.h"
#include "report/told.h"

/* VPL keeps the comments in a field of Moodle's database. */
enum { MOST_BYTES = 256 << 10 };

static const char *const marks[] = {":=>>", "<|--", "--|>"};

/* Appends text, with each of its lines behind `before`; a mark gets a blank behind its first
 * character. */
static void add_lines(struct sg_bytes *out, const char *before, const char *text)
{
    sg_bytes_add_text(out, before);
    for (const char *c = text; *c; c++) {
        sg_bytes_add_byte(out, (uint8_t)*c);
        if (*c == '\n')
            sg_bytes_add_text(out, before);
        for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
            if (strncmp(c, marks[i], strlen(marks[i])) == 0)
                sg_bytes_add_byte(out, ' ');
        }
    }
    sg_bytes_add_byte(out, '\n');
}

static void add_cut(struct sg_bytes *out, const char *before, const char *text, size_t most)
{
    sg_autobytes struct sg_bytes cut = {0};
    sg_add_cut(&cut, text, most);
    add_lines(out, before, sg_bytes_text(&cut));
}

/* A line that begins with "-" is a title, and VPL shows what stands in brackets at its end as its
 * points. */
static void add_title(const struct sg_case_result *result, struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes title = {0}, shown = {0};
    sg_bytes_printf(&title, "%s %s: %s", result->role, result->id, result->title);
    sg_add_cut(&shown, sg_bytes_text(&title), SG_TOLD_MOST);
    for (size_t i = 0; i < shown.length; i++) {
        if (shown.data[i] == '\n')
            shown.data[i] = ' ';
    }
    sg_bytes_printf(&shown, ": %s ", _(sg_status_word(result->status)));
    sg_thousandths_print(&shown, sg_told_points(result));
    sg_bytes_add_text(&shown, _(" of "));
    sg_thousandths_print(&shown, sg_told_max_points(result));
    add_lines(out, "-", sg_bytes_text(&shown));
}

static void add_case(const struct sg_run *run, const struct sg_case_result *result,
                     bool for_student, struct sg_bytes *out)
{
    size_t most = sg_told_share(run, MOST_BYTES);
    sg_autofree char *text = sg_told_all_cut(result, for_student, most);
    add_title(result, out);
    if (*text)
        add_lines(out, ">", text);
}

void sg_write_vpl(const struct sg_run *run, const struct sg_report_options *options,
                  struct sg_bytes *out)
{
    sg_autofree char *sum = sg_told_sum(run);
    sg_autofree char *head = sg_printf("%s: %s", run->assignment, sum);
    sg_bytes_add_text(out, "\n<|--\n");
    add_lines(out, "-", head);
    for (size_t i = 0; i < run->note_count; i++)
        add_cut(out, ">", run->notes[i], SG_TOLD_MOST);
    if (run->build.failed && run->build.message)
        add_cut(out, ">", run->build.message, SG_TOLD_MOST);
    for (size_t i = 0; i < run->case_count; i++)
        add_case(run, &run->cases[i], options->for_student, out);
    sg_bytes_add_text(out, "--|>\n\nGrade :=>> ");
    sg_thousandths_print(out, sg_run_score(run).points);
    sg_bytes_add_byte(out, '\n');
}
