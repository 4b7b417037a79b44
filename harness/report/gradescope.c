/* SPDX-License-Identifier: MIT
 * Gradescope's results.json: the score of the whole, and a test per case. All of it is for the student's
 * eyes there, so hidden cases tell nothing but their title and what they are about. */
#include "base/number.h"
#include "report/told.h"

static void add_text(struct sg_bytes *out, const char *key, const char *text, const char *after)
{
    sg_bytes_printf(out, "\"%s\": ", key);
    sg_add_quoted(out, text);
    sg_bytes_add_text(out, after);
}

static void add_number(struct sg_bytes *out, const char *key, int64_t thousandths)
{
    sg_bytes_printf(out, "\"%s\": ", key);
    sg_thousandths_print(out, thousandths);
    sg_bytes_add_text(out, ", ");
}

static void add_case(const struct sg_case_result *result, struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_autofree char *name = sg_printf("%s %s: %s", result->role, result->id, result->title);
    if (result->status == SG_STATUS_SKIPPED || result->status == SG_STATUS_INCONCLUSIVE)
        sg_bytes_printf(&text, "%s: ", sg_status_word(result->status));
    sg_told_all(result, true, &text);
    sg_bytes_add_text(out, "    {");
    add_number(out, "score", result->points);
    add_number(out, "max_score", result->charged ? result->max_points : 0);
    if (result->charged) /* what the machine is to blame for is neither */
        add_text(out, "status", result->status == SG_STATUS_PASSED ? "passed" : "failed", ", ");
    add_text(out, "name", name, ", ");
    add_text(out, "output", sg_bytes_text(&text), ", ");
    add_text(out, "output_format", "text", "}");
}

void sg_write_gradescope(const struct sg_run *run, const struct sg_report_options *options,
                         struct sg_bytes *out)
{
    (void)options;
    struct sg_score score = sg_run_score(run);
    sg_autobytes struct sg_bytes text = {0};
    sg_thousandths_print(&text, score.points);
    sg_bytes_add_text(&text, " of ");
    sg_thousandths_print(&text, score.max_points);
    sg_bytes_printf(&text, " points for %s", run->title);
    for (size_t i = 0; i < run->note_count; i++)
        sg_bytes_printf(&text, "\n%s", run->notes[i]);
    if (run->build.failed && run->build.message)
        sg_bytes_printf(&text, "\n%s", run->build.message);
    sg_bytes_add_text(out, "{\n  ");
    add_number(out, "score", score.points);
    sg_bytes_add_text(out, "\"execution_time\": ");
    sg_add_seconds(out, run->duration_ns);
    sg_bytes_add_text(out, ",\n  ");
    add_text(out, "output", sg_bytes_text(&text), ", ");
    add_text(out, "output_format", "text", ",\n  \"tests\": [\n");
    for (size_t i = 0; i < run->case_count; i++) {
        add_case(&run->cases[i], out);
        sg_bytes_add_text(out, i + 1 < run->case_count ? ",\n" : "\n");
    }
    sg_bytes_add_text(out, "  ]\n}\n");
}
