/* SPDX-License-Identifier: MIT
 * A client's ends: what it sends, prints, exits with, and does when there is no server. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "base/language.h"
#include "diagnose/rules.h"

static bool is_client(const struct sg_evidence *evidence)
{
    return evidence->one->role == SG_ROLE_CLIENT;
}

static bool connects_twice(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->kind == SG_FAILURE_MESSAGE &&
        (evidence->got.length || !evidence->waiting_clients))
        return false;
    if (evidence->kind == SG_FAILURE_STILL_RUNS)
        return evidence->waiting_clients && !sg_waits_on_connection(evidence) &&
               sg_say(ret, "The client made a second connection, and did not end.");
    return sg_say(ret, "The client made a second connection.");
}

static bool never_connected(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (wait)
        return sg_say(ret, "The client did not connect: it waits in %s.",
                      sg_describe_wait(evidence, wait, room, sizeof room));
    return sg_say(ret, "The client did not connect.");
}

static bool message_not_sent(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (sg_right_bytes(evidence) < evidence->got.length)
        return false;
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (evidence->got.length == 0 && wait && evidence->outcome == SG_OUTCOME_STILL)
        return sg_say(ret, "The client sent nothing: it waits in %s.",
                      sg_describe_wait(evidence, wait, room, sizeof room));
    if (evidence->got.length == 0)
        return sg_say(ret, "The client sent nothing.");
    return sg_say(ret, "The client sent %zu of the %zu bytes of its message.", evidence->got.length,
                  evidence->expected.length);
}

/* What had not arrived yet is thrown away with a reset. */
static bool reset_loses_message(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    size_t right = sg_right_bytes(evidence);
    if (!is_client(evidence) || !connection || connection->end != SG_STREAM_RESET ||
        right < evidence->got.length || !sg_is_dead(evidence) || sg_death_signal(evidence))
        return false;
    return sg_say(ret,
                  "The client ended its connection with a reset: of its message of %zu bytes the "
                  "first %zu arrived.",
                  evidence->expected.length, right);
}

static bool wrong_message(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (sg_right_bytes(evidence) == 0)
        return sg_say(ret, "The client sent other bytes than its message, from the first one on.");
    return sg_say(ret, "The client's message is right up to offset %zu, and not from there.",
                  sg_right_bytes(evidence));
}

/* Did the connection, on which we played the server, end before a whole answer? */
static bool answer_was_cut(const struct sg_evidence *evidence)
{
    const struct sg_connection *connection = evidence->connection;
    return connection && (connection->closed || connection->ended);
}

static bool accepts_short_answer(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_client(evidence) || evidence->expected_exit != SG_EXIT_NONZERO ||
        !answer_was_cut(evidence) || WIFSIGNALED(evidence->program.process->status))
        return false;
    return sg_say(ret,
                  "The answer was cut off after %zu bytes, and the client ended with status 0 as "
                  "if it were whole.",
                  evidence->connection->out.length);
}

static bool hangs_without_server(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_client(evidence) || evidence->expected_exit != SG_EXIT_NONZERO)
        return false;
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (wait)
        sg_diagnosis_add(ret, 0, "it waits in %s",
                         sg_describe_wait(evidence, wait, room, sizeof room));
    const struct sg_spin *spin = &evidence->program.spin;
    if (spin->proven && spin->at_end)
        sg_diagnosis_add(ret, 0, "%s() returned 0, the end of the stream, %zu times in a moment",
                         spin->call, spin->times);
    if (evidence->connection)
        return sg_say(ret, "The server had closed the connection, and the client did not end.");
    return sg_say(ret, "Nobody listened, and the client did not end.");
}

/* How a client that asks for one message after the other can be told that it is to end. */
static const char *closing_word_hint(const struct sg_evidence *evidence)
{
    const struct sg_process *process = evidence->program.process;
    const struct sg_way *way = evidence->program.way;
    bool by_rule = way && way->form != SG_WAY_MANIFEST;
    if (!process || !process->fed || process->input >= 0 || !by_rule)
        return "";
    return _(
        "; its input had ended, and a closing word is given to it by 'stdin: [$message, quit]' "
        "below 'client:' in submission.yaml");
}

/* Bytes that came from it behind its message and are no part of it; 0: none. */
static size_t bytes_sent_after_answer(const struct sg_evidence *evidence)
{
    const struct sg_connection *connection = evidence->connection;
    if (connection)
        return connection->out.length ? connection->in.length - connection->taken : 0;
    for (size_t i = 0; i < evidence->socket_count; i++) {
        const struct sg_datagram *next = sg_datagram_next(evidence->sockets[i]);
        if (next && evidence->sockets[i]->sent_count)
            return next->bytes.length;
    }
    return 0;
}

