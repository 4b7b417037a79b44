/* SPDX-License-Identifier: MIT
 * Results survive the way to JSON and back. */
#include "result/json.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"

static void set_bytes(struct sg_bytes *bytes, const char *data, size_t length)
{
    sg_bytes_add(bytes, data, length);
}

/* A result in which every member says something. */
static struct sg_case_result make_result(void)
{
    struct sg_case_result result = {
        .id = sg_strdup("in-pieces[parts 3]"),
        .title = sg_strdup("A message in \"three\" pieces \xe2\x82\xac"),
        .group = sg_strdup("stream"),
        .role = sg_strdup("server"),
        .status = SG_STATUS_FAILED,
        .hidden = true,
        .charged = true,
        .points = 1333,
        .max_points = 2000,
        .duration_ns = UINT64_C(3100000),
        .reason = sg_strdup("because"),
        .started = sg_strdup("./server HOST PORT"),
        .diagnosis = {.code = SG_CODE_SINGLE_RECV,
                      .message = sg_strdup("It answered after the first piece."),
                      .advice = sg_strdup("Loop."),
                      .file = sg_strdup("server.c"),
                      .line = 31,
                      .difference = {.present = true,
                                     .offset = 4,
                                     .expected_length = 10,
                                     .got_length = 4,
                                     .start = 1,
                                     .remark = sg_strdup("4 bytes are missing there"),
                                     .got_end = sg_strdup("end of stream")}},
    };
    sg_diagnosis_add(&result.diagnosis, 1200000, "recv() returned %d bytes", 4);
    set_bytes(&result.diagnosis.difference.expected, "a\0\xff", 3);
    set_bytes(&result.diagnosis.difference.got, "a", 1);
    result.transcript = sg_alloc(2 * sizeof *result.transcript);
    result.event_count = 2;
    result.transcript[0] = (struct sg_event){.at_ns = 900000,
                                             .kind = SG_EVENT_DATA,
                                             .from = sg_strdup("harness"),
                                             .to = sg_strdup("server"),
                                             .peer = sg_strdup("c"),
                                             .connection = 1,
                                             .bytes = 6000};
    set_bytes(&result.transcript[0].data, "Isi \0\x80", 6);
    result.transcript[1] = (struct sg_event){
        .kind = SG_EVENT_EXIT, .from = sg_strdup("server"), .text = sg_strdup("status 1")};
    return result;
}

static struct sg_case_result round_trip(const struct sg_case_result *result)
{
    sg_autobytes struct sg_bytes json = {0};
    struct sg_case_result back;
    struct sg_error err = {0};
    sg_case_to_json(result, false, &json);
    cr_assert_eq(sg_case_from_json(sg_bytes_slice(&json), &back, &err), 0, "%s", err.text);
    return back;
}

static void expect_same_text(const char *one, const char *other, const char *what)
{
    cr_expect_eq(one == NULL, other == NULL, "%s", what);
    if (one && other)
        cr_expect_str_eq(one, other, "%s", what);
}

Test(json, a_case_comes_back_as_it_was)
{
    struct sg_case_result result = make_result(), back = round_trip(&result);
    expect_same_text(back.id, result.id, "id");
    expect_same_text(back.title, result.title, "title");
    expect_same_text(back.group, result.group, "group");
    expect_same_text(back.role, result.role, "role");
    expect_same_text(back.reason, result.reason, "reason");
    expect_same_text(back.started, result.started, "started");
    cr_expect_eq(back.status, result.status);
    cr_expect_eq(back.hidden, result.hidden);
    cr_expect_eq(back.charged, result.charged);
    cr_expect_eq(back.points, result.points);
    cr_expect_eq(back.max_points, result.max_points);
    cr_expect_eq(back.duration_ns, result.duration_ns);
    sg_case_result_done(&result);
    sg_case_result_done(&back);
}

