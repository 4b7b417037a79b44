/* SPDX-License-Identifier: MIT
 * The bytes themselves: changed, cut off, repeated, of another message, right up to some size. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "base/language.h"
#include "diagnose/rules.h"

/* A client waits for its answer then, with the connection open. */
static bool missing_end_mark(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice mark = evidence->assignment->mark;
    size_t want = evidence->expected.length;
    bool more_may_come = sg_is_open(evidence) && (evidence->kind != SG_FAILURE_MESSAGE ||
                                                  evidence->outcome == SG_OUTCOME_LATE);
    if (!mark.length || want < mark.length || !sg_is_short(evidence) ||
        evidence->got.length != want - mark.length || more_may_come)
        return false;
    return sg_say(ret, "The %s is right but for its end mark, which is missing.",
                  evidence->kind == SG_FAILURE_MESSAGE ? _("client's message") : _("answer"));
}

/* What came behind what was right, or instead of it. */
static struct sg_slice wrong_bytes(const struct sg_evidence *evidence)
{
    return sg_slice_skip(evidence->got, sg_right_bytes(evidence));
}

/* What had come just before, or all of it, came a second time. An earlier answer in the place of
 * this one, and nothing else, is another matter: it is not known to be the same one. */
static bool came_twice(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LEAST = 4 };
    const struct sg_connection *connection = evidence->connection;
    struct sg_slice wrong = wrong_bytes(evidence);
    if (!connection || wrong.length < LEAST)
        return false;
    size_t before = evidence->expected_start + sg_right_bytes(evidence);
    for (size_t length = wrong.length < before ? wrong.length : before; length >= LEAST; length--) {
        const uint8_t *last = connection->in.data + before - length;
        bool instead = evidence->kind == SG_FAILURE_DATA && length == wrong.length &&
                       sg_right_bytes(evidence) == 0;
        if (!instead && memcmp(last, wrong.data, length) == 0)
            return sg_say(ret, "%zu bytes that had come came a second time.", length);
    }
    return false;
}

/* Where the program had earlier bytes from: an earlier message on this connection, or another
 * one. */
