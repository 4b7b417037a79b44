/* SPDX-License-Identifier: MIT
 * Classroom 50's result.json. It knows whole numbers only. The sum is rounded once; the cases share
 * it, and what could be had, so that both lists add up, no score is above its maximum, and whole
 * points stay as they are. Whose result it is, its runner says in the environment. */
#include <time.h>

#include "report/json_out.h"
#include "report/told.h"

/* The longest page that its collector takes has 10 MiB. */
enum { MOST_BYTES = 4 << 20 };

/* Hands out a running sum of thousandths in whole numbers: all that it has given is the sum,
 * rounded. */
struct share {
    int64_t sum;
    int64_t given;
};

static int64_t take(struct share *share, int64_t thousandths)
{
    share->sum += thousandths;
    int64_t whole = (share->sum + 500) / 1000 - share->given;
    share->given += whole;
    return whole;
}

static void add_time(struct sg_json_out *json, const char *key, uint64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm parts = {0};
    char text[sizeof "2026-06-01T14:32:01Z"] = "1970-01-01T00:00:00Z";
    if (gmtime_r(&seconds, &parts))
        (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    sg_json_text(json, key, text);
}

static void add_identity(const struct sg_report_options *options, struct sg_json_out *json)
{
    static const char *const fields[][2] = {
        {"classroom", "CLASSROOM"},
        {"assignment", "ASSIGNMENT"},
        {"assignment_type", "ASSIGNMENT_TYPE"},
        {"owner", "OWNER"},
        {"submission", "SUBMISSION_TAG"},
        {"commit", "COMMIT_URL"},
        {"release", "RELEASE_URL"},
    };
    const char *review = sg_told_variable(options, "REVIEW_URL");
    const char *submitted = sg_told_variable(options, "SUBMITTED_AT");
    sg_json_text(json, "schema", "classroom50/result/v1");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        sg_json_text_if(json, fields[i][0], sg_told_variable(options, fields[i][1]));
    sg_json_text(json, "review", *review ? review : sg_told_variable(options, "COMMIT_URL"));
    if (*submitted)
        sg_json_text(json, "datetime", submitted);
    else
        add_time(json, "datetime", options->now_ms);
    add_time(json, "graded_at", options->now_ms);
}

static void add_test(const struct sg_run *run, const struct sg_case_result *result,
                     const struct sg_report_options *options, const int64_t whole[2],
                     struct sg_json_out *json)
{
    size_t most = sg_told_share(run, MOST_BYTES);
    sg_autofree char *name = sg_printf("%s %s: %s", result->role, result->id, result->title);
    sg_autofree char *message = sg_told_all_cut(result, options->for_student, most);
    sg_json_open(json, NULL, '{');
    sg_json_text(json, "test-name", name);
    sg_json_flag(json, "passed", result->status == SG_STATUS_PASSED);
    sg_json_number(json, "score", whole[0]);
    sg_json_number(json, "max-score", whole[1]);
    sg_json_text(json, "status", sg_status_word(result->status));
    if (result->status == SG_STATUS_FAILED)
        sg_json_text(json, "code", sg_code_info(result->diagnosis.code)->id);
    sg_json_text_if(json, "message", message);
    sg_json_close(json, '}');
}

void sg_write_classroom50(const struct sg_run *run, const struct sg_report_options *options,
                          struct sg_bytes *out)
{
    struct sg_json_out json = {.out = out, .tall = 2};
    struct sg_score score = sg_run_score(run);
    /* What was lost is shared behind what was earned, so that the two add up as well. */
    struct share earned = {0}, lost = {.sum = score.points};
    lost.given = (score.points + 500) / 1000;
    sg_json_open(&json, NULL, '{');
    add_identity(options, &json);
    sg_json_number(&json, "score", (score.points + 500) / 1000);
    sg_json_number(&json, "max-score", (score.max_points + 500) / 1000);
    sg_json_open(&json, "tests", '[');
    for (size_t i = 0; i < run->case_count; i++) {
        const struct sg_case_result *result = &run->cases[i];
        int64_t points = sg_told_points(result), most = sg_told_max_points(result);
        int64_t got = take(&earned, points), left = take(&lost, most - points);
        add_test(run, result, options, (const int64_t[]){got, got + left}, &json);
    }
    sg_json_close(&json, ']');
    sg_json_close(&json, '}');
}
