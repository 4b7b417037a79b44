/* SPDX-License-Identifier: MIT
 * Workflow commands of GitHub Actions: an annotation for each failure, at its line of the source
 * where that is known, and one for the sum. The runner obeys whatever line begins with "::", so all
 * text goes through the two functions that escape it as its toolkit does. */
#include <string.h>

#include "base/language.h"
#include "base/number.h"
#include "base/utf8.h"
#include "report/told.h"

/* What the runner shows of a step: so many errors, and as many warnings. */
enum { MOST_ANNOTATIONS = 10, MOST_BYTES = 4096 };

static void add_escaped(struct sg_bytes *out, const char *text, const char *also)
{
    sg_autobytes struct sg_bytes safe = {0};
    sg_add_cut(&safe, text, MOST_BYTES);
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

static void add_annotation(const struct sg_run *run, const struct sg_case_result *result,
                           const char *level, bool for_student, struct sg_bytes *out)
{
    sg_autofree char *text = sg_told_all_cut(result, for_student, MOST_BYTES);
    sg_autofree char *file = sg_told_file(run, result, for_student);
    sg_autofree char *title =
        sg_printf("%s %s %s: %s", run->assignment, result->role, result->id, result->title);
    sg_bytes_printf(out, "::%s ", level);
    if (file) {
        sg_bytes_add_text(out, "file=");
        add_property(out, file);
        sg_bytes_printf(out, ",line=%d,", result->diagnosis.line);
    }
    sg_bytes_add_text(out, "title=");
    add_property(out, title);
    sg_bytes_add_text(out, "::");
    add_data(out, text);
    sg_bytes_add_byte(out, '\n');
}

/* "error" is for what the student lost points by, "warning" for what could not be judged; NULL:
 * neither. */
static const char *level_of(const struct sg_case_result *result)
{
    if (result->status == SG_STATUS_FAILED)
        return "error";
    return result->status == SG_STATUS_ERROR || result->status == SG_STATUS_INCONCLUSIVE ? "warning"
                                                                                         : NULL;
}

static size_t add_annotations(const struct sg_run *run, const char *level, bool for_student,
                              struct sg_bytes *out)
{
    size_t count = 0;
    for (size_t i = 0; i < run->case_count; i++) {
        const char *own = level_of(&run->cases[i]);
        if (own && strcmp(own, level) == 0 && count++ < MOST_ANNOTATIONS)
            add_annotation(run, &run->cases[i], level, for_student, out);
    }
    return count > MOST_ANNOTATIONS ? count - MOST_ANNOTATIONS : 0;
}

void sg_write_github(const struct sg_run *run, const struct sg_report_options *options,
                     struct sg_bytes *out)
{
    size_t left_out = add_annotations(run, "error", options->for_student, out);
    left_out += add_annotations(run, "warning", options->for_student, out);
    sg_autofree char *sum = sg_told_sum(run);
    sg_autofree char *text = sg_printf("%s, %s: %s", run->assignment, run->submission, sum);
    sg_bytes_add_text(out, "::notice title=sockgrade::");
    add_data(out, text);
    if (left_out)
        sg_bytes_printf(out, _("; %zu more failures are in the log"), left_out);
    sg_bytes_add_byte(out, '\n');
}
