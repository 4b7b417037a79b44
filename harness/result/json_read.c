/* SPDX-License-Identifier: MIT
 * Results from JSON: a case that an examiner sent, a result file and its head. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "result/json.h"

static char *get_text(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value ? sg_strdup(value) : NULL;
}

static uint64_t get_ns(const json_t *object, const char *key)
{
    double value = json_number_value(json_object_get(object, key));
    return value > 0 ? (uint64_t)llround(value * 1e6) : 0;
}

/* In thousandths. A file may hold any number; sums of these must not overflow. */
static int64_t get_points(const json_t *object, const char *key)
{
    const double most = 1e9;
    double value = json_number_value(json_object_get(object, key));
    return value > 0 ? llround(fmin(value, most) * 1000.0) : 0;
}

static size_t get_size(const json_t *object, const char *key)
{
    json_int_t value = json_integer_value(json_object_get(object, key));
    return value > 0 ? (size_t)value : 0;
}

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static struct sg_bytes get_bytes(const json_t *object, const char *key)
{
    struct sg_bytes bytes = {0};
    const char *digits = json_string_value(json_object_get(object, key));
    uint32_t group = 0;
    int bits = 0;
    for (; digits && *digits; digits++) {
        int digit = base64_digit(*digits);
        if (digit < 0)
            break;
        group = group << 6 | (uint32_t)digit;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            sg_bytes_add_byte(&bytes, (uint8_t)(group >> bits));
        }
    }
    return bytes;
}

/* The number whose word is at `key`, or -1. */
static int get_word(const json_t *object, const char *key, int count, const char *(*word)(int))
{
    const char *value = json_string_value(json_object_get(object, key));
    for (int i = 0; value && i < count; i++) {
        if (strcmp(word(i), value) == 0)
            return i;
    }
    return -1;
}

static const char *status_word(int status)
{
    return sg_status_word((enum sg_status)status);
}

static const char *event_word(int kind)
{
    return sg_event_word((enum sg_event_kind)kind);
}

static bool read_event(const json_t *object, struct sg_event *ret)
{
    int kind = get_word(object, "event", SG_EVENT_FAULT + 1, event_word);
    if (kind < 0)
        return false;
    *ret = (struct sg_event){
        .at_ns = get_ns(object, "at_ms"),
        .kind = (enum sg_event_kind)kind,
        .from = get_text(object, "from"),
        .to = get_text(object, "to"),
        .peer = get_text(object, "peer"),
        .connection = (int)get_size(object, "connection"),
        .bytes = get_size(object, "bytes"),
        .data = get_bytes(object, "base64"),
        .text = get_text(object, "text"),
    };
    return true;
}

static void read_difference(const json_t *object, struct sg_difference *ret)
{
    if (!object)
        return;
    *ret = (struct sg_difference){
        .present = true,
        .offset = get_size(object, "offset"),
        .expected_length = get_size(object, "expected_bytes"),
        .got_length = get_size(object, "got_bytes"),
        .start = get_size(object, "excerpt_at"),
        .expected = get_bytes(object, "expected"),
        .got = get_bytes(object, "got"),
        .remark = get_text(object, "remark"),
        .got_end = get_text(object, "got_end"),
    };
}

static void read_facts(const json_t *list, struct sg_diagnosis *ret)
{
    size_t index;
    json_t *fact;
    json_array_foreach(list, index, fact)
    {
        const char *text = json_string_value(json_object_get(fact, "text"));
        if (text)
            sg_diagnosis_add(ret, get_ns(fact, "at_ms"), "%s", text);
    }
}

static bool read_diagnosis(const json_t *object, struct sg_diagnosis *ret)
{
    if (!object)
        return true;
    const char *code = json_string_value(json_object_get(object, "code"));
    ret->code = code ? sg_code_find(code) : SG_CODE_NONE;
    ret->message = get_text(object, "message");
    ret->advice = get_text(object, "advice");
    ret->file = get_text(object, "file");
    ret->line = (int)get_size(object, "line");
    ret->excerpt = get_text(object, "excerpt");
    ret->excerpt_line = (int)get_size(object, "excerpt_line");
    read_facts(json_object_get(object, "evidence"), ret);
    read_difference(json_object_get(object, "difference"), &ret->difference);
    return ret->code != SG_CODE_NONE;
}

static bool read_transcript(const json_t *events, struct sg_case_result *ret)
{
    ret->transcript = sg_alloc((json_array_size(events) + 1) * sizeof *ret->transcript);
    size_t index;
    json_t *event;
    json_array_foreach(events, index, event)
    {
        if (!read_event(event, &ret->transcript[ret->event_count]))
            return false;
        ret->event_count++;
    }
    return true;
}

static void read_refused(const json_t *list, struct sg_case_result *ret)
{
    size_t index;
    json_t *one;
    ret->refused = sg_alloc((json_array_size(list) + 1) * sizeof *ret->refused);
    json_array_foreach(list, index, one)
    {
        if (json_is_string(one))
            ret->refused[ret->refused_count++] = sg_strdup(json_string_value(one));
    }
}

