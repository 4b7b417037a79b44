/* SPDX-License-Identifier: MIT
 * CodeGrade's messages of AutoTest v2, a line of JSON each: the cases as unit tests, then the
 * points as a fraction. It takes them on descriptor 3. */
#include <string.h>

#include "report/json_out.h"
#include "report/told.h"

/* More than 250 kB are dropped without a word; a text may double when it is quoted. */
enum { MOST_BYTES = 50000 };

static const char *status_word(const struct sg_case_result *result)
{
    switch (result->status) {
    case SG_STATUS_PASSED:
        return "success";
    case SG_STATUS_FAILED:
        return "failure";
    case SG_STATUS_SKIPPED:
    case SG_STATUS_INCONCLUSIVE:
    case SG_STATUS_ERROR:
        break;
    }
    return "skipped";
}

/* "61/100", in its lowest terms; "0" where there is nothing to be had. */
static char *fraction(int64_t part, int64_t whole)
{
    int64_t a = part, b = whole;
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    if (whole == 0 || part == 0)
        return sg_strdup("0");
    return whole == a ? sg_printf("%lld", (long long)(part / a))
                      : sg_printf("%lld/%lld", (long long)(part / a), (long long)(whole / a));
}

static void add_case(const struct sg_run *run, const struct sg_case_result *result,
                     bool for_student, struct sg_json_out *json)
{
    sg_autofree char *name = sg_printf("%s: %s", result->id, result->title);
    sg_autofree char *reason = sg_told_all_cut(result, for_student, sg_told_share(run, MOST_BYTES));
    sg_autofree char *weight = fraction(sg_told_max_points(result), 1000);
    sg_json_open(json, NULL, '{');
    sg_json_text(json, "name", name);
    sg_json_text(json, "status", status_word(result));
    sg_json_text(json, "weight", weight);
    sg_json_text_if(json, "reason", reason);
    sg_json_close(json, '}');
}

static void add_suite(const struct sg_run *run, const char *role, bool for_student,
                      struct sg_json_out *json)
{
    bool found = false;
    for (size_t i = 0; i < run->case_count; i++) {
        if (strcmp(run->cases[i].role, role) != 0)
            continue;
        if (!found) {
            sg_json_open(json, NULL, '{');
            sg_json_text(json, "id", role);
            sg_json_text(json, "name", role);
            sg_json_open(json, "testCases", '[');
        }
        found = true;
        add_case(run, &run->cases[i], for_student, json);
    }
    if (!found)
        return;
    sg_json_close(json, ']');
    sg_json_close(json, '}');
}

void sg_write_codegrade(const struct sg_run *run, const struct sg_report_options *options,
                        struct sg_bytes *out)
{
    struct sg_score score = sg_run_score(run);
    sg_autofree char *points = fraction(score.points, score.max_points);
    struct sg_json_out json = {.out = out, .most = sg_told_share(run, MOST_BYTES)};
    sg_json_open(&json, NULL, '{');
    sg_json_text(&json, "tag", "unit-test");
    sg_json_open(&json, "results", '[');
    add_suite(run, "server", options->for_student, &json);
    add_suite(run, "client", options->for_student, &json);
    sg_json_close(&json, ']');
    sg_json_close(&json, '}');
    json.most = 0;
    sg_json_open(&json, NULL, '{');
    sg_json_text(&json, "tag", "points");
    sg_json_text(&json, "points", points);
    sg_json_close(&json, '}');
}
