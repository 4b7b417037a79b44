/* SPDX-License-Identifier: MIT
 * Writes a result file in one of the formats, as `sockgrade check` would have:
 *     write_report FORMAT student|instructor EXPLANATIONS < RESULT.json > REPORT
 * EXPLANATIONS is a folder of pages, or "". */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "report/report.h"
#include "result/json.h"

static char *text_of(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return sg_strdup(value ? value : "");
}

static int read_cases(const json_t *list, struct sg_run *ret, struct sg_error *err)
{
    ret->cases = sg_alloc((json_array_size(list) + 1) * sizeof *ret->cases);
    for (size_t i = 0; i < json_array_size(list); i++) {
        char *json = json_dumps(json_array_get(list, i), 0);
        int failed = sg_case_from_json(sg_slice_text(json), &ret->cases[i], err);
        free(json);
        if (failed)
            return sg_error_add(err, "case %zu", i);
        ret->case_count++;
    }
    return 0;
}

static int read_run(const json_t *object, struct sg_run *ret, struct sg_error *err)
{
    const json_t *environment = json_object_get(object, "environment");
    const json_t *build = json_object_get(object, "build"),
                 *notes = json_object_get(object, "notes");
    *ret = (struct sg_run){
        .assignment = text_of(object, "assignment"),
        .title = text_of(object, "assignment"),
        .submission = text_of(json_object_get(object, "submission"), "id"),
        .path = text_of(json_object_get(object, "submission"), "path"),
        .seed = (uint64_t)json_integer_value(json_object_get(object, "seed")),
        .duration_ns = (uint64_t)(json_number_value(json_object_get(object, "duration_ms")) * 1e6),
        .network = text_of(environment, "network"),
        .faults = text_of(environment, "faults"),
        .jail = text_of(environment, "jail"),
        .build = {.message = text_of(build, "message"), .log = text_of(build, "log")},
    };
    sg_autofree char *status = text_of(build, "status");
    ret->build.failed = strcmp(status, "failed") == 0;
    for (size_t i = 0; i < json_array_size(notes); i++)
        sg_run_note(ret, "%s", json_string_value(json_array_get(notes, i)));
    return read_cases(json_object_get(object, "cases"), ret, err);
}

int main(int count, char **words)
{
    const struct sg_format *format = count == 4 ? sg_format_find(words[1]) : NULL;
    if (!format) {
        (void)fprintf(stderr, "write_report FORMAT student|instructor EXPLANATIONS < RESULT\n");
        return 2;
    }
    const struct sg_report_options options = {
        .for_student = strcmp(words[2], "student") == 0,
        .command = "sockgrade check DIR",
        .explanations = words[3][0] ? words[3] : NULL,
        .language = "en",
    };
    struct sg_run run = {0};
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes report = {0};
    json_error_t problem;
    json_t *object = json_loadf(stdin, 0, &problem);
    int failed = object ? read_run(object, &run, &err) : sg_fail(&err, "%s", problem.text);
    json_decref(object);
    if (!failed) {
        format->write(&run, &options, &report);
        failed = sg_write_all(STDOUT_FILENO, sg_bytes_slice(&report), &err);
    }
    sg_run_done(&run);
    if (failed)
        (void)fprintf(stderr, "write_report: %s\n", err.text);
    return failed ? 1 : 0;
}