static bool came_earlier(const struct sg_evidence *evidence, struct sg_slice bytes)
{
    for (size_t i = 0; i < evidence->connection_count; i++) {
        const struct sg_connection *one = evidence->connections[i];
        struct sg_slice out = sg_bytes_slice(&one->out);
        bool own = one == evidence->connection;
        if (own)
            out = sg_slice_first(out, evidence->expected_start);
        if ((own || sg_is_another_client(evidence, one)) && sg_slice_find(out, bytes) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Bytes behind the right ones that an earlier, longer message had. */
static bool stale_buffer(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LEAST = 2, MOST = 8 };
    struct sg_slice wrong = wrong_bytes(evidence);
    struct sg_slice first = sg_slice_first(wrong, wrong.length < MOST ? wrong.length : MOST);
    if (wrong.length < LEAST || !came_earlier(evidence, first))
        return false;
    return sg_say(ret, "Behind the right bytes came bytes of an earlier message (%zu in all).",
                  wrong.length);
}

/* One and the same byte was put in again and again: without it, all is right. */
static bool repeats_one_byte(const struct sg_evidence *evidence)
{
    enum { LEAST = 4 };
    struct sg_slice wrong = wrong_bytes(evidence);
    struct sg_slice left = sg_slice_skip(evidence->expected, sg_right_bytes(evidence));
    size_t extra = 0, same = 0;
    for (size_t i = 0; i < wrong.length && left.length; i++) {
        if (wrong.data[i] == left.data[0]) {
            left = sg_slice_skip(left, 1);
            same++;
        } else if (wrong.data[i] == wrong.data[0]) {
            extra++;
        } else {
            return false;
        }
    }
    return extra > 1 && same >= LEAST;
}

/* In the midst of the right bytes there are others: a NUL, a line end, the rest of a buffer. */
static bool has_bytes_between(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LEAST = 4, FEW = 4 };
    size_t right = sg_right_bytes(evidence);
    struct sg_slice wrong = wrong_bytes(evidence);
    struct sg_slice next = sg_slice_skip(evidence->expected, right);
    next = sg_slice_first(next, next.length < LEAST ? next.length : LEAST);
    if (evidence->expected_start + right == 0 || !next.length)
        return false;
    if (repeats_one_byte(evidence))
        return sg_say(ret,
                      "Between the right bytes, from offset %zu on, came others again and again.",
                      right);
    size_t between = sg_slice_find(wrong, next);
    if (between == SIZE_MAX)
        return false;
    size_t zeroes = 0;
    while (zeroes < between && wrong.data[zeroes] == 0)
        zeroes++;
    if (between > FEW && zeroes < between)
        return false;
    return sg_say(ret, "Between the right bytes, at offset %zu, came %zu that do not belong there.",
                  right, between);
}

/* What followed the end mark in the same segment came back as well. */
static bool frames_merged(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    struct sg_slice mark = evidence->assignment->mark;
    if (!connection || !mark.length)
        return false;
    struct sg_slice out = sg_bytes_slice(&connection->out);
    size_t at = sg_slice_find(out, mark);
    struct sg_slice behind =
        at == SIZE_MAX ? (struct sg_slice){NULL, 0} : sg_slice_skip(out, at + mark.length);
    struct sg_slice extra = sg_slice_skip(evidence->got, evidence->expected.length);
    if (!behind.length || !extra.length)
        return false;
    size_t same = sg_slice_common(behind, extra);
    if (same == 0 && sg_data_of_form(evidence, &evidence->step->data, SG_DATA_CAESAR_ANSWER))
        same = extra.length;
    if (same == 0)
        return false;
    return sg_say(ret,
                  "What followed the end mark in the same segment (%zu bytes) was taken into the "
                  "message.",
                  behind.length);
}

/* A client's message that was fed to it as a line may keep the end of that line. */
static struct sg_slice without_fed_line_end(const struct sg_evidence *evidence,
                                            struct sg_slice extra)
{
    bool fed = evidence->kind == SG_FAILURE_MESSAGE && evidence->program.process &&
               evidence->program.process->fed;
    return fed && extra.length > 1 && extra.data[0] == '\n' ? sg_slice_skip(extra, 1) : extra;
}

static bool extra_bytes(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (sg_right_bytes(evidence) < evidence->expected.length)
        return false;
    struct sg_slice extra = sg_slice_skip(evidence->got, evidence->expected.length);
    extra = without_fed_line_end(evidence, extra);
    if (!extra.length)
        return false;
    size_t zeroes = 0;
    while (zeroes < extra.length && extra.data[zeroes] == 0)
        zeroes++;
    if (zeroes == extra.length)
        return sg_say(ret, "Behind the right bytes came %zu zero byte%s.", zeroes,
                      sg_plural_end(zeroes));
    if (extra.data[0] == '\n' || extra.data[0] == '\r')
        return sg_say(ret, "Behind the right bytes came the end of a line.");
    return sg_say(ret, "Behind the right bytes came %zu more.", extra.length);
}

/* How many bytes of a message come before those that its answer is made of: a header. */
static size_t unanswered_bytes(const struct sg_evidence *evidence)
{
    struct sg_slice mark = evidence->assignment->mark;
    if (evidence->kind != SG_FAILURE_DATA || !evidence->connection || !mark.length)
        return 0;
    size_t end = sg_slice_find(sg_bytes_slice(&evidence->connection->out), mark);
    size_t answered = evidence->expected.length;
    return end == SIZE_MAX || end + mark.length < answered ? 0 : end + mark.length - answered;
}

/* Right up to a size, and never beyond it. The size is one that the program asked recv() for, or
 * one that buffers have. What is between clients, of which one does not read, may break off
 * anywhere; and a few bytes that end with a line are that line. */
static bool buffer_limit(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LINE_BYTES = 256 };
    size_t right = sg_right_bytes(evidence);
    const struct sg_wait *wait = sg_main_wait(evidence);
    size_t seen = wait ? wait->size : 0;
    size_t read = right + unanswered_bytes(evidence);
    if (evidence->passes_with[SG_PROBE_STAY_OPEN])
        return false; /* it was the end of the client's stream that cut it off */
    if (evidence->connection_count > 1 && sg_has_stopped_reading(evidence))
        return false;
    if (right && right < LINE_BYTES && evidence->expected.data[right - 1] == '\n')
        return false;
    if (evidence->expected.length < SG_SMALLEST_BUFFER || !sg_is_short(evidence) || right == 0 ||
        (!sg_is_buffer_size(right) && !sg_is_buffer_size(read) && right != seen && read != seen))
        return false;
    return sg_say(ret, "The %s is right up to byte %zu of %zu, and nothing came after it.",
                  evidence->kind == SG_FAILURE_MESSAGE ? _("client's message") : _("answer"), right,
                  evidence->expected.length);
}

