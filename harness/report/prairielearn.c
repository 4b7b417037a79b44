/* SPDX-License-Identifier: MIT
 * PrairieLearn's results.json: the score as a part of 1, and the points of each case. What was not
 * built, and what the machine let nobody judge, is not gradable there: it costs the student no
 * attempt. */
#include "base/language.h"
#include "report/json_out.h"
#include "report/told.h"

/* A file of more than 1 MB is refused; two texts of a case, and each may double when it is
 * quoted. */
enum { MOST_BYTES = 200000 };

/* The part of the points, with nine decimals, rounded once. */
static void add_score(const struct sg_run *run, struct sg_json_out *json)
{
    enum { PARTS = 1000000000 };
    struct sg_score score = sg_run_score(run);
    int64_t most = score.max_points;
    int64_t part = most > 0 ? (score.points * PARTS + most / 2) / most : 0;
    sg_autofree char *text =
        sg_printf("%lld.%09lld", (long long)(part / PARTS), (long long)(part % PARTS));
    sg_json_raw(json, "score", text);
}

/* Why nothing can be graded; NULL where it can. */
static const char *refusal(const struct sg_run *run)
{
    struct sg_score score = sg_run_score(run);
    if (run->build.failed && score.points == 0)
        return run->build.message ? run->build.message : _("The submission could not be built.");
    if (score.max_points == 0)
        return _("This machine could judge none of the cases; nobody is charged for that.");
    return NULL;
}

static void add_notes(const struct sg_run *run, struct sg_json_out *json)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_autofree char *sum = sg_told_sum(run);
    sg_bytes_add_text(&text, sum);
    for (size_t i = 0; i < run->note_count; i++)
        sg_bytes_printf(&text, "\n%s", run->notes[i]);
    sg_json_text(json, "message", sg_bytes_text(&text));
}

static void add_test(const struct sg_run *run, const struct sg_case_result *result,
                     bool for_student, struct sg_json_out *json)
{
    sg_autofree char *name = sg_printf("%s %s: %s", result->role, result->id, result->title);
    sg_autofree char *text = sg_told_all_cut(result, for_student, sg_told_share(run, MOST_BYTES));
    sg_json_open(json, NULL, '{');
    sg_json_text(json, "name", name);
    sg_json_points(json, "points", sg_told_points(result));
    sg_json_points(json, "max_points", sg_told_max_points(result));
    sg_json_text(json, "message", _(sg_status_word(result->status)));
    sg_json_text_if(json, "output", text);
    sg_json_close(json, '}');
}

void sg_write_prairielearn(const struct sg_run *run, const struct sg_report_options *options,
                           struct sg_bytes *out)
{
    struct sg_json_out json = {.out = out, .tall = 2, .most = sg_told_share(run, MOST_BYTES)};
    const char *refused = refusal(run);
    sg_json_open(&json, NULL, '{');
    sg_json_flag(&json, "gradable", !refused);
    add_score(run, &json);
    if (refused) {
        sg_json_open(&json, "format_errors", '[');
        sg_json_text(&json, NULL, refused);
        sg_json_close(&json, ']');
    }
    add_notes(run, &json);
    sg_json_open(&json, "tests", '[');
    for (size_t i = 0; i < run->case_count; i++)
        add_test(run, &run->cases[i], options->for_student, &json);
    sg_json_close(&json, ']');
    sg_json_close(&json, '}');
}