Test(json, a_diagnosis_comes_back_as_it_was)
{
    struct sg_case_result result = make_result(), back = round_trip(&result);
    const struct sg_diagnosis *was = &result.diagnosis, *is = &back.diagnosis;
    cr_expect_eq(is->code, was->code);
    expect_same_text(is->message, was->message, "message");
    expect_same_text(is->advice, was->advice, "advice");
    expect_same_text(is->file, was->file, "file");
    cr_expect_eq(is->line, was->line);
    cr_assert_eq(is->fact_count, 1);
    expect_same_text(is->facts[0].text, was->facts[0].text, "fact");
    cr_expect_eq(is->facts[0].at_ns, was->facts[0].at_ns);
    cr_expect_eq(is->difference.present, true);
    cr_expect_eq(is->difference.offset, 4);
    cr_expect_eq(is->difference.expected_length, 10);
    cr_expect_eq(is->difference.start, 1);
    cr_expect(sg_slice_equal(sg_bytes_slice(&is->difference.expected),
                             sg_bytes_slice(&was->difference.expected)));
    expect_same_text(is->difference.remark, was->difference.remark, "the remark");
    expect_same_text(is->difference.got_end, was->difference.got_end, "how it ended");
    sg_case_result_done(&result);
    sg_case_result_done(&back);
}

Test(json, a_transcript_comes_back_as_it_was)
{
    struct sg_case_result result = make_result(), back = round_trip(&result);
    cr_assert_eq(back.event_count, result.event_count);
    for (size_t i = 0; i < back.event_count; i++) {
        const struct sg_event *was = &result.transcript[i], *is = &back.transcript[i];
        cr_expect_eq(is->kind, was->kind, "event %zu", i);
        cr_expect_eq(is->at_ns, was->at_ns, "event %zu", i);
        cr_expect_eq(is->bytes, was->bytes, "event %zu", i);
        cr_expect_eq(is->connection, was->connection, "event %zu", i);
        cr_expect(sg_slice_equal(sg_bytes_slice(&is->data), sg_bytes_slice(&was->data)),
                  "event %zu", i);
        expect_same_text(is->from, was->from, "from");
        expect_same_text(is->to, was->to, "to");
        expect_same_text(is->peer, was->peer, "peer");
        expect_same_text(is->text, was->text, "text");
    }
    sg_case_result_done(&result);
    sg_case_result_done(&back);
}

Test(json, every_status_and_every_event_comes_back)
{
    for (int status = SG_STATUS_PASSED; status <= SG_STATUS_ERROR; status++) {
        struct sg_case_result result = make_result();
        result.status = (enum sg_status)status;
        struct sg_case_result back = round_trip(&result);
        cr_expect_eq(back.status, status, "%s", sg_status_word(result.status));
        sg_case_result_done(&result);
        sg_case_result_done(&back);
    }
    for (int kind = SG_EVENT_START; kind <= SG_EVENT_FAULT; kind++) {
        struct sg_case_result result = make_result();
        result.transcript[0].kind = (enum sg_event_kind)kind;
        struct sg_case_result back = round_trip(&result);
        cr_expect_eq(back.transcript[0].kind, kind, "%s", sg_event_word(result.transcript[0].kind));
        sg_case_result_done(&result);
        sg_case_result_done(&back);
    }
}

Test(json, hostile_text_becomes_valid_json)
{
    static const char *const texts[] = {"\xff\xfe", "\x1b[31m", "]]>", "a\"b\\c", "\xed\xa0\x80"};
    for (size_t i = 0; i < SG_COUNT(texts); i++) {
        struct sg_case_result result = make_result();
        free(result.reason);
        result.reason = sg_strdup(texts[i]);
        sg_autobytes struct sg_bytes json = {0};
        sg_case_to_json(&result, false, &json);
        json_error_t problem;
        json_t *object = json_loadb((const char *)json.data, json.length, 0, &problem);
        cr_expect_not_null(object, "text %zu: %s", i, problem.text);
        json_decref(object);
        sg_case_result_done(&result);
    }
}