/* Right for some reads, and what has come since lies unread: it waits to be told of more (epoll,
 * edge-triggered). */
static bool leaves_the_rest(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { READS_OF = 512 };
    size_t right = sg_right_bytes(evidence);
    const struct sg_wait *wait = sg_main_wait(evidence);
    if (evidence->outcome != SG_OUTCOME_STILL || !sg_is_short(evidence) || !sg_is_open(evidence) ||
        !evidence->still_unread || !right || right % READS_OF || !wait ||
        wait->target != SG_TARGET_SEVERAL || strncmp(wait->call, "epoll", 5) != 0)
        return false;
    sg_add_wait(evidence, ret);
    return sg_say(ret,
                  "After %zu of %zu bytes the %s reads no more of what has come, and waits to be "
                  "told of more.",
                  right, evidence->expected.length, evidence->program.name);
}

/* Whether most bytes of the one are others than those of the other, as far as both go. */
static bool is_other_altogether(struct sg_slice one, struct sg_slice other)
{
    size_t both = one.length < other.length ? one.length : other.length, different = 0;
    for (size_t i = 0; i < both; i++)
        different += one.data[i] != other.data[i];
    return different > both / 2;
}

/* Right up to a buffer's size, and other bytes from there on. That one byte is wrong there may be
 * chance, and that one is right as well. */
static bool wrong_beyond_buffer(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence);
    if (right && !sg_is_buffer_size(right) && sg_is_buffer_size(right - 1))
        right--;
    if (right < SG_SMALLEST_BUFFER || right >= evidence->expected.length ||
        evidence->got.length <= right || !sg_is_buffer_size(right) ||
        !is_other_altogether(sg_slice_skip(evidence->expected, right),
                             sg_slice_skip(evidence->got, right)))
        return false;
    return sg_say(ret, "The answer is right up to byte %zu of %zu, and wrong beyond it.", right,
                  evidence->expected.length);
}

/* How much of the answer stands in what was printed, from its beginning on; and what stands behind
 * that. */
static size_t printed_bytes(const struct sg_evidence *evidence, struct sg_slice *ret_behind)
{
    struct sg_slice first = sg_slice_first(evidence->expected, SG_SMALLEST_BUFFER);
    size_t at = sg_slice_find(evidence->got, first);
    *ret_behind = (struct sg_slice){NULL, 0};
    if (at == SIZE_MAX)
        return 0;
    struct sg_slice answer = sg_slice_skip(evidence->got, at);
    size_t length = sg_slice_common(answer, evidence->expected);
    *ret_behind = sg_slice_skip(answer, length);
    return length;
}

/* The answer came in one piece; up to a buffer's size it was printed, and nothing of what
 * follows. */
