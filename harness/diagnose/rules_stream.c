/* SPDX-License-Identifier: MIT
 * The byte stream: segments taken for messages, waits for more than comes, ends that come too
 * early. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/language.h"
#include "diagnose/rules.h"

/* The program acted, and was done with the connection, before all segments of the message were with
 * it. That the same message in one segment is answered is shown by a case that this one needs. */
static bool single_recv(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    if (!connection || !connection->segment_count ||
        connection->segments[0].length >= connection->out.length)
        return false;
    if (!sg_is_open(evidence) && sg_find_silence(evidence))
        return false; /* it had time for more than a piece */
    size_t first = connection->segments[0].length;
    if (sg_right_bytes(evidence) > first)
        return false; /* it answered more than a piece */
    bool cut_off = connection->unsent > 0;
    if (evidence->assignment->longest_frame)
        cut_off = cut_off && connection->sent >= first; /* between two pieces, not within one */
    bool left_alone = connection->segment_count > 1 && evidence->still_unread &&
                      !sg_waits_on_connection(evidence) &&
                      (connection->segments[0].taken || connection->taken > 0);
    bool early_end = connection->segment_count > 1 && !sg_is_open(evidence) &&
                     connection->end_ns < connection->segments[connection->segment_count - 1].at_ns;
    size_t all = connection->out.length;
    bool first_alone = evidence->passes_with[SG_PROBE_WHOLE] && sg_is_short(evidence) &&
                       evidence->got.length == first;
    if (first_alone && !cut_off && !left_alone && !early_end)
        return sg_say(ret, "The %s answered the first piece (%zu of %zu bytes) and no other.",
                      evidence->program.name, first, all);
    if (!cut_off && !left_alone && !early_end)
        return false;
    const char *what = evidence->got.length ? _("answered and went on") : _("went on");
    if (!sg_is_open(evidence))
        what = evidence->got.length ? _("answered and closed") : _("closed");
    return sg_say(ret, "The %s %s after the first piece (%zu of %zu bytes).",
                  evidence->program.name, what, first, all);
}

static bool delimiter_split(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_mark_begins_segment(evidence) || !sg_is_open(evidence) || evidence->got.length)
        return false;
    sg_add_wait(evidence, ret);
    return sg_say(ret, "The end mark came in a segment of its own, and the %s did not see it.",
                  evidence->program.name);
}

/* Nothing came at all for a message that holds a NUL: it was not found to be whole. */
static bool lost_behind_nul(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice nul = {(const uint8_t *)"", 1};
    if (!sg_is_open(evidence) || evidence->got.length)
        return false;
    struct sg_slice out = sg_bytes_slice(&evidence->connection->out);
    size_t at = sg_slice_find(out, nul);
    size_t mark = sg_slice_find(out, evidence->assignment->mark);
    if (at == SIZE_MAX || !evidence->assignment->mark.length || mark == SIZE_MAX || mark < at)
        return false;
    /* One that closed may have stumbled over what else is no text. */
    for (size_t i = 0; !sg_is_open(evidence) && i < mark; i++) {
        if (sg_is_no_text(out.data[i]))
            return false;
    }
    sg_add_wait(evidence, ret);
    return sg_say(ret,
                  "The message has a zero byte at offset %zu, and its end behind it was not "
                  "found.",
                  at);
}

/* Half-closed by us, with bytes in flight that did not all come back. */
static bool drops_tail(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    if (!connection || !evidence->passes_with[SG_PROBE_STAY_OPEN] || !sg_is_short(evidence) ||
        sg_is_open(evidence))
        return false;
    sg_diagnosis_add(ret, 0, "tried again with a client that does not half-close: all comes back");
    return sg_say(ret,
                  "When the client half-closed, %zu of %zu bytes had not come back, and they "
                  "never did.",
                  evidence->expected.length - evidence->got.length, evidence->expected.length);
}

static bool reset_loses(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!evidence->connection || evidence->connection->end != SG_STREAM_RESET)
        return false;
    if (evidence->kind == SG_FAILURE_DATA && evidence->got.length == 0)
        return false; /* nothing shows that there was an answer to be lost */
    if (evidence->kind == SG_FAILURE_RESET)
        return sg_say(ret, "The connection ended in a reset where the %s had to close it in order.",
                      evidence->program.name);
    return sg_say(ret, "A reset ended the connection, and %zu bytes of the answer were lost.",
                  evidence->expected.length - sg_right_bytes(evidence));
}

/* The end of a sentence about a message that was not answered. */
static const char *line_words(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!evidence->passes_with[SG_PROBE_LINE_END])
        return "";
    sg_diagnosis_add(ret, 0, "tried again with a line end behind the message: then it answers");
    return _(": it answers lines, and the message does not end one");
}

static bool was_kept_waiting(const struct sg_evidence *evidence)
{
    return evidence->step && evidence->step->action == SG_ACT_KEEP_WAITING;
}