/* It has got its answer and asks again. */
static bool goes_on_asking(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t more = bytes_sent_after_answer(evidence);
    if (!is_client(evidence) || evidence->expected_exit != 0 || !more)
        return false;
    return sg_say(ret, "After the answer the client sent %zu bytes more, and did not end%s.", more,
                  closing_word_hint(evidence));
}

static bool waits_for_more(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_client(evidence) || !sg_waits_on_connection(evidence))
        return false;
    return sg_say(ret, "The whole answer had come, and the client waited for more.");
}

static bool never_exits(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    const char *hint = closing_word_hint(evidence);
    if (wait)
        return sg_say(ret, "The %s did not end: it waits in %s%s.", evidence->program.name,
                      sg_describe_wait(evidence, wait, room, sizeof room), hint);
    return sg_say(ret, "The %s did not end%s.", evidence->program.name, hint);
}

static bool takes_bytes_for_text(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_died_of_exception(evidence) || !sg_reports_encoding(evidence))
        return false;
    sg_add_last_words(evidence, ret);
    return sg_say(ret, "The client took the bytes that it got for text, and they are none: it "
                       "ended.");
}

static bool uncaught(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_died_of_exception(evidence))
        return false;
    sg_autobytes struct sg_bytes words = {0};
    sg_last_words(evidence, &words);
    sg_add_last_words(evidence, ret);
    return sg_say(ret, "The %s ended with an error that nothing caught: %s%s.",
                  evidence->program.name, sg_bytes_text(&words), closing_word_hint(evidence));
}

/* It was done before all pieces of the answer had been sent. That it takes the whole in one is shown by a
 * case that this one needs. */
static bool ends_after_a_piece(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    if (!is_client(evidence) || evidence->expected_exit != 0 || !connection ||
        !connection->unsent || !connection->segment_count ||
        WIFSIGNALED(evidence->program.process->status))
        return false;
    sg_add_last_words(evidence, ret);
    return sg_say(ret,
                  "The answer came in pieces, and the client ended with status %d when %zu of its "
                  "%zu bytes had been sent.",
                  WEXITSTATUS(evidence->program.process->status), connection->sent,
                  connection->out.length);
}

/* It took all of the answer, read on, and found nothing but the end of the stream. */
static bool misses_mark(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    if (!is_client(evidence) || evidence->expected_exit != 0 || !sg_mark_begins_segment(evidence) ||
        connection->unsent || !connection->ended || connection->end == SG_STREAM_RESET ||
        WIFSIGNALED(evidence->program.process->status))
        return false;
    return sg_say(ret, "The end mark came in a segment of its own; the client did not see it, and "
                       "read on to the end of the stream.");
}

/* Linux resets a connection that is closed with bytes unread. A short answer is read in a case that this one
 * needs. */
static bool leaves_answer_unread(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LONG = 4096 };
    const struct sg_connection *connection = evidence->connection;
    int status = evidence->program.process->status;
    if (!is_client(evidence) || evidence->expected_exit != 0 || !connection ||
        connection->end != SG_STREAM_RESET || connection->unsent || connection->out.length < LONG ||
        connection->segment_count > 1 || WIFSIGNALED(status) || !evidence->one->needs.count)
        return false;
    sg_add_last_words(evidence, ret);
    return sg_say(ret,
                  "The client ended with status %d and left a part of the answer, which has %zu "
                  "bytes, unread.",
                  WEXITSTATUS(status), connection->out.length);
}

static bool wrong_exit_status(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    int status = evidence->program.process->status;
    if (WIFSIGNALED(status))
        return sg_say(ret, "The %s was ended by SIG%s.", evidence->program.name,
                      sigabbrev_np(WTERMSIG(status)));
    if (evidence->expected_exit == SG_EXIT_NONZERO)
        return sg_say(ret, "The %s ended with status 0, as if nothing had gone wrong.",
                      evidence->program.name);
    return sg_say(ret, "The %s ended with status %d; %d was expected%s.", evidence->program.name,
                  WEXITSTATUS(status), evidence->expected_exit, closing_word_hint(evidence));
}

static bool silent(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return sg_say(ret, "The %s failed without a word on standard error.", evidence->program.name);
}

static bool no_output(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice got = evidence->got;
    for (size_t i = 0; i < got.length; i++) {
        if (got.data[i] != '\n' && got.data[i] != '\r' && got.data[i] != ' ')
            return false;
    }
    return evidence->program.process->err.bytes.length == 0 &&
           sg_say(ret, "The client printed nothing%s.", got.length ? _(" but blanks") : "");
}

