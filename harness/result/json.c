/* SPDX-License-Identifier: MIT
 * Results to JSON. Text that is no UTF-8 has its bad bytes shown as \xff first: JSON cannot hold
 * them, and payload bytes are base64 anyway. */
#include "result/json.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { JSON_STYLE = JSON_REAL_PRECISION(15) };

static json_t *text(const char *value)
{
    if (!value)
        return json_null();
    size_t length = strlen(value);
    if (sg_utf8_valid((const uint8_t *)value, length))
        return json_stringn(value, length);
    sg_autobytes struct sg_bytes shown = {0};
    sg_show_lines(&shown, (const uint8_t *)value, length);
    return json_stringn(sg_bytes_text(&shown), shown.length);
}

static void set_text(json_t *object, const char *key, const char *value)
{
    if (value)
        json_object_set_new(object, key, text(value));
}

/* Thousandths as an integer where they are whole, else with at most three decimals. */
static json_t *points(int64_t thousandths)
{
    if (thousandths % 1000 == 0)
        return json_integer(thousandths / 1000);
    return json_real((double)thousandths / 1000.0);
}

static json_t *milliseconds(uint64_t ns)
{
    return json_real(round((double)ns / 1e3) / 1e3);
}

static json_t *base64(struct sg_slice bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    sg_autobytes struct sg_bytes out = {0};
    for (size_t at = 0; at < bytes.length; at += 3) {
        size_t left = bytes.length - at;
        uint32_t group = (uint32_t)bytes.data[at] << 16;
        group |= left > 1 ? (uint32_t)bytes.data[at + 1] << 8 : 0;
        group |= left > 2 ? bytes.data[at + 2] : 0;
        sg_bytes_add_byte(&out, (uint8_t)digits[group >> 18]);
        sg_bytes_add_byte(&out, (uint8_t)digits[group >> 12 & 63]);
        sg_bytes_add_byte(&out, (uint8_t)(left > 1 ? digits[group >> 6 & 63] : '='));
        sg_bytes_add_byte(&out, (uint8_t)(left > 2 ? digits[group & 63] : '='));
    }
    return json_stringn(sg_bytes_text(&out), out.length);
}

static json_t *event_to_json(const struct sg_event *event, size_t most_bytes)
{
    json_t *object = json_object();
    json_object_set_new(object, "at_ms", milliseconds(event->at_ns));
    json_object_set_new(object, "event", json_string(sg_event_word(event->kind)));
    set_text(object, "from", event->from);
    set_text(object, "to", event->to);
    set_text(object, "peer", event->peer);
    if (event->connection)
        json_object_set_new(object, "connection", json_integer(event->connection));
    if (event->bytes) {
        json_object_set_new(object, "bytes", json_integer((json_int_t)event->bytes));
        json_object_set_new(object, "base64",
                            base64(sg_slice_first(sg_bytes_slice(&event->data), most_bytes)));
    }
    set_text(object, "text", event->text);
    return object;
}

static json_t *difference_to_json(const struct sg_difference *difference)
{
    json_t *object = json_object();
    json_object_set_new(object, "offset", json_integer((json_int_t)difference->offset));
    json_object_set_new(object, "expected_bytes",
                        json_integer((json_int_t)difference->expected_length));
    json_object_set_new(object, "got_bytes", json_integer((json_int_t)difference->got_length));
    json_object_set_new(object, "excerpt_at", json_integer((json_int_t)difference->start));
    json_object_set_new(object, "expected", base64(sg_bytes_slice(&difference->expected)));
    json_object_set_new(object, "got", base64(sg_bytes_slice(&difference->got)));
    set_text(object, "remark", difference->remark);
    set_text(object, "got_end", difference->got_end);
    return object;
}

static json_t *diagnosis_to_json(const struct sg_diagnosis *diagnosis, bool full)
{
    json_t *object = json_object();
    json_object_set_new(object, "code", json_string(sg_code_info(diagnosis->code)->id));
    if (!full)
        return object;
    set_text(object, "message", diagnosis->message);
    set_text(object, "advice", diagnosis->advice);
    json_t *evidence = json_array();
    for (size_t i = 0; i < diagnosis->fact_count; i++) {
        json_t *fact = json_object();
        json_object_set_new(fact, "at_ms", milliseconds(diagnosis->facts[i].at_ns));
        set_text(fact, "text", diagnosis->facts[i].text);
        json_array_append_new(evidence, fact);
    }
    json_object_set_new(object, "evidence", evidence);
    if (diagnosis->difference.present)
        json_object_set_new(object, "difference", difference_to_json(&diagnosis->difference));
    if (diagnosis->file) {
        set_text(object, "file", diagnosis->file);
        json_object_set_new(object, "line", json_integer(diagnosis->line));
        set_text(object, "excerpt", diagnosis->excerpt);
        json_object_set_new(object, "excerpt_line", json_integer(diagnosis->excerpt_line));
    }
    return object;
}