static bool input_has_ended(const struct sg_evidence *evidence)
{
    const struct sg_steps *play = &evidence->one->play;
    for (size_t i = 0; i < play->count && &play->items[i] != evidence->step; i++) {
        if (play->items[i].action == SG_ACT_CLOSE_STDIN)
            return true;
    }
    return false;
}

static bool needs_no_answer(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_process *process = evidence->program.process;
    const struct sg_connection *connection = evidence->connection;
    if (!was_kept_waiting(evidence) || input_has_ended(evidence) || !process ||
        !WIFEXITED(process->status) || WEXITSTATUS(process->status) != 0)
        return false;
    if (connection && connection->out.length) {
        ret->advice = sg_strdup(_("Wait for the rest, too: silence is not the end of an answer."));
        return sg_say(ret,
                      "The %s took the %zu bytes that had come for the whole of its answer, and "
                      "ended with status 0.",
                      evidence->program.name, connection->out.length);
    }
    ret->advice = sg_strdup(_("Wait for the answer, and print what came."));
    return sg_say(ret, "The %s ended with status 0 before its answer had come.",
                  evidence->program.name);
}

static bool gives_up(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const int ms = evidence->step ? (int)(evidence->step->duration_ns / SG_NS_PER_MS) : 0;
    if (!was_kept_waiting(evidence))
        return false;
    if (input_has_ended(evidence)) {
        ret->advice = sg_strdup(_("Print what comes until the server ends its stream."));
        return sg_say(
            ret,
            "After the end of its input the server was silent for %d ms, and the %s ended "
            "meanwhile.",
            ms, evidence->program.name);
    }
    ret->advice = sg_strdup(_("Wait longer: an answer may take a second to come."));
    return sg_say(ret, "The %s did not wait for the answer: within %d ms it had given up.",
                  evidence->program.name, ms);
}

/* What comes in pieces is answered, as a case shows that this one needs. */
static bool closes_on_silence(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_step *silence = sg_find_silence(evidence);
    if (!sg_is_server(evidence) || !silence || sg_is_open(evidence) || sg_is_dead(evidence) ||
        sg_right_bytes(evidence) < evidence->got.length)
        return false;
    ret->advice = sg_strdup(_("Wait longer: a client may be silent for a while."));
    return sg_say(ret,
                  "The client was silent for %d ms, and the server closed the connection "
                  "meanwhile.",
                  (int)(silence->duration_ns / SG_NS_PER_MS));
}

static bool closes_too_early(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (sg_is_open(evidence) || !evidence->connection)
        return false;
    if (evidence->kind == SG_FAILURE_ENDED)
        return sg_say(ret, "The %s closed the connection, which had to stay open.",
                      evidence->program.name);
    if (!sg_is_short(evidence))
        return false;
    if (evidence->got.length == 0)
        return sg_say(ret, "The %s closed the connection without an answer%s.",
                      evidence->program.name, line_words(evidence, ret));
    return sg_say(ret, "The %s closed the connection after %zu of %zu bytes.",
                  evidence->program.name, evidence->got.length, evidence->expected.length);
}

static bool never_closes(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    sg_add_wait(evidence, ret);
    return sg_say(ret, "The %s answered and left the connection open, where it has to close it.",
                  evidence->program.name);
}

/* How many bytes were sent behind the end mark. */
static size_t bytes_behind_mark(const struct sg_evidence *evidence)
{
    struct sg_slice mark = evidence->assignment->mark;
    if (!evidence->connection || !mark.length)
        return 0;
    struct sg_slice out = sg_bytes_slice(&evidence->connection->out);
    size_t at = sg_slice_find(out, mark);
    return at == SIZE_MAX ? 0 : out.length - at - mark.length;
}

static bool waits_for_more(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_is_open(evidence) || !sg_is_short(evidence) || !sg_message_is_whole(evidence) ||
        evidence->still_unread || evidence->outcome == SG_OUTCOME_LATE)
        return false;
    sg_add_wait(evidence, ret);
    if (bytes_behind_mark(evidence))
        return sg_say(ret,
                      "The whole message had come, with %zu bytes behind its end mark, and the %s "
                      "did not see its end.",
                      bytes_behind_mark(evidence), evidence->program.name);
    const char *line = line_words(evidence, ret);
    if (sg_waits_on_connection(evidence))
        return sg_say(ret, "The whole message had come, and the %s waited for more%s.",
                      evidence->program.name, line);
    return sg_say(ret, "The whole message had come, and the %s did not answer it%s.",
                  evidence->program.name, line);
}

/* What was asked for is whole, and of what follows it only the beginning has come. */
static bool is_within_next(const struct sg_evidence *evidence)
{
    return evidence->connection && evidence->assignment->longest_frame &&
           sg_ends_within_frame(evidence, sg_bytes_slice(&evidence->connection->out));
}

