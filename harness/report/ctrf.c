/* SPDX-License-Identifier: MIT
 * CTRF, the common test report: a document in JSON that many tools merge, show and compare. It
 * knows no points; they stand in `extra`. What could not be judged is "other". */
#include "report/json_out.h"
#include "report/told.h"

enum { NS_PER_MS = 1000000 };

static int64_t milliseconds(uint64_t ns)
{
    return (int64_t)((ns + NS_PER_MS / 2) / NS_PER_MS);
}

static const char *status_word(enum sg_status status)
{
    switch (status) {
    case SG_STATUS_PASSED:
    case SG_STATUS_FAILED:
    case SG_STATUS_SKIPPED:
        return sg_status_word(status);
    case SG_STATUS_INCONCLUSIVE:
    case SG_STATUS_ERROR:
        break;
    }
    return "other";
}

static void add_summary(const struct sg_run *run, const struct sg_report_options *options,
                        struct sg_json_out *json)
{
    struct sg_score score = sg_run_score(run);
    int64_t lasted = milliseconds(run->duration_ns), now = (int64_t)options->now_ms;
    int64_t stop = now > lasted ? now : lasted;
    sg_json_open(json, "summary", '{');
    sg_json_number(json, "tests", (int64_t)run->case_count);
    sg_json_number(json, "passed", (int64_t)score.by_status[SG_STATUS_PASSED]);
    sg_json_number(json, "failed", (int64_t)score.by_status[SG_STATUS_FAILED]);
    sg_json_number(json, "skipped", (int64_t)score.by_status[SG_STATUS_SKIPPED]);
    sg_json_number(json, "pending", 0);
    sg_json_number(
        json, "other",
        (int64_t)(score.by_status[SG_STATUS_INCONCLUSIVE] + score.by_status[SG_STATUS_ERROR]));
    sg_json_number(json, "start", stop - lasted);
    sg_json_number(json, "stop", stop);
    sg_json_number(json, "duration", lasted);
    sg_json_open(json, "extra", '{');
    sg_json_points(json, "score", score.points);
    sg_json_points(json, "max_score", score.max_points);
    sg_json_text(json, "submission", run->submission);
    sg_json_number(json, "seed", (int64_t)run->seed);
    sg_json_close(json, '}');
    sg_json_close(json, '}');
}

static void add_test(const struct sg_run *run, const struct sg_case_result *result,
                     bool for_student, struct sg_json_out *json)
{
    sg_autofree char *name = sg_printf("%s: %s", result->id, result->title);
    sg_autofree char *id = sg_printf("%s/%s/%s", run->assignment, result->role, result->id);
    sg_autofree char *message = sg_told_cut(result, for_student, SG_TOLD_MOST);
    sg_autofree char *all = sg_told_all_cut(result, for_student, SG_TOLD_MOST);
    sg_autofree char *file = sg_told_file(run, result, for_student);
    sg_json_open(json, NULL, '{');
    sg_json_text(json, "testId", id);
    sg_json_text(json, "name", name);
    sg_json_text(json, "status", status_word(result->status));
    sg_json_text(json, "rawStatus", sg_status_word(result->status));
    sg_json_number(json, "duration", milliseconds(result->duration_ns));
    sg_json_open(json, "suite", '[');
    sg_json_text(json, NULL, run->assignment);
    sg_json_text(json, NULL, result->role);
    sg_json_close(json, ']');
    sg_json_text_if(json, "message", message);
    sg_json_text_if(json, "trace", all);
    if (file) {
        sg_json_text(json, "filePath", file);
        sg_json_number(json, "line", result->diagnosis.line);
    }
    sg_json_open(json, "extra", '{');
    sg_json_points(json, "points", sg_told_points(result));
    sg_json_points(json, "max_points", sg_told_max_points(result));
    if (result->status == SG_STATUS_FAILED)
        sg_json_text(json, "code", sg_code_info(result->diagnosis.code)->id);
    sg_json_text_if(json, "group", result->group);
    sg_json_close(json, '}');
    sg_json_close(json, '}');
}

void sg_write_ctrf(const struct sg_run *run, const struct sg_report_options *options,
                   struct sg_bytes *out)
{
    struct sg_json_out json = {.out = out, .tall = 3};
    sg_json_open(&json, NULL, '{');
    sg_json_text(&json, "reportFormat", "CTRF");
    sg_json_text(&json, "specVersion", "0.0.0");
    sg_json_text(&json, "generatedBy", "sockgrade");
    sg_json_open(&json, "results", '{');
    sg_json_open(&json, "tool", '{');
    sg_json_text(&json, "name", "sockgrade");
    sg_json_text(&json, "version", SG_VERSION);
    sg_json_close(&json, '}');
    add_summary(run, options, &json);
    sg_json_open(&json, "tests", '[');
    for (size_t i = 0; i < run->case_count; i++)
        add_test(run, &run->cases[i], options->for_student, &json);
    sg_json_close(&json, ']');
    sg_json_close(&json, '}');
    sg_json_close(&json, '}');
}