static bool printed_to_buffer(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LEAST = 8 };
    const struct sg_connection *connection = evidence->connection;
    struct sg_slice behind;
    size_t right = printed_bytes(evidence, &behind);
    struct sg_slice rest = sg_slice_skip(evidence->expected, right);
    bool any_of_rest =
        rest.length >= LEAST && sg_slice_find(behind, sg_slice_first(rest, LEAST)) != SIZE_MAX;
    if ((connection && connection->segment_count > 1) || right < SG_SMALLEST_BUFFER - 1 ||
        !sg_is_buffer_size(right) || any_of_rest)
        return false;
    return sg_say(ret,
                  "The client printed the first %zu of the %zu bytes of the answer, and none "
                  "of the others.",
                  right, evidence->expected.length);
}

/* A part of what was sent lies unread, and no thread will ever read it. */
static bool is_abandoned(const struct sg_evidence *evidence)
{
    return sg_is_open(evidence) && evidence->outcome == SG_OUTCOME_STILL &&
           evidence->still_unread && !sg_waits_on_connection(evidence);
}

/* No answer to a long message, of plain text and in one segment, and nobody reads on. That a short
 * one is answered is shown by a case that this one needs. */
static bool refuses_size(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    size_t header = evidence->assignment->longest_frame ? SG_FRAME_HEADER : 0;
    bool abandoned = is_abandoned(evidence);
    if (!connection || (sg_is_open(evidence) && !abandoned) || evidence->got.length ||
        sg_is_dead(evidence) || !evidence->one->needs.count || evidence->fault_count ||
        connection->segment_count != 1 || evidence->expected.length < SG_SMALLEST_BUFFER ||
        evidence->program.was_frozen ||
        !sg_is_plain_text(sg_slice_skip(sg_bytes_slice(&connection->out), header)))
        return false;
    return sg_say(ret,
                  "The %s %s without an answer to a message of %zu bytes; a short one is answered.",
                  evidence->program.name,
                  abandoned ? _("left the connection alone") : _("closed the connection"),
                  connection->out.length);
}

/* The first piece ends within the part of the message that is not answered, a header, which is read
 * with one recv(). */
static bool header_in_pieces(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    if (!evidence->passes_with[SG_PROBE_WHOLE] || !evidence->got.length ||
        connection->segments[0].length >= unanswered_bytes(evidence))
        return false;
    sg_diagnosis_add(ret, 0, "tried again with the message in one piece: then it is right");
    return sg_say(ret,
                  "The header came in pieces, the first of %zu bytes, and was taken to be whole: "
                  "the answer is wrong from offset %zu.",
                  connection->segments[0].length, sg_right_bytes(evidence));
}

static bool nothing_came(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    const char *name = evidence->program.name;
    size_t count = evidence->expected.length;
    char room[128];
    if (sg_is_dead(evidence) && !sg_death_signal(evidence))
        return sg_say(ret,
                      "Nothing came where %zu bytes were expected: the %s ended with status %d.",
                      count, name, WEXITSTATUS(evidence->program.process->status));
    if (wait && evidence->outcome == SG_OUTCOME_STILL)
        return sg_say(ret, "Nothing came where %zu bytes were expected: the %s waits in %s.", count,
                      name, sg_describe_wait(evidence, wait, room, sizeof room));
    return sg_say(ret, "Nothing came where %zu bytes were expected.", count);
}

/* Where the message came in pieces, what came back is the answer to the last ones alone. */
static bool forgets_pieces(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    size_t missing = evidence->expected.length - evidence->got.length, before = 0;
    if (!evidence->passes_with[SG_PROBE_WHOLE] || !connection || evidence->expected_start ||
        !evidence->got.length || evidence->got.length >= evidence->expected.length ||
        !sg_slice_equal(evidence->got, sg_slice_skip(evidence->expected, missing)))
        return false;
    size_t count = connection->segment_count, i = 0;
    while (i < count && before < missing)
        before += connection->segments[i++].length;
    if (before != missing || i == count)
        return false;
    return sg_say(ret, "Of the %zu pieces that the message came in, the first %zu were forgotten.",
                  count, i);
}