Test(json, what_is_no_result_is_refused_and_blames_the_machine)
{
    static const char *const texts[] = {
        "", "null", "[]", "{}", "{\"status\": \"fine\"}", "{\"status\": \"passed\"}", "{\"id\": 3"};
    for (size_t i = 0; i < SG_COUNT(texts); i++) {
        struct sg_case_result back;
        struct sg_error err = {0};
        cr_expect_eq(sg_case_from_json(sg_slice_text(texts[i]), &back, &err), -1, "%s", texts[i]);
        cr_expect_eq(err.blame, SG_BLAME_MACHINE, "%s", texts[i]);
        cr_expect_null(back.id, "%s", texts[i]);
    }
}

Test(json, evidence_without_a_text_is_left_out)
{
    static const char text[] =
        "{\"id\": \"a\", \"title\": \"A\", \"role\": \"server\", \"status\": \"failed\","
        " \"diagnosis\": {\"code\": \"single-recv\", \"evidence\":"
        " [{\"at_ms\": 1}, {\"text\": 7}, {\"text\": null}, 3, {\"text\": \"it waits\"}]}}";
    struct sg_case_result back;
    struct sg_error err = {0};
    cr_assert_eq(sg_case_from_json(sg_slice_text(text), &back, &err), 0, "%s", err.text);
    cr_assert_eq(back.diagnosis.fact_count, 1);
    cr_expect_str_eq(back.diagnosis.facts[0].text, "it waits");
    sg_case_result_done(&back);
}

Test(json, a_run_is_summed_up_from_its_file)
{
    struct sg_case_result cases[] = {make_result(), make_result()};
    cases[1].status = SG_STATUS_ERROR;
    cases[1].charged = false;
    const struct sg_run run = {.assignment = "echo",
                               .submission = "alice",
                               .path = "alice",
                               .seed = 1,
                               .network = "private",
                               .faults = "seccomp",
                               .jail = "full",
                               .cases = cases,
                               .case_count = SG_COUNT(cases)};
    sg_autobytes struct sg_bytes json = {0};
    struct sg_run_summary summary;
    struct sg_error err = {0};
    sg_run_to_json(&run, false, &json);
    cr_assert_eq(sg_run_summary_from_json(sg_bytes_slice(&json), &summary, &err), 0, "%s",
                 err.text);
    cr_expect_str_eq(summary.assignment, "echo");
    cr_expect_str_eq(summary.submission, "alice");
    cr_expect_eq(summary.points, 1333);
    cr_expect_eq(summary.max_points, 2000);
    cr_expect_eq(summary.failed, 1);
    cr_expect_eq(summary.errors, 1);
    sg_run_summary_done(&summary);
    sg_case_result_done(&cases[0]);
    sg_case_result_done(&cases[1]);
}

Test(json, a_hidden_case_tells_a_student_neither_play_nor_evidence)
{
    struct sg_case_result cases[] = {make_result()};
    const struct sg_run run = {.assignment = "echo",
                               .submission = "alice",
                               .path = "alice",
                               .network = "private",
                               .faults = "seccomp",
                               .jail = "full",
                               .cases = cases,
                               .case_count = 1};
    sg_autobytes struct sg_bytes student = {0}, teacher = {0};
    sg_run_to_json(&run, true, &student);
    sg_run_to_json(&run, false, &teacher);
    static const char *const secrets[] = {"transcript", "evidence", "It answered", "difference"};
    for (size_t i = 0; i < SG_COUNT(secrets); i++) {
        cr_expect_null(strstr(sg_bytes_text(&student), secrets[i]), "%s", secrets[i]);
        cr_expect_not_null(strstr(sg_bytes_text(&teacher), secrets[i]), "%s", secrets[i]);
    }
    cr_expect_not_null(strstr(sg_bytes_text(&student), "single-recv"), "the category stays");
    sg_case_result_done(&cases[0]);
}