static bool waits_for_next(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_within_next(evidence) || !sg_is_open(evidence) || !sg_is_short(evidence))
        return false;
    sg_add_wait(evidence, ret);
    return sg_say(
        ret,
        "A whole frame had come, with the beginning of the next, and the %s did not answer "
        "it before the rest of that had come too.",
        evidence->program.name);
}

/* One whose answer is wrong does not wait; and what becomes of one that had begun, while its client
 * did not read, is no matter of the client's end. */
static bool waits_for_end(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    /* Without the clients before it, it answers one whose stream stays open. */
    if (!evidence->passes_with[SG_PROBE_HALF_CLOSE] || evidence->passes_with[SG_PROBE_ALONE] ||
        bytes_behind_mark(evidence) || sg_right_bytes(evidence) < evidence->got.length ||
        (evidence->got.length && sg_has_stopped_reading(evidence)))
        return false;
    sg_add_wait(evidence, ret);
    sg_diagnosis_add(ret, 0,
                     "tried again with a client that ends its stream first: then it answers");
    return sg_say(ret, "The %s does not answer until the client has ended its stream%s.",
                  evidence->program.name,
                  evidence->passes_with[SG_PROBE_LINE_END] ? _(", or a line") : "");
}

static bool answers_too_early(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->kind != SG_FAILURE_EXTRA || sg_message_is_whole(evidence))
        return false;
    return sg_say(ret, "The %s answered before the message was whole.", evidence->program.name);
}

static bool timed_out(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->outcome != SG_OUTCOME_LATE)
        return false;
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (wait)
        return sg_say(ret, "What was expected did not come in time; the %s was in %s.",
                      evidence->program.name, sg_describe_wait(evidence, wait, room, sizeof room));
    return sg_say(ret, "What was expected did not come in time.");
}

static bool uncaught_exception(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    sg_autobytes struct sg_bytes words = {0};
    if (!sg_died_of_exception(evidence))
        return false;
    sg_last_words(evidence, &words);
    sg_add_last_words(evidence, ret);
    return sg_say(ret, "The %s ended with an error that nothing caught: %s.",
                  evidence->program.name, sg_bytes_text(&words));
}

static const struct sg_rule segments[] = {
    {SG_CODE_ANSWERS_TOO_EARLY, SG_KIND(EXTRA), answers_too_early,
     "bytes before the end mark was sent"},
    {SG_CODE_STOPS_AT_NUL, SG_KIND(DATA), lost_behind_nul,
     "no answer to a message with a zero byte before its end mark"},
    {SG_CODE_DELIMITER_SPLIT, SG_KIND(DATA), delimiter_split,
     "no answer where the end mark began a segment"},
    {SG_CODE_WAITS_FOR_MORE, SG_KIND(DATA), waits_for_next,
     "no answer to a frame, behind which the beginning of another has come"},
    {SG_CODE_WAITS_FOR_END, SG_KIND(DATA), waits_for_end,
     "right where the client ends its stream first, and not otherwise"},
    {SG_CODE_SINGLE_RECV, SG_KIND(DATA) | SG_KIND(NOT_ENDED) | SG_KIND(EXTRA), single_recv,
     "done with the connection before all pieces were sent or taken"},
};

const struct sg_rules sg_rules_segments = {segments, SG_COUNT(segments)};

static const struct sg_rule ends[] = {
    {SG_CODE_RESET_NOT_CLOSED, SG_KIND(RESET) | SG_KIND(DATA), reset_loses, "a reset"},
    {SG_CODE_DROPS_TAIL, SG_KIND(DATA), drops_tail,
     "an end before all came, which does not happen where the client does not half-close"},
    {SG_CODE_ACCEPTS_SHORT_ANSWER, SG_KIND(ENDED), needs_no_answer,
     "its end in order while it was kept waiting"},
    {SG_CODE_CLOSES_TOO_EARLY, SG_KIND(ENDED), gives_up, "its end while it was kept waiting"},
    {SG_CODE_CLOSES_TOO_EARLY, SG_KIND(DATA), closes_on_silence,
     "its end while its client was silent"},
    {SG_CODE_CLOSES_TOO_EARLY, SG_KIND(DATA) | SG_KIND(ENDED), closes_too_early, "an early end"},
    {SG_CODE_NEVER_CLOSES, SG_KIND(NOT_ENDED), never_closes, "no end after the answer"},
    {SG_CODE_WAITS_FOR_MORE, SG_KIND(DATA), waits_for_more,
     "still, with all of the message taken and no answer"},
    {SG_CODE_TIMED_OUT, ~SG_KIND(STILL_RUNS), timed_out, "the deadline, without a proof"},
    {SG_CODE_UNCAUGHT_EXCEPTION, ~(SG_KIND(EXIT_STATUS) | SG_KIND(PRINTED)), uncaught_exception,
     "a runtime's report and a status other than 0"},
};

const struct sg_rules sg_rules_ends = {ends, SG_COUNT(ends)};
