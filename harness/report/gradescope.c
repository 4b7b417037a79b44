/* SPDX-License-Identifier: MIT
 * Gradescope's results.json: the score of the whole, and a test per case. A hidden case is hidden
 * there too, and tells nothing but its title and what it is about even to those who see it. While
 * cases are still to be run the file says so: a run that is killed leaves one that is true. */
#include "base/language.h"
#include "report/json_out.h"
#include "report/told.h"

static void add_tags(const struct sg_case_result *result, struct sg_json_out *json)
{
    sg_json_open(json, "tags", '[');
    sg_json_text(json, NULL, result->role);
    if (result->group && *result->group)
        sg_json_text(json, NULL, result->group);
    if (result->status == SG_STATUS_FAILED)
        sg_json_text(json, NULL, sg_code_info(result->diagnosis.code)->id);
    sg_json_close(json, ']');
}

static void add_case(const struct sg_case_result *result, struct sg_json_out *json)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_autofree char *name = sg_printf("%s %s: %s", result->role, result->id, result->title);
    sg_autofree char *told = sg_told_all_cut(result, true, SG_TOLD_MOST);
    if (result->status == SG_STATUS_SKIPPED || result->status == SG_STATUS_INCONCLUSIVE)
        sg_bytes_printf(&text, "%s: ", _(sg_status_word(result->status)));
    sg_bytes_add_text(&text, told);
    sg_json_open(json, NULL, '{');
    sg_json_text(json, "name", name);
    sg_json_points(json, "score", sg_told_points(result));
    sg_json_points(json, "max_score", sg_told_max_points(result));
    if (result->charged) /* what the machine is to blame for is neither */
        sg_json_text(json, "status", result->status == SG_STATUS_PASSED ? "passed" : "failed");
    sg_json_text(json, "output", sg_bytes_text(&text));
    sg_json_text(json, "output_format", "text");
    sg_json_text(json, "name_format", "text");
    if (result->hidden)
        sg_json_text(json, "visibility", "hidden");
    add_tags(result, json);
    sg_json_close(json, '}');
}

static void add_output(const struct sg_run *run, struct sg_json_out *json)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_autofree char *sum = sg_told_sum(run);
    if (run->unfinished)
        sg_bytes_add_text(&text,
                          _("Grading has not ended: what follows is what was known then.\n"));
    sg_bytes_printf(&text, _("%s for %s"), sum, run->title);
    for (size_t i = 0; i < run->note_count; i++)
        sg_bytes_printf(&text, "\n%s", run->notes[i]);
    if (run->build.failed && run->build.message)
        sg_bytes_printf(&text, "\n%s", run->build.message);
    sg_json_text(json, "output", sg_bytes_text(&text));
    sg_json_text(json, "output_format", "text");
}

void sg_write_gradescope(const struct sg_run *run, const struct sg_report_options *options,
                         struct sg_bytes *out)
{
    (void)options;
    struct sg_json_out json = {.out = out, .tall = 2};
    sg_json_open(&json, NULL, '{');
    sg_json_points(&json, "score", sg_run_score(run).points);
    sg_json_seconds(&json, "execution_time", run->duration_ns);
    add_output(run, &json);
    sg_json_text(&json, "test_output_format", "text");
    sg_json_text(&json, "test_name_format", "text");
    sg_json_text(&json, "stdout_visibility", "hidden");
    sg_json_open(&json, "extra_data", '{');
    sg_json_text(&json, "assignment", run->assignment);
    sg_json_number(&json, "seed", (int64_t)run->seed);
    sg_json_points(&json, "max_score", sg_run_score(run).max_points);
    sg_json_flag(&json, "finished", !run->unfinished);
    sg_json_close(&json, '}');
    sg_json_open(&json, "tests", '[');
    for (size_t i = 0; i < run->case_count; i++)
        add_case(&run->cases[i], &json);
    sg_json_close(&json, ']');
    sg_json_close(&json, '}');
}
