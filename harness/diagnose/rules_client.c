/* SPDX-License-Identifier: MIT
 * A client's ends: what it sends, prints, exits with, and does when there is no server. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "base/clock.h"
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

/* It was gone when the server, which had kept it waiting, wanted to greet it. */
static bool did_not_wait(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    const struct sg_step *silence = sg_find_silence(evidence);
    if (!is_client(evidence) || !silence || !connection || !connection->unsent ||
        evidence->got.length)
        return false;
    ret->advice = sg_strdup(_("Wait longer: an answer may take a second to come."));
    return sg_say(ret, "The %s did not wait for the answer: within %d ms it had given up.",
                  evidence->program.name, (int)(silence->duration_ns / SG_NS_PER_MS));
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
    if (!evidence->connection->out.length)
        return sg_say(ret, "The server closed without a byte, and the client ended with status 0 "
                           "as if nothing were wrong.");
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

/* It was done before all pieces of the answer had been sent. That it takes the whole in one is
 * shown by a case that this one needs. */
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

/* Linux resets a connection that is closed with bytes unread. A short answer is read in a case that
 * this one needs. */
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

/* It was gone before the first byte of the answer was sent. */
static bool gives_up_on_answer(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    if (!is_client(evidence) || evidence->expected_exit != 0 || !connection ||
        !connection->unsent || connection->unsent < connection->out.length ||
        WIFSIGNALED(evidence->program.process->status))
        return false;
    ret->advice = sg_strdup(_("Wait longer: an answer may take a second to come."));
    sg_add_last_words(evidence, ret);
    return sg_say(ret,
                  "The %s did not wait for the answer: it ended with status %d before one came.",
                  evidence->program.name, WEXITSTATUS(evidence->program.process->status));
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

static const struct sg_rule rows[] = {
    {SG_CODE_CONNECTS_TWICE, SG_KIND(CONNECTED_AGAIN) | SG_KIND(MESSAGE) | SG_KIND(STILL_RUNS),
     connects_twice, "a second connection, beside what is expected on the first"},
    {SG_CODE_NEVER_CONNECTED, SG_KIND(NOT_ACCEPTED), never_connected, "no connection"},
    {SG_CODE_ACCEPTS_SHORT_ANSWER, SG_KIND(EXIT_STATUS), accepts_short_answer,
     "status 0 after an answer that ended early"},
    {SG_CODE_HANGS_WITHOUT_SERVER, SG_KIND(STILL_RUNS), hangs_without_server,
     "it runs although there is no server"},
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
    {SG_CODE_CLOSES_TOO_EARLY, SG_KIND(EXIT_STATUS), gives_up_on_answer,
     "an end before anything of the answer was sent"},
    {SG_CODE_WRONG_EXIT_STATUS, SG_KIND(EXIT_STATUS), wrong_exit_status, "its status"},
    {SG_CODE_NO_OUTPUT, SG_KIND(SILENT), silent, "an empty standard error"},
    {SG_CODE_CLOSES_TOO_EARLY, SG_KIND(MESSAGE), did_not_wait, "an end before it was spoken to"},
    {SG_CODE_RESET_NOT_CLOSED, SG_KIND(MESSAGE), reset_loses_message,
     "a reset behind the beginning of its message"},
    {SG_CODE_MESSAGE_NOT_SENT, SG_KIND(MESSAGE), message_not_sent, "fewer bytes than its message"},
    {SG_CODE_WRONG_DATA, SG_KIND(MESSAGE), wrong_message, "other bytes than its message"},
};

const struct sg_rules sg_rules_client = {rows, SG_COUNT(rows)};
