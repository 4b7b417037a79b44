/* SPDX-License-Identifier: MIT
 * Writes a result file in any format, without grading: for tests with results that no program
 * earns.
 *
 *   render FORMAT RESULT.json            prints it
 *   render FORMAT=FILE... RESULT.json    writes files
 *
 * Variables of the environment are seen as `check` sees them; the time is 2026-06-01T14:32:01Z. The
 * fields `title` and `unfinished` may stand in the file as well. A result file is UTF-8; texts that
 * are not are made of characters from U+10FF00 to U+10FFFF, each of which becomes one byte. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "report/report.h"
#include "result/json.h"

enum { MOST_BYTES = 256 << 20 };

static const uint64_t now_ms = UINT64_C(1780324321000);

/* Makes bytes of the characters that stand for them. */
static void restore(char *text)
{
    char *to = text;
    size_t left = text ? strlen(text) : 0;
    while (left) {
        uint32_t point = 0;
        size_t step = sg_utf8_next((const uint8_t *)text, left, &point);
        step = step ? step : 1;
        if (point > 0x10ff00)
            *to++ = (char)(uint8_t)(point & 0xff);
        else
            to = (char *)memmove(to, text, step) + step;
        text += step;
        left -= step;
    }
    if (to)
        *to = 0;
}

static char *text_of(const json_t *object, const char *key, const char *otherwise)
{
    const char *value = json_string_value(json_object_get(object, key));
    char *text = sg_strdup(value ? value : otherwise);
    restore(text);
    return text;
}

static void restore_case(struct sg_case_result *result)
{
    struct sg_diagnosis *diagnosis = &result->diagnosis;
    char *texts[] = {result->title,     result->reason,  diagnosis->message,
                     diagnosis->advice, diagnosis->file, diagnosis->excerpt};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        restore(texts[i]);
    for (size_t i = 0; i < diagnosis->fact_count; i++)
        restore(diagnosis->facts[i].text);
}

static int read_case(const json_t *object, struct sg_case_result *ret)
{
    struct sg_error err = {0};
    char *json = json_dumps(object, JSON_COMPACT);
    int failed = sg_case_from_json(sg_slice_text(json), ret, &err);
    free(json);
    if (failed)
        (void)fprintf(stderr, "render: %s\n", err.text);
    else
        restore_case(ret);
    return failed;
}

static int read_run(const json_t *object, struct sg_run *ret)
{
    const json_t *submission = json_object_get(object, "submission");
    const json_t *cases = json_object_get(object, "cases"), *one;
    const json_t *build = json_object_get(object, "build"), *note;
    const char *built = json_string_value(json_object_get(build, "status"));
    size_t i;
    *ret = (struct sg_run){
        .assignment = text_of(object, "assignment", "echo"),
        .title = text_of(object, "title", "An assignment"),
        .submission = text_of(submission, "id", "alice"),
        .path = text_of(submission, "path", "."),
        .seed = (uint64_t)json_integer_value(json_object_get(object, "seed")),
        .duration_ns =
            (uint64_t)llround(json_number_value(json_object_get(object, "duration_ms")) * 1e6),
        .network = sg_strdup("private"),
        .faults = sg_strdup("seccomp"),
        .jail = sg_strdup("full"),
        .build = {.failed = built && strcmp(built, "failed") == 0},
        .unfinished = json_is_true(json_object_get(object, "unfinished")),
    };
    if (json_object_get(build, "message"))
        ret->build.message = text_of(build, "message", "");
    json_array_foreach(json_object_get(object, "notes"), i, note)
    {
        sg_run_note(ret, "%s", json_string_value(note));
        restore(ret->notes[i]);
    }
    ret->cases = sg_alloc((json_array_size(cases) + 1) * sizeof *ret->cases);
    json_array_foreach(cases, i, one)
    {
        if (read_case(one, &ret->cases[i]) < 0)
            return -1;
        ret->case_count++;
    }
    return 0;
}

static const char *variable(const char *name)
{
    return getenv(name);
}

/* `word` is FORMAT or FORMAT=FILE. */
static int render(const char *word, const struct sg_run *run)
{
    const struct sg_report_options options = {
        .for_student = true, .command = "sockgrade check", .variable = variable, .now_ms = now_ms};
    size_t length = strcspn(word, "=");
    sg_autofree char *name = sg_printf("%.*s", (int)length, word);
    const struct sg_format *format = sg_format_find(name);
    sg_autobytes struct sg_bytes out = {0};
    struct sg_error err = {0};
    if (!format) {
        (void)fprintf(stderr, "render: no format is called '%s'\n", name);
        return 2;
    }
    format->write(run, &options, &out);
    if (word[length])
        return sg_file_write_for_now(word + length + 1, sg_bytes_slice(&out), &err) < 0;
    return fwrite(out.data, 1, out.length, stdout) != out.length;
}

static int read_file(const char *path, struct sg_run *ret)
{
    sg_autobytes struct sg_bytes text = {0};
    struct sg_error err = {0};
    json_error_t problem;
    if (sg_file_read(path, MOST_BYTES, &text, &err) < 0) {
        (void)fprintf(stderr, "render: %s\n", err.text);
        return -1;
    }
    json_t *object = json_loadb((const char *)text.data, text.length, 0, &problem);
    if (!object) {
        (void)fprintf(stderr, "render: %s:%d: %s\n", path, problem.line, problem.text);
        return -1;
    }
    int failed = read_run(object, ret);
    json_decref(object);
    return failed;
}

int main(int count, char **words)
{
    struct sg_run run = {0};
    if (count < 3) {
        (void)fprintf(stderr, "usage: render FORMAT[=FILE]... RESULT.json\n");
        return 2;
    }
    int status = read_file(words[count - 1], &run) < 0 ? 2 : 0;
    for (int i = 1; i < count - 1 && !status; i++)
        status = render(words[i], &run);
    sg_run_done(&run);
    return status;
}
