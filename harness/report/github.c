/* SPDX-License-Identifier: MIT
 * Workflow commands of GitHub Actions: an annotation for each failure, at its line of the source where that
 * is known, and one for the sum. The runner obeys whatever line begins with "::", so all text goes through
 * the two functions that escape it as its toolkit does. */
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "report/told.h"

enum { MOST_ANNOTATIONS = 10 }; /* errors that the runner shows of a step */

static void add_escaped(struct sg_bytes *out, const char *text, const char *also)
{
    sg_autobytes struct sg_bytes safe = {0};
    sg_show_lines(&safe, (const uint8_t *)text, strlen(text));
    for (const char *c = sg_bytes_text(&safe); *c; c++) {
        if (strchr("%\r\n", *c) || strchr(also, *c))
            sg_bytes_printf(out, "%%%02X", (unsigned)(unsigned char)*c);
        else
            sg_bytes_add_byte(out, (uint8_t)*c);
    }
}

static void add_data(struct sg_bytes *out, const char *text)
{
    add_escaped(out, text, "");
}

static void add_property(struct sg_bytes *out, const char *text)
{
    add_escaped(out, text, ":,");
}

/* A file as the repository names it: the submission may be a folder of it. */
static void add_place(const struct sg_run *run, const struct sg_diagnosis *diagnosis,
                      struct sg_bytes *out)
{
    bool at_top = strcmp(run->path, ".") == 0 || run->path[0] == '/';
    sg_autofree char *path =
        sg_printf("%s%s%s", at_top ? "" : run->path, at_top ? "" : "/", diagnosis->file);
    sg_bytes_add_text(out, "file=");
    add_property(out, path);
    sg_bytes_printf(out, ",line=%d,", diagnosis->line);
}

static void add_annotation(const struct sg_run *run, const struct sg_case_result *result,
                           bool for_student, struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes text = {0};
    bool shown = !(result->hidden && for_student);
    sg_told_all(result, for_student, &text);
    sg_bytes_add_text(out, "::error ");
    if (result->status == SG_STATUS_FAILED && result->diagnosis.file && shown)
        add_place(run, &result->diagnosis, out);
    sg_autofree char *title =
        sg_printf("%s %s %s: %s", run->assignment, result->role, result->id, result->title);
    sg_bytes_add_text(out, "title=");
    add_property(out, title);
    sg_bytes_add_text(out, "::");
    if (text.length) /* its last line break */
        text.data[--text.length] = 0;
    add_data(out, sg_bytes_text(&text));
    sg_bytes_add_byte(out, '\n');
}

void sg_write_github(const struct sg_run *run, const struct sg_report_options *options,
                     struct sg_bytes *out)
{
    struct sg_score score = sg_run_score(run);
    size_t count = 0;
    for (size_t i = 0; i < run->case_count; i++) {
        enum sg_status status = run->cases[i].status;
        bool wrong = status == SG_STATUS_FAILED || status == SG_STATUS_ERROR;
        if (wrong && count++ < MOST_ANNOTATIONS)
            add_annotation(run, &run->cases[i], options->for_student, out);
    }
    sg_bytes_add_text(out, "::notice title=sockgrade::");
    sg_autofree char *name = sg_printf("%s, %s: ", run->assignment, run->submission);
    add_data(out, name);
    sg_thousandths_print(out, score.points);
    sg_bytes_add_text(out, " of ");
    sg_thousandths_print(out, score.max_points);
    sg_bytes_add_text(out, " points");
    if (count > MOST_ANNOTATIONS)
        sg_bytes_printf(out, "; %zu more failures are in the log", count - MOST_ANNOTATIONS);
    sg_bytes_add_byte(out, '\n');
}