/* Each piece of the answer stands in the output, in order, and between them is more than there was. */
static bool printed_between(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    struct sg_slice rest = evidence->got, answer = evidence->expected;
    if (!connection || connection->segment_count < 2 || evidence->assignment->longest_frame ||
        connection->out.length != answer.length)
        return false;
    for (size_t i = 0, begin = 0; i < connection->segment_count; i++) {
        struct sg_slice piece =
            sg_slice_first(sg_slice_skip(answer, begin), connection->segments[i].length);
        size_t at = sg_slice_find(rest, piece);
        if (at == SIZE_MAX)
            return false;
        rest = sg_slice_skip(rest, at + piece.length);
        begin += piece.length;
    }
    return sg_say(ret,
                  "The client printed all pieces of the answer, and other bytes between them: what "
                  "it read is not all that its buffer holds.");
}

/* It printed the first segment of the answer and not the rest. */
static bool printed_first_piece(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    size_t header = evidence->assignment->longest_frame ? SG_FRAME_HEADER : 0;
    if (!connection || !connection->segment_count || connection->segments[0].length <= header ||
        (connection->segment_count < 2 && !connection->unsent))
        return false;
    struct sg_slice first =
        sg_slice_first(evidence->expected, connection->segments[0].length - header);
    size_t at = sg_slice_find(evidence->got, first);
    if (at == SIZE_MAX)
        return false;
    size_t printed = sg_slice_common(sg_slice_skip(evidence->got, at), evidence->expected);
    if (connection->segment_count > 1 && printed >= first.length + connection->segments[1].length)
        return false; /* it had read on */
    return sg_say(ret,
                  "The client printed the first piece of the answer (%zu of %zu bytes) and not "
                  "the rest.",
                  first.length, evidence->expected.length);
}

static bool printed_without_mark(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice mark = evidence->assignment->mark, answer = evidence->expected;
    if (!mark.length || answer.length <= mark.length)
        return false;
    struct sg_slice text = sg_slice_first(answer, answer.length - mark.length);
    if (!sg_slice_equal(sg_slice_skip(answer, text.length), mark) ||
        sg_slice_find(evidence->got, text) == SIZE_MAX)
        return false;
    return sg_say(ret, "The client printed the answer without its end mark.");
}

/* The answer was another than the message, and it is the message that was printed. */
static bool printed_its_message(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice message = evidence->connection && evidence->connection->in.length
                                  ? sg_bytes_slice(&evidence->connection->in)
                                  : evidence->given;
    if (!message.length || sg_slice_equal(message, evidence->expected) ||
        sg_slice_find(evidence->got, message) == SIZE_MAX)
        return false;
    return sg_say(ret, "The client printed the message that it had sent, and not the answer that "
                       "came, which was another.");
}

/* All up to a percent sign was printed, and other bytes instead of it, or of what is behind it. */
static bool printed_as_format(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t sign = sg_slice_find(evidence->expected, sg_slice_text("%"));
    if (sign == SIZE_MAX || sign == 0)
        return false;
    size_t at = sg_slice_find(evidence->got, sg_slice_first(evidence->expected, sign));
    struct sg_slice printed = at == SIZE_MAX ? evidence->got : sg_slice_skip(evidence->got, at);
    size_t right = sg_slice_common(printed, evidence->expected);
    if (at == SIZE_MAX || right == printed.length || right > sign + 1)
        return false;
    return sg_say(ret,
                  "The answer was printed right up to its first percent sign, at offset %zu, and "
                  "wrong from there: printf() took it for a format.",
                  sign);
}

static void add_without_returns(struct sg_slice text, struct sg_bytes *out)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != '\r')
            sg_bytes_add_byte(out, text.data[i]);
    }
}

/* It holds the answer where \r is not looked at: a stream of text reads \r\n as \n. */
static bool printed_other_line_ends(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    sg_autobytes struct sg_bytes wanted = {0}, printed = {0};
    add_without_returns(evidence->expected, &wanted);
    add_without_returns(evidence->got, &printed);
    if (wanted.length == evidence->expected.length ||
        sg_slice_find(sg_bytes_slice(&printed), sg_bytes_slice(&wanted)) == SIZE_MAX)
        return false;
    return sg_say(ret, "The answer was printed with other line ends than it came with: it was read "
                       "as text, where \\r\\n becomes \\n.");
}

static bool must_be_exact(const struct sg_evidence *evidence)
{
    return evidence->step && evidence->step->action == SG_ACT_EXPECT_OUTPUT;
}

/* A program whose output is what came, and nothing else, has more in it. */
static bool printed_more(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t at = sg_slice_find(evidence->got, evidence->expected);
    if (!must_be_exact(evidence) || !evidence->expected.length || at == SIZE_MAX)
        return false;
    if (at)
        return sg_say(ret, "In front of the right bytes %zu others stand in the output.", at);
    return sg_say(ret, "Behind the right bytes %zu others stand in the output.",
                  evidence->got.length - evidence->expected.length);
}

