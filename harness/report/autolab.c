/* SPDX-License-Identifier: MIT
 * The two last lines of an autograder of Autolab: what it shows, then the scores. There is one
 * problem, called as the assignment is. Autolab puts quotes around every word that stands before a
 * colon before it reads the last line, inside of texts as well; so no text of ours has a word right
 * before a colon. */
#include <ctype.h>
#include <string.h>

#include "report/json_out.h"
#include "report/told.h"

/* Feedback is kept in its database, and streamed. */
enum { MOST_BYTES = 256 << 10 };

static void quote(struct sg_bytes *out, const char *text)
{
    sg_autobytes struct sg_bytes parted = {0};
    for (const char *c = text; *c; c++) {
        /* A line break is written as a backslash and a letter. */
        if (*c == ':' && c > text && (isalnum((unsigned char)c[-1]) || strchr("\n\t", c[-1])))
            sg_bytes_add_byte(&parted, ' ');
        sg_bytes_add_byte(&parted, (uint8_t)*c);
    }
    sg_add_quoted(out, sg_bytes_text(&parted));
}

static void add_build(const struct sg_run *run, struct sg_json_out *json)
{
    sg_json_open(json, "build", '{');
    sg_json_open(json, "build", '{');
    sg_json_flag(json, "passed", !run->build.failed);
    if (run->build.failed)
        sg_json_text_if(json, "hint", run->build.message);
    sg_json_close(json, '}');
    sg_json_close(json, '}');
}

static void add_case(const struct sg_run *run, const struct sg_case_result *result,
                     bool for_student, struct sg_json_out *json)
{
    sg_autofree char *name = sg_printf("%s - %s", result->id, result->title);
    sg_autofree char *hint = sg_told_all_cut(result, for_student, sg_told_share(run, MOST_BYTES));
    sg_autofree char *said = result->status == SG_STATUS_FAILED || !*hint
                                 ? sg_strdup(hint)
                                 : sg_printf("%s, %s", sg_status_word(result->status), hint);
    sg_json_open(json, name, '{');
    sg_json_flag(json, "passed", result->status == SG_STATUS_PASSED);
    sg_json_text_if(json, "hint", said);
    sg_json_close(json, '}');
}

static bool has_role(const struct sg_run *run, const char *role)
{
    for (size_t i = 0; i < run->case_count; i++) {
        if (strcmp(run->cases[i].role, role) == 0)
            return true;
    }
    return false;
}

static void add_stage(const struct sg_run *run, const char *role, bool for_student,
                      struct sg_json_out *json)
{
    sg_json_open(json, role, '{');
    for (size_t i = 0; i < run->case_count; i++) {
        if (strcmp(run->cases[i].role, role) == 0)
            add_case(run, &run->cases[i], for_student, json);
    }
    sg_json_close(json, '}');
}

void sg_write_autolab(const struct sg_run *run, const struct sg_report_options *options,
                      struct sg_bytes *out)
{
    static const char *const roles[] = {"server", "client"};
    struct sg_json_out json = {.out = out, .quote = quote};
    sg_json_open(&json, NULL, '{');
    sg_json_text(&json, "_presentation", "semantic");
    sg_json_open(&json, "stages", '[');
    sg_json_text(&json, NULL, "build");
    for (size_t i = 0; i < 2; i++) {
        if (has_role(run, roles[i]))
            sg_json_text(&json, NULL, roles[i]);
    }
    sg_json_close(&json, ']');
    add_build(run, &json);
    for (size_t i = 0; i < 2; i++) {
        if (has_role(run, roles[i]))
            add_stage(run, roles[i], options->for_student, &json);
    }
    sg_json_close(&json, '}');
    sg_json_open(&json, NULL, '{');
    sg_json_open(&json, "scores", '{');
    sg_json_points(&json, run->assignment, sg_run_score(run).points);
    sg_json_close(&json, '}');
    sg_json_close(&json, '}');
}