static bool read_case(const json_t *object, struct sg_case_result *ret)
{
    int status = get_word(object, "status", SG_STATUS_ERROR + 1, status_word);
    if (status < 0)
        return false;
    *ret = (struct sg_case_result){
        .id = get_text(object, "id"),
        .title = get_text(object, "title"),
        .group = get_text(object, "group"),
        .role = get_text(object, "role"),
        .status = (enum sg_status)status,
        .hidden = json_is_true(json_object_get(object, "hidden")),
        .charged = json_is_true(json_object_get(object, "charged")),
        .points = get_points(object, "points"),
        .max_points = get_points(object, "max_points"),
        .duration_ns = get_ns(object, "duration_ms"),
        .reason = get_text(object, "reason"),
        .started = get_text(object, "started"),
    };
    read_refused(json_object_get(object, "refused"), ret);
    return ret->id && ret->title && ret->role &&
           read_diagnosis(json_object_get(object, "diagnosis"), &ret->diagnosis) &&
           read_transcript(json_object_get(object, "transcript"), ret);
}

int sg_case_from_json(struct sg_slice json, struct sg_case_result *ret, struct sg_error *err)
{
    *ret = (struct sg_case_result){0};
    json_error_t problem;
    json_t *object = json_loadb((const char *)json.data, json.length, 0, &problem);
    if (!object)
        return sg_fail_machine(err, "the examiner's answer cannot be read: %s", problem.text);
    bool right = read_case(object, ret);
    json_decref(object);
    if (right)
        return 0;
    sg_case_result_done(ret);
    return sg_fail_machine(err, "the examiner's answer is incomplete");
}

static json_t *load_result_file(struct sg_slice json, struct sg_error *err)
{
    json_error_t problem;
    json_t *object = json_loadb((const char *)json.data, json.length, 0, &problem);
    const char *schema = json_string_value(json_object_get(object, "schema"));
    if (schema && strcmp(schema, "sockgrade/result/1") == 0)
        return object;
    (void)sg_fail(err, "not a result file of sockgrade%s%s", object ? "" : ": ",
                  object ? "" : problem.text);
    json_decref(object);
    return NULL;
}

static void read_run_head(const json_t *object, struct sg_run *ret)
{
    const json_t *submission = json_object_get(object, "submission");
    const json_t *environment = json_object_get(object, "environment");
    const json_t *build = json_object_get(object, "build");
    const char *built = json_string_value(json_object_get(build, "status"));
    *ret = (struct sg_run){
        .assignment = get_text(object, "assignment"),
        .submission = get_text(submission, "id"),
        .path = get_text(submission, "path"),
        .seed = get_size(object, "seed"),
        .duration_ns = get_ns(object, "duration_ms"),
        .network = get_text(environment, "network"),
        .faults = get_text(environment, "faults"),
        .jail = get_text(environment, "jail"),
        .build = {.failed = built && strcmp(built, "failed") == 0,
                  .message = get_text(build, "message"),
                  .log = get_text(build, "log")},
    };
    size_t index;
    json_t *note;
    json_array_foreach(json_object_get(object, "notes"), index, note)
    {
        if (json_is_string(note))
            sg_run_note(ret, "%s", json_string_value(note));
    }
}

static bool read_cases(const json_t *list, struct sg_run *ret)
{
    ret->cases = sg_alloc((json_array_size(list) + 1) * sizeof *ret->cases);
    size_t index;
    json_t *one;
    json_array_foreach(list, index, one)
    {
        ret->case_count++; /* what was read of it is freed with the rest */
        if (!read_case(one, &ret->cases[index]))
            return false;
    }
    return true;
}

int sg_run_from_json(struct sg_slice json, struct sg_run *ret, struct sg_error *err)
{
    *ret = (struct sg_run){0};
    json_t *object = load_result_file(json, err);
    if (!object)
        return -1;
    read_run_head(object, ret);
    bool right = ret->assignment && ret->submission && ret->path && ret->network && ret->faults &&
                 ret->jail && read_cases(json_object_get(object, "cases"), ret);
    json_decref(object);
    if (right)
        return 0;
    sg_run_done(ret);
    return sg_fail(err, "the result file is incomplete");
}

int sg_run_summary_from_json(struct sg_slice json, struct sg_run_summary *ret, struct sg_error *err)
{
    json_t *object = load_result_file(json, err);
    if (!object)
        return -1;
    *ret = (struct sg_run_summary){
        .assignment = get_text(object, "assignment"),
        .submission = get_text(json_object_get(object, "submission"), "id"),
        .points = get_points(object, "score"),
        .max_points = get_points(object, "max_score"),
    };
    size_t index;
    json_t *one;
    json_array_foreach(json_object_get(object, "cases"), index, one)
    {
        int status = get_word(one, "status", SG_STATUS_ERROR + 1, status_word);
        ret->failed += status == SG_STATUS_FAILED;
        ret->errors += status == SG_STATUS_ERROR;
    }
    json_decref(object);
    if (ret->assignment && ret->submission)
        return 0;
    sg_run_summary_done(ret);
    return sg_fail(err, "the result file names no assignment or no submission");
}

void sg_run_summary_done(struct sg_run_summary *summary)
{
    if (!summary)
        return;
    free(summary->assignment);
    free(summary->submission);
    *summary = (struct sg_run_summary){0};
}