/* … and is wrong where a byte is no text, or stops there. */
static bool printed_as_text(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence);
    if (!must_be_exact(evidence) || right >= evidence->expected.length)
        return false;
    uint8_t byte = evidence->expected.data[right];
    if (byte == 0)
        return false;
    return sg_is_no_text(byte) &&
           sg_say(ret, "The output is right up to offset %zu, where a byte stands that is no text.",
                  right);
}

static bool printed_to_nul(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence);
    return must_be_exact(evidence) && right < evidence->expected.length &&
           evidence->expected.data[right] == 0 &&
           sg_say(ret, "The output is right up to the first zero byte, at offset %zu.", right);
}

static bool wrong_output(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return sg_say(ret, "What the client printed (%zu bytes) does not hold the answer.",
                  evidence->got.length);
}

static const struct sg_rule rows[] = {
    {SG_CODE_CONNECTS_TWICE, SG_KIND(CONNECTED_AGAIN) | SG_KIND(MESSAGE) | SG_KIND(STILL_RUNS),
     connects_twice, "a second connection, beside what is expected on the first"},
    {SG_CODE_NEVER_CONNECTED, SG_KIND(NOT_ACCEPTED), never_connected, "no connection"},
    {SG_CODE_ACCEPTS_SHORT_ANSWER, SG_KIND(EXIT_STATUS), accepts_short_answer,
     "status 0 after an answer that ended early"},
    {SG_CODE_HANGS_WITHOUT_SERVER, SG_KIND(STILL_RUNS), hangs_without_server,
     "it runs although there is no server"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), printed_between,
     "an output that holds the pieces in order, and more between them"},
    {SG_CODE_SINGLE_RECV, SG_KIND(PRINTED), printed_first_piece,
     "the output holds the first piece of the answer alone"},
    {SG_CODE_NEVER_EXITS, SG_KIND(STILL_RUNS), goes_on_asking,
     "it sent more after its answer, and runs on"},
    {SG_CODE_WAITS_FOR_MORE, SG_KIND(STILL_RUNS), waits_for_more,
     "it waits in a read on the connection"},
    {SG_CODE_NEVER_EXITS, SG_KIND(STILL_RUNS), never_exits, "it runs on"},
    {SG_CODE_DELIMITER_SPLIT, SG_KIND(EXIT_STATUS), misses_mark,
     "a failure at the end of a stream whose end mark began a segment"},
    {SG_CODE_TEXT_ONLY, SG_KIND(EXIT_STATUS) | SG_KIND(PRINTED), takes_bytes_for_text,
     "a runtime's report that it could not encode or decode"},
    {SG_CODE_SINGLE_RECV, SG_KIND(EXIT_STATUS), ends_after_a_piece,
     "an end before all pieces of the answer were sent"},
    {SG_CODE_UNCAUGHT_EXCEPTION, SG_KIND(EXIT_STATUS) | SG_KIND(PRINTED), uncaught,
     "a runtime's report and a status other than 0"},
    {SG_CODE_BUFFER_LIMIT, SG_KIND(EXIT_STATUS), leaves_answer_unread,
     "a reset, which says that a part of a long answer was not read"},
    {SG_CODE_WRONG_EXIT_STATUS, SG_KIND(EXIT_STATUS), wrong_exit_status, "its status"},
    {SG_CODE_NO_OUTPUT, SG_KIND(SILENT), silent, "an empty standard error"},
    {SG_CODE_NO_OUTPUT, SG_KIND(PRINTED), no_output, "an empty output"},
    {SG_CODE_MISSING_END_MARK, SG_KIND(PRINTED), printed_without_mark,
     "an output that holds all of the answer but its end mark"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), printed_its_message,
     "an output that holds the message, and not the answer to it"},
    {SG_CODE_TEXT_ONLY, SG_KIND(PRINTED), printed_other_line_ends,
     "an output that holds the answer but for \\r"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), printed_as_format,
     "an output that is right up to a percent sign"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(PRINTED), printed_more, "more than an output that is exact"},
    {SG_CODE_STOPS_AT_NUL, SG_KIND(PRINTED), printed_to_nul,
     "an exact output that is right up to a zero byte"},
    {SG_CODE_TEXT_ONLY, SG_KIND(PRINTED), printed_as_text,
     "an exact output that is right up to a byte that is no text"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), wrong_output, "its output"},
    {SG_CODE_RESET_NOT_CLOSED, SG_KIND(MESSAGE), reset_loses_message,
     "a reset behind the beginning of its message"},
    {SG_CODE_MESSAGE_NOT_SENT, SG_KIND(MESSAGE), message_not_sent, "fewer bytes than its message"},
    {SG_CODE_WRONG_DATA, SG_KIND(MESSAGE), wrong_message, "other bytes than its message"},
};

const struct sg_rules sg_rules_client = {rows, SG_COUNT(rows)};
