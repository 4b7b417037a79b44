/* SPDX-License-Identifier: MIT
 * The transcript of a case: what a program did stands where it was waited for, whenever it was seen. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "wire/transcript.h"

static void add(struct sg_transcript *transcript, enum sg_event_kind kind, const char *from,
                int connection, const char *data)
{
    const struct sg_event_about about = {.from = from,
                                         .to = kind == SG_EVENT_OUTPUT ? "stdout" : "other",
                                         .connection = connection,
                                         .data = sg_slice_text(data)};
    sg_transcript_add(transcript, kind, &about, kind != SG_EVENT_END, NULL);
}

/* "harness data 1 abc; server end 1 ; " */
static void tell(struct sg_transcript *transcript, char *ret, size_t room)
{
    struct sg_case_result result = {0};
    sg_transcript_take(transcript, &result);
    ret[0] = 0;
    for (size_t i = 0; i < result.event_count; i++) {
        const struct sg_event *event = &result.transcript[i];
        size_t used = strlen(ret);
        (void)snprintf(ret + used, room - used, "%s %s %d %.*s; ", event->from,
                       sg_event_word(event->kind), event->connection, (int)event->data.length,
                       event->data.length ? (const char *)event->data.data : "");
    }
    sg_case_result_done(&result);
    sg_transcript_done(transcript);
}

Test(transcript, an_answer_stands_where_it_was_expected_whenever_it_came)
{
    char early[256], late[256];
    struct sg_transcript one = {.started_ns = sg_now_ns()}, other = one;
    add(&one, SG_EVENT_DATA, "harness", 1, "ask");
    add(&one, SG_EVENT_DATA, "server", 1, "ans");
    add(&one, SG_EVENT_END, "harness", 1, "");
    add(&one, SG_EVENT_DATA, "server", 1, "wer");
    sg_transcript_settle_data(&one, 1, 6);
    add(&one, SG_EVENT_DATA, "harness", 1, "more");
    tell(&one, early, sizeof early);

    add(&other, SG_EVENT_DATA, "harness", 1, "ask");
    add(&other, SG_EVENT_END, "harness", 1, "");
    add(&other, SG_EVENT_DATA, "server", 1, "answer");
    sg_transcript_settle_data(&other, 1, 6);
    add(&other, SG_EVENT_DATA, "harness", 1, "more");
    tell(&other, late, sizeof late);
    cr_expect_str_eq(early, "harness data 1 ask; harness end 1 ; server data 1 answer; "
                            "harness data 1 more; ");
    cr_expect_str_eq(late, early);
}

Test(transcript, bytes_beyond_those_that_were_expected_come_later)
{
    char told[256];
    struct sg_transcript transcript = {.started_ns = sg_now_ns()};
    add(&transcript, SG_EVENT_DATA, "server", 1, "answer and more");
    sg_transcript_settle_data(&transcript, 1, 6);
    add(&transcript, SG_EVENT_DATA, "harness", 1, "ask");
    add(&transcript, SG_EVENT_END, "server", 1, "");
    sg_transcript_settle(&transcript);
    tell(&transcript, told, sizeof told);
    cr_expect_str_eq(told, "server data 1 answer; harness data 1 ask; server data 1  and more; "
                           "server end 1 ; ");
}

Test(transcript, at_rest_the_order_is_by_place_and_not_by_time)
{
    char told[256];
    struct sg_transcript transcript = {.started_ns = sg_now_ns()};
    add(&transcript, SG_EVENT_OUTPUT, "server", 0, "log");
    add(&transcript, SG_EVENT_END, "server", 2, "");
    add(&transcript, SG_EVENT_DATA, "server", 3, "c");
    add(&transcript, SG_EVENT_DATA, "server", 1, "a");
    add(&transcript, SG_EVENT_OUTPUT, "server", 0, "ged");
    add(&transcript, SG_EVENT_END, "server", 1, "");
    sg_transcript_settle(&transcript);
    tell(&transcript, told, sizeof told);
    cr_expect_str_eq(told, "server data 1 a; server data 3 c; server end 1 ; server end 2 ; "
                           "server output 0 logged; ");
}

Test(transcript, what_nobody_waited_for_is_left_out_where_we_close)
{
    char told[256];
    struct sg_transcript transcript = {.started_ns = sg_now_ns()};
    add(&transcript, SG_EVENT_DATA, "server", 1, "a");
    add(&transcript, SG_EVENT_DATA, "server", 2, "b");
    sg_transcript_forget(&transcript, 1);
    add(&transcript, SG_EVENT_CLOSE, "harness", 1, "");
    tell(&transcript, told, sizeof told);
    cr_expect_str_eq(told, "harness close 1 ; server data 2 b; ");
}
