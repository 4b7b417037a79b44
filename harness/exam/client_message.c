/* SPDX-License-Identifier: MIT
 * The message of a client: the one that it was given, came as a line of its standard input, or has
 * in its source. */
#include "exam/client_message.h"

#include <ctype.h>

#include "base/clock.h"
#include "exam/actors.h"
#include "exam/play.h"
#include "exam/segment.h"
#include "exam/steps.h"
#include "exam/wait.h"

enum { PART_MS = 300 }; /* of idleness, until a part of a message is answered */

static struct sg_slice without_blanks(struct sg_slice text)
{
    while (text.length && isspace(text.data[0]))
        text = sg_slice_skip(text, 1);
    while (text.length && isspace(text.data[text.length - 1]))
        text.length--;
    return text;
}

void sg_exam_make_line(struct sg_slice text, struct sg_bytes *out)
{
    for (size_t i = 0; i < text.length; i++) {
        bool ends_line = text.data[i] == '\n' || text.data[i] == '\r';
        sg_bytes_add_byte(out, ends_line ? ' ' : text.data[i]);
    }
}

bool sg_exam_is_fed_line(const struct sg_exam *exam, struct sg_slice message, struct sg_slice want)
{
    size_t header = exam->assignment->longest_frame ? SG_FRAME_HEADER : 0;
    if (message.length < header || want.length < header)
        return false;
    sg_autobytes struct sg_bytes line = {0};
    sg_exam_make_line(sg_slice_skip(want, header), &line);
    struct sg_slice text = sg_slice_skip(message, header), wanted = sg_bytes_slice(&line);
    if (header && sg_frame_length(message) != text.length)
        return false;
    if (text.length && text.data[text.length - 1] == '\n')
        text.length--;
    return sg_slice_equal(text, wanted) || sg_slice_equal(text, without_blanks(wanted));
}

/* What a client with a message of its own has sent is one of the protocol. */
static bool is_whole_message(const struct sg_exam *exam, struct sg_slice message)
{
    struct sg_slice mark = exam->assignment->mark;
    return message.length && (!mark.length || sg_slice_find(message, mark) != SIZE_MAX);
}

/* Whether the answer to a part of a message is that part: then a server may give it at once, and a
 * client may wait for it before it sends more. */
static bool is_answered_as_it_comes(struct sg_exam *exam, const struct sg_step *step,
                                    struct sg_slice part)
{
    const struct sg_assignment *assignment = exam->assignment;
    const struct sg_steps *play = &exam->one->play;
    const struct sg_step *next = step + 1;
    if (assignment->mark.length || assignment->longest_frame || step < play->items ||
        next >= play->items + play->count || next->action != SG_ACT_SEND)
        return false;
    sg_autobytes struct sg_bytes answer = {0};
    sg_data_make(&exam->data, &next->data, &answer);
    return sg_slice_equal(sg_bytes_slice(&answer), part);
}

/* Answers the part of the message that has come; false where it is none, or more of it was not
 * waited for. */
static bool answer_part(struct sg_exam *exam, struct sg_connection *connection,
                        const struct sg_step *step, struct sg_slice want)
{
    struct sg_slice part = sg_connection_rest(connection);
    if (connection->end != SG_STREAM_OPEN || part.length <= connection->answered ||
        part.length >= want.length || sg_slice_common(want, part) < part.length ||
        !is_answered_as_it_comes(exam, step, part))
        return false;
    struct sg_slice fresh = sg_slice_skip(part, connection->answered);
    connection->answered = part.length;
    sg_exam_send(exam, connection, &(struct sg_split){0}, fresh);
    return true;
}

/* The message that the client was given has come and nothing after it; or whatever it sends, where
 * it has a message of its own. */
bool sg_exam_step_expect_message(struct sg_exam *exam, struct sg_exam_peer *peer,
                                 const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    struct sg_connection *connection = peer->connection;
    const struct sg_exam_program *client = sg_exam_program(exam, "client");
    sg_autobytes struct sg_bytes wanted = {0};
    sg_data_make(&exam->data, &step->data, &wanted);
    struct sg_slice want = sg_bytes_slice(&wanted);
    enum sg_message_source source = client->way ? client->way->message : SG_MESSAGE_GIVEN;
    enum sg_outcome outcome = SG_OUTCOME_MET;
    if (source != SG_MESSAGE_FIXED) {
        /* A client that waits for the echo with a limit of its own is not seen to wait for good. */
        do
            outcome = sg_exam_await(exam, connection, want, PART_MS * SG_NS_PER_MS);
        while ((outcome == SG_OUTCOME_STILL || outcome == SG_OUTCOME_LATE) &&
               answer_part(exam, connection, step, want));
        if (outcome == SG_OUTCOME_LATE)
            outcome = sg_exam_await(exam, connection, want, exam->assignment->reply_ns);
    }
    (void)sg_exam_wait_for_rest(exam);
    struct sg_slice rest = sg_connection_rest(connection);
    bool fits = sg_slice_equal(rest, want) ||
                (source == SG_MESSAGE_FED && sg_exam_is_fed_line(exam, rest, want)) ||
                (source == SG_MESSAGE_FIXED && is_whole_message(exam, rest));
    if (!fits)
        return sg_exam_fail_data(exam, SG_FAILURE_MESSAGE, step, outcome, connection, want);
    connection->taken += rest.length;
    return true;
}
