/* SPDX-License-Identifier: MIT
 * Answers that are wrong only for a client that does not read at once: send() takes a part then, or
 * nothing. */
#include "base/language.h"
#include "diagnose/rules.h"

static bool reads_slowly(const struct sg_evidence *evidence)
{
    return evidence->connection && evidence->connection->reading != SG_READING_ALL;
}

/* Sent to a client that does not keep up, or over a network with small buffers, the answer goes on
 * further on behind more than the smallest buffers hold: as long as there is room in them, no
 * send() is short. */
static bool jumps(const struct sg_evidence *evidence)
{
    /* Bytes: SOCK_MIN_RCVBUF of include/net/sock.h, without its overhead. */
    enum { SMALLEST_ROOM = 2048 };
    return evidence->connection && (reads_slowly(evidence) || evidence->one->small_buffers) &&
           sg_right_bytes(evidence) >= SMALLEST_ROOM && sg_goes_on_further_on(evidence);
}

/* As many bytes as it was to send, but others. */
static bool sends_a_refilled_buffer(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!jumps(evidence) || !reads_slowly(evidence) ||
        evidence->got.length != evidence->expected.length)
        return false;
    return sg_say(
        ret,
        "The client read slowly, and from offset %zu on bytes of a later message stand in "
        "the place of others: they were put into a buffer that had not been sent yet.",
        sg_right_bytes(evidence));
}

/* Bytes are missing in the midst of the right ones, and not blanks alone. */
static bool drops_what_does_not_fit(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!jumps(evidence) || sg_blanks_left_out(evidence))
        return false;
    if (!reads_slowly(evidence))
        return sg_say(ret,
                      "What send() could not take at once is missing: the answer is right up to "
                      "offset %zu, and goes on further on.",
                      sg_right_bytes(evidence));
    return sg_say(ret,
                  "The client read slowly, and what send() could not take at once is missing: the "
                  "answer is right up to offset %zu, and goes on further on.",
                  sg_right_bytes(evidence));
}

size_t sg_goes_back_to(const struct sg_evidence *evidence)
{
    enum { LEAST = 16 };
    size_t right = sg_right_bytes(evidence);
    struct sg_slice wrong = sg_slice_skip(evidence->got, right);
    if (evidence->kind != SG_FAILURE_DATA || !evidence->passes_with[SG_PROBE_READS] ||
        wrong.length < LEAST || evidence->got.length < evidence->expected.length || !right)
        return SIZE_MAX;
    struct sg_slice before = sg_slice_first(evidence->expected, right - 1 + LEAST);
    size_t back = sg_slice_find(before, sg_slice_first(wrong, LEAST));
    if (back == SIZE_MAX)
        return SIZE_MAX;
    /* What is left of an earlier read, in a buffer that is sent whole, ends before that. */
    size_t again = sg_slice_common(wrong, sg_slice_skip(evidence->expected, back));
    return again < wrong.length && again < right - back + LEAST ? SIZE_MAX : back;
}

static bool sends_from_the_start_again(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence), back = sg_goes_back_to(evidence);
    if (back == SIZE_MAX)
        return false;
    sg_diagnosis_add(ret, 0,
                     "tried again with a client that reads at once: then all of it comes back");
    return sg_say(ret,
                  "The client did not read at once, and when send() had taken only a part, bytes "
                  "that had come were sent again: after offset %zu the answer goes back to %zu.",
                  right, back);
}

static bool suffers_from_slow_reader(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!evidence->passes_with[SG_PROBE_READS] || sg_is_dead(evidence) || !sg_is_short(evidence))
        return false;
    sg_diagnosis_add(ret, 0,
                     "tried again with a client that reads at once: then all of it comes back");
    return true;
}

/* It had read to the end, and loses as much of a client that does not end its stream. */
static bool leaves_out_what_does_not_fit(const struct sg_evidence *evidence,
                                         struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    if (!connection || connection->unsent || connection->end != SG_STREAM_ENDED ||
        !sg_right_bytes(evidence) || evidence->passes_with[SG_PROBE_STAY_OPEN] ||
        !suffers_from_slow_reader(evidence, ret))
        return false;
    return sg_say(ret,
                  "The client did not read at once, and what send() could not take is missing: "
                  "the end comes behind %zu of %zu bytes.",
                  evidence->got.length, evidence->expected.length);
}

/* It has taken everything, and nothing more will come. */
static bool never_sends_the_rest(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_is_open(evidence) || evidence->outcome != SG_OUTCOME_STILL || evidence->still_unread ||
        !sg_right_bytes(evidence) || !suffers_from_slow_reader(evidence, ret))
        return false;
    return sg_say(ret,
                  "The client did not read at once, and what send() could not take never comes: "
                  "after %zu of %zu bytes there are no more.",
                  evidence->got.length, evidence->expected.length);
}

/* A send buffer that is full was taken for a lost client. */
static bool gives_up_on_slow(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    if (!connection || !connection->unsent || !suffers_from_slow_reader(evidence, ret))
        return false;
    ret->advice = sg_strdup(
        _("That the send buffer is full (EAGAIN, BlockingIOError, a time that is over) does not "
          "mean that the client has gone: keep the rest, and send it when poll() says that "
          "the socket takes more."));
    return sg_say(ret, "The %s ended the connection because its client did not read at once.",
                  evidence->program.name);
}

static const struct sg_rule rows[] = {
    {SG_CODE_SHORT_SEND_IGNORED, SG_KIND(DATA), leaves_out_what_does_not_fit,
     "all taken and not all sent back, and right where the client reads at once"},
    {SG_CODE_SHORT_SEND_IGNORED, SG_KIND(DATA), never_sends_the_rest,
     "still, with all taken and not all sent back, and right where the client reads at once"},
    {SG_CODE_CLOSES_TOO_EARLY, SG_KIND(DATA), gives_up_on_slow,
     "an early end, and right where the client reads at once"},
    {SG_CODE_WRONG_DATA, SG_KIND(DATA), sends_a_refilled_buffer,
     "to a slow reader as many bytes as were due, some of them from further on"},
    {SG_CODE_SHORT_SEND_IGNORED, SG_KIND(DATA), drops_what_does_not_fit,
     "a slow reader or small buffers, and bytes missing in the midst of the right ones"},
    {SG_CODE_SEND_REPEATED, SG_KIND(DATA), sends_from_the_start_again,
     "what had come, in the place of other bytes, and all is right where the client reads at once"},
};

const struct sg_rules sg_rules_slow = {rows, SG_COUNT(rows)};