/* No more than a right beginning of an answer, on a connection that is open; where the program
 * stands is no read of it, or a rule for that would have told. */
static bool stops_answering(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    if (!connection || connection->end != SG_STREAM_OPEN || sg_is_dead(evidence) ||
        !sg_is_short(evidence))
        return false;
    if (!evidence->got.length)
        return nothing_came(evidence, ret);
    sg_add_wait(evidence, ret);
    return sg_say(ret, "After %zu of %zu bytes nothing more came, and the connection is open.",
                  evidence->got.length, evidence->expected.length);
}

static bool wrong_data(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence);
    if (evidence->got.length == 0)
        return nothing_came(evidence, ret);
    if (evidence->passes_with[SG_PROBE_WHOLE])
        return sg_say(ret,
                      "The answer is wrong from offset %zu where the message comes in pieces, and "
                      "right where it comes in one.",
                      right);
    size_t in_front = sg_slice_find(evidence->got, evidence->expected);
    if (evidence->expected.length && in_front != SIZE_MAX)
        return sg_say(ret, "In front of the right bytes came %zu that do not belong there.",
                      in_front);
    if (right == 0)
        return sg_say(ret, "Other bytes than expected came, from the first one on.");
    return sg_say(ret, "The bytes are right up to offset %zu, and others than expected from there.",
                  right);
}

enum { BYTES = SG_KIND(DATA) | SG_KIND(MESSAGE) };

static const struct sg_rule causes[] = {
    {SG_CODE_BUFFER_LIMIT, BYTES, buffer_limit, "right up to a buffer's size, then nothing"},
    {SG_CODE_BUFFER_LIMIT, SG_KIND(DATA), leaves_the_rest,
     "right for some reads; the rest lies unread while it waits for several descriptors"},
    {SG_CODE_BUFFER_LIMIT, SG_KIND(DATA), refuses_size,
     "a long message without an answer, and an end or nobody who reads on"},
    {SG_CODE_BUFFER_LIMIT, SG_KIND(PRINTED), printed_to_buffer,
     "the output holds the answer up to a buffer's size"},
    {SG_CODE_MISSING_END_MARK, BYTES, missing_end_mark, "all but the end mark, then the end"},
    {SG_CODE_FRAMES_MERGED, SG_KIND(DATA) | SG_KIND(EXTRA), frames_merged,
     "what followed the end mark came back"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(EXTRA) | SG_KIND(DATA), came_twice,
     "what had just come, a second time"},
    {SG_CODE_STALE_BUFFER, SG_KIND(EXTRA) | BYTES, stale_buffer,
     "the extra bytes are an earlier message's"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(DATA), has_bytes_between,
     "few others, or zeroes, and then the right ones go on"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(EXTRA) | SG_KIND(MESSAGE), extra_bytes,
     "more behind the right bytes"},
};

const struct sg_rules sg_rules_bytes = {causes, SG_COUNT(causes)};

static const struct sg_rule others[] = {
    {SG_CODE_BUFFER_LIMIT, SG_KIND(DATA), wrong_beyond_buffer,
     "right up to a buffer's size, and other bytes from there on"},
    {SG_CODE_SINGLE_RECV, SG_KIND(DATA), header_in_pieces,
     "other bytes where a header came in pieces, the right ones to the whole"},
    {SG_CODE_SINGLE_RECV, SG_KIND(DATA), forgets_pieces,
     "the answer to the last pieces of the message alone, the right one to the whole"},
    {SG_CODE_TIMED_OUT, SG_KIND(DATA), stops_answering,
     "no answer, or no more of it, and no call that says why"},
    {SG_CODE_WRONG_DATA, SG_KIND(DATA) | SG_KIND(EXTRA), wrong_data, "other bytes"},
};

const struct sg_rules sg_rules_other_bytes = {others, SG_COUNT(others)};