static json_t *case_to_json(const struct sg_case_result *result, bool full, size_t most_bytes)
{
    json_t *object = json_object();
    set_text(object, "id", result->id);
    set_text(object, "title", result->title);
    set_text(object, "group", result->group);
    set_text(object, "role", result->role);
    json_object_set_new(object, "status", json_string(sg_status_word(result->status)));
    json_object_set_new(object, "points", points(result->points));
    json_object_set_new(object, "max_points", points(result->max_points));
    json_object_set_new(object, "charged", json_boolean(result->charged));
    if (result->hidden)
        json_object_set_new(object, "hidden", json_true());
    json_object_set_new(object, "duration_ms", milliseconds(result->duration_ns));
    set_text(object, "reason", result->reason);
    set_text(object, "started", result->started);
    json_t *refused = result->refused_count ? json_array() : NULL;
    for (size_t i = 0; i < result->refused_count; i++)
        json_array_append_new(refused, text(result->refused[i]));
    if (refused)
        json_object_set_new(object, "refused", refused);
    if (result->diagnosis.code)
        json_object_set_new(object, "diagnosis", diagnosis_to_json(&result->diagnosis, full));
    if (!full)
        return object;
    json_t *transcript = json_array();
    for (size_t i = 0; i < result->event_count; i++)
        json_array_append_new(transcript, event_to_json(&result->transcript[i], most_bytes));
    json_object_set_new(object, "transcript", transcript);
    return object;
}

/* A terminal may show the file: what it would obey is escaped beyond what JSON asks for. Only
 * strings hold characters beyond ASCII. */
static void add_harmless(const char *json, struct sg_bytes *out)
{
    struct sg_slice rest = sg_slice_text(json);
    while (rest.length) {
        uint32_t point = 0;
        size_t step = sg_utf8_next(rest.data, rest.length, &point);
        step = step ? step : 1;
        if (point < 0x7f || !sg_utf8_unsafe(point))
            sg_bytes_add(out, rest.data, step);
        else if (point < 0x10000)
            sg_bytes_printf(out, "\\u%04x", (unsigned)point);
        else
            sg_bytes_printf(out, "\\u%04x\\u%04x", (unsigned)(0xd800 + ((point - 0x10000) >> 10)),
                            (unsigned)(0xdc00 + ((point - 0x10000) & 0x3ff)));
        rest = sg_slice_skip(rest, step);
    }
}

static void dump(json_t *object, size_t style, struct sg_bytes *out)
{
    char *json = json_dumps(object, JSON_STYLE | style);
    json_decref(object);
    if (!json)
        sg_out_of_memory();
    add_harmless(json, out);
    sg_bytes_add_byte(out, '\n');
    free(json);
}

void sg_case_to_json(const struct sg_case_result *result, bool for_student, struct sg_bytes *out)
{
    size_t most_bytes = for_student ? SG_EVENT_BYTES_KEPT : SIZE_MAX;
    dump(case_to_json(result, !(for_student && result->hidden), most_bytes), JSON_COMPACT, out);
}

static json_t *build_to_json(const struct sg_build_result *build)
{
    json_t *object = json_object();
    json_object_set_new(object, "status", json_string(build->failed ? "failed" : "passed"));
    set_text(object, "message", build->message);
    set_text(object, "log", build->log);
    return object;
}

void sg_run_to_json(const struct sg_run *run, bool for_student, struct sg_bytes *out)
{
    struct sg_score score = sg_run_score(run);
    json_t *object = json_object();
    json_object_set_new(object, "schema", json_string("sockgrade/result/1"));
    json_object_set_new(object, "tool",
                        json_pack("{s:s, s:s}", "name", "sockgrade", "version", SG_VERSION));
    set_text(object, "assignment", run->assignment);
    json_t *submission = json_object();
    json_object_set_new(submission, "id", text(run->submission));
    json_object_set_new(submission, "path", text(run->path));
    json_object_set_new(object, "submission", submission);
    json_object_set_new(object, "seed", json_integer((json_int_t)run->seed));
    json_object_set_new(object, "score", points(score.points));
    json_object_set_new(object, "max_score", points(score.max_points));
    json_object_set_new(object, "duration_ms", milliseconds(run->duration_ns));
    json_object_set_new(object, "environment",
                        json_pack("{s:s, s:s, s:s}", "network", run->network, "faults", run->faults,
                                  "jail", run->jail));
    json_object_set_new(object, "build", build_to_json(&run->build));
    json_t *notes = json_array();
    for (size_t i = 0; i < run->note_count; i++)
        json_array_append_new(notes, text(run->notes[i]));
    json_object_set_new(object, "notes", notes);
    json_t *cases = json_array();
    for (size_t i = 0; i < run->case_count; i++) {
        bool full = !(for_student && run->cases[i].hidden);
        json_array_append_new(cases, case_to_json(&run->cases[i], full, SG_EVENT_BYTES_KEPT));
    }
    json_object_set_new(object, "cases", cases);
    dump(object, JSON_INDENT(2), out);
}
