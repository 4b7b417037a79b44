/* SPDX-License-Identifier: MIT
 * Frames with a length in front: its bytes swapped, its number wrong, the borders between frames
 * lost. */
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "diagnose/rules.h"
#include "spec/data.h"

static bool is_framed(const struct sg_evidence *evidence)
{
    return evidence->assignment->longest_frame > 0;
}

static uint32_t swap(uint32_t length)
{
    return length >> 24 | (length >> 8 & 0xff00) | (length << 8 & 0xff0000) | length << 24;
}

/* What stands behind the first length. */
static struct sg_slice payload(struct sg_slice frame)
{
    return sg_slice_skip(frame, SG_FRAME_HEADER);
}

/* What the first frame that was expected holds. */
static struct sg_slice first_payload(const struct sg_evidence *evidence)
{
    return sg_slice_first(payload(evidence->expected), sg_frame_length(evidence->expected));
}

static bool has_lengths(const struct sg_evidence *evidence)
{
    return is_framed(evidence) && evidence->expected.length >= SG_FRAME_HEADER &&
           evidence->got.length >= SG_FRAME_HEADER;
}

static bool swapped_in_answer(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    uint32_t wanted = sg_frame_length(evidence->expected), got = sg_frame_length(evidence->got);
    if (!has_lengths(evidence) || got == wanted || got != swap(wanted))
        return false;
    return sg_say(ret, "The length was sent as 0x%08x, and 0x%08x was due: its bytes are swapped.",
                  got, wanted);
}

/* It asks for as many bytes as the length has with its bytes swapped. */
static bool swapped_in_wait(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    const struct sg_connection *connection = evidence->connection;
    if (!is_framed(evidence) || !wait || wait->writes || !connection || !wait->size)
        return false;
    struct sg_slice out = sg_bytes_slice(&connection->out);
    uint32_t wanted = sg_frame_length(out), swapped = swap(wanted);
    size_t come = payload(out).length;
    bool asks = wait->size == swapped || wait->size + come == swapped;
    if (wanted == swapped || swapped <= come || !asks)
        return false; /* so many had come */
    return sg_say(ret,
                  "The length 0x%08x was taken for 0x%08x, its bytes swapped: the %s waits for so "
                  "many bytes.",
                  wanted, swapped, evidence->program.name);
}

static bool swapped_by_probe(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_framed(evidence) || !evidence->passes_with[SG_PROBE_SWAPPED])
        return false;
    sg_diagnosis_add(ret, 0, "played again with the bytes of each length swapped, it is right");
    return sg_say(ret, "The %s reads the length with its bytes swapped.", evidence->program.name);
}

bool sg_has_high_length(struct sg_slice frame)
{
    return sg_frame_length(frame) & UINT32_C(0x80808080);
}

/* A longer frame is answered, whose length has no byte with its highest bit set. */
static bool signed_bytes(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_framed(evidence) || !evidence->passes_with[SG_PROBE_LOW] || !evidence->connection)
        return false;
    sg_diagnosis_add(
        ret, 0,
        "tried again with a longer frame, in whose length no byte is above 0x7f: then it is right");
    ret->advice = sg_strdup(_("Take each byte of the length as unsigned (uint8_t, & 0xff) before "
                              "you put them together."));
    return sg_say(
        ret, "The length 0x%08x has a byte above 0x7f, which the %s takes for a negative number.",
        sg_frame_length(sg_bytes_slice(&evidence->connection->out)), evidence->program.name);
}

static bool no_length(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice wanted = payload(evidence->expected);
    if (!is_framed(evidence) || !wanted.length || evidence->got.length < wanted.length ||
        !sg_slice_equal(sg_slice_first(evidence->got, wanted.length), wanted))
        return false;
    return sg_say(ret, "The bytes of the frame came without their length in front.");
}

/* What the frame holds, behind a length in fewer bytes than four, or in more. */
static bool length_of_other_size(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { MOST = 8 };
    struct sg_slice wanted = payload(evidence->expected), got = evidence->got;
    if (!is_framed(evidence) || !wanted.length || got.length <= wanted.length)
        return false;
    size_t before = got.length - wanted.length;
    if (before == SG_FRAME_HEADER || before > MOST ||
        !sg_slice_equal(sg_slice_skip(got, before), wanted))
        return false;
    return sg_say(ret, "The bytes of the frame came behind %zu bytes, where a length has %d.",
                  before, SG_FRAME_HEADER);
}

/* Right up to the first zero byte of what the frame holds, which may be what its length says. */
static bool stops_at_nul(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice nul = {(const uint8_t *)"", 1};
    struct sg_slice wanted = first_payload(evidence), got = payload(evidence->got);
    size_t first = sg_slice_find(wanted, nul);
    if (!has_lengths(evidence) || first == SIZE_MAX || sg_slice_common(wanted, got) != first ||
        got.length != first)
        return false;
    return sg_say(ret, "What the frame holds ended at its first zero byte, at offset %zu.", first);
}

static bool is_buffer_size(size_t size)
{
    enum { SMALL = 10000 };
    for (size_t power = 16; power <= 1 << 20; power *= 2) {
        if (size == power || size == power - 1 || size + SG_FRAME_HEADER == power)
            return true;
    }
    return size && size % (size <= SMALL ? 100 : SMALL) == 0;
}

/* What is left of a length that was put into 16 bits. */
static bool is_cut_to_16_bits(const struct sg_evidence *evidence, size_t came)
{
    size_t wanted = sg_frame_length(evidence->expected);
    return wanted > UINT16_MAX && came == (wanted & UINT16_MAX) && !sg_is_open(evidence);
}

static bool buffer_limit(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice wanted = first_payload(evidence), got = payload(evidence->got);
    bool cut = is_cut_to_16_bits(evidence, got.length);
    if (!has_lengths(evidence) || got.length >= wanted.length ||
        (!is_buffer_size(got.length) && !cut) || sg_slice_common(wanted, got) != got.length)
        return false;
    if (cut && !got.length)
        return sg_say(ret, "Of a frame of %zu bytes the length alone came back, and then the end.",
                      wanted.length);
    return sg_say(ret, "Of a frame of %zu bytes the first %zu came, and nothing after them.",
                  wanted.length, got.length);
}

/* A frame came whole, and the message of its length is right as far as both go. */
static bool is_whole_frame(const struct sg_evidence *evidence)
{
    struct sg_slice due = first_payload(evidence), came = payload(evidence->got);
    uint32_t length = sg_frame_length(evidence->got);
    size_t both = length < due.length ? length : due.length;
    return has_lengths(evidence) && came.length >= length && sg_slice_common(due, came) >= both;
}

static bool extra_in_frame(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t due = first_payload(evidence).length, length = sg_frame_length(evidence->got);
    if (!due || !is_whole_frame(evidence) || length <= due)
        return false;
    return sg_say(ret,
                  "Behind the %zu bytes that the frame has to hold came %zu more, which its length "
                  "counts.",
                  due, length - due);
}

/* The client's message was cut, and its frame is right but for that. */
static bool sends_a_part(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t due = first_payload(evidence).length, length = sg_frame_length(evidence->got);
    if (!is_whole_frame(evidence) || length >= due || payload(evidence->got).length != length)
        return false;
    return sg_say(ret, "The client's frame holds %zu of the %zu bytes of its message.", length,
                  due);
}

/* A length that does not fit into 16 bits has lost what is above them. */
static bool cut_to_16_bits(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    uint32_t wanted = sg_frame_length(evidence->expected), got = sg_frame_length(evidence->got);
    if (!has_lengths(evidence) || got == wanted || got != (wanted & 0xffff))
        return false;
    return sg_say(ret, "The length was sent as %u: that is what the lower 16 bits of %u say.", got,
                  wanted);
}

static bool wrong_length(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    uint32_t wanted = sg_frame_length(evidence->expected), got = sg_frame_length(evidence->got);
    struct sg_slice due = first_payload(evidence), came = payload(evidence->got);
    size_t same = sg_slice_common(due, came);
    if (!has_lengths(evidence) || got == wanted || !same || came.length == got ||
        (same < came.length && same < due.length))
        return false;
    return sg_say(ret, "The length says %u, and the frame holds %u bytes.", got, wanted);
}

/* How many whole frames `bytes` begins with, and how long they are together. */
static size_t count_frames(struct sg_slice bytes, size_t *ret_length)
{
    size_t count = 0, all = bytes.length;
    while (bytes.length >= SG_FRAME_HEADER &&
           bytes.length - SG_FRAME_HEADER >= sg_frame_length(bytes)) {
        bytes = sg_slice_skip(bytes, SG_FRAME_HEADER + (size_t)sg_frame_length(bytes));
        count++;
    }
    *ret_length = all - bytes.length;
    return count;
}

bool sg_ends_within_frame(const struct sg_evidence *evidence, struct sg_slice bytes)
{
    size_t whole;
    (void)count_frames(bytes, &whole);
    struct sg_slice rest = sg_slice_skip(bytes, whole);
    return rest.length && (rest.length < SG_FRAME_HEADER ||
                           sg_frame_length(rest) <= evidence->assignment->longest_frame);
}

bool sg_has_bad_frame(const struct sg_evidence *evidence, struct sg_slice bytes)
{
    size_t whole;
    (void)count_frames(bytes, &whole);
    return sg_frame_length(sg_slice_skip(bytes, whole)) > evidence->assignment->longest_frame;
}

/* A segment held more than one frame, or one and a part of the next, and what was behind the first
 * is lost. */
static bool frames_merged(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    if (!is_framed(evidence) || !connection || !connection->segment_count)
        return false;
    struct sg_slice first =
        sg_slice_first(sg_bytes_slice(&connection->out), connection->segments[0].length);
    size_t whole, count = count_frames(first, &whole);
    if (count == 0 || whole == 0 || (count == 1 && whole == first.length))
        return false;
    size_t length = SG_FRAME_HEADER + (size_t)sg_frame_length(first);
    size_t right = sg_slice_common(sg_bytes_slice(&connection->in), first);
    size_t next = SG_FRAME_HEADER + (size_t)sg_frame_length(sg_slice_skip(first, length));
    if (right < length || (count > 1 && right >= length + next))
        return false; /* not even the first is right, or more than that */
    return sg_say(ret,
                  "One segment held %zu frame%s%s; the first came back, and what was behind it was "
                  "lost.",
                  count, sg_plural_end(count), whole < first.length ? _(" and a part") : "");
}

static bool ends_a_segment(const struct sg_connection *connection, size_t at)
{
    for (size_t i = 0; i < connection->segment_count; i++) {
        if (connection->segments[i].start + connection->segments[i].length == at)
            return true;
    }
    return false;
}

/* It answers with a whole frame of as many bytes as had arrived: those up to the end of a segment
 * of ours, or where the frame needs several of the kernel's, a number that no buffer has. */
static bool answers_what_came(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LARGEST_SEGMENT = 65536 };
    const struct sg_connection *connection = evidence->connection;
    size_t due = first_payload(evidence).length, length = sg_frame_length(evidence->got);
    if (!is_whole_frame(evidence) || !connection || !length || length >= due)
        return false;
    bool cut = ends_a_segment(connection, evidence->expected_start + SG_FRAME_HEADER + length);
    if (!cut && (due < LARGEST_SEGMENT || is_buffer_size(length) || length == (due & UINT16_MAX)))
        return false;
    return sg_say(
        ret,
        "The %s answers with a frame of the %zu bytes that had arrived, and the frame that it "
        "was sent has %zu.",
        evidence->program.name, length, due);
}

/* The end of what was to be printed stands in what was. */
static bool printed_the_end(const struct sg_evidence *evidence)
{
    enum { END = 2 };
    struct sg_slice expected = evidence->expected;
    return evidence->kind == SG_FAILURE_PRINTED && expected.length >= END &&
           sg_slice_find(evidence->got, sg_slice_skip(expected, expected.length - END)) != SIZE_MAX;
}

/* The same frames in one segment each are answered. */
static bool single_recv(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *connection = evidence->connection;
    if (!is_framed(evidence) || !evidence->passes_with[SG_PROBE_WHOLE] || !connection ||
        connection->segment_count + (connection->unsent > 0) < 2 || printed_the_end(evidence))
        return false;
    struct sg_slice out = sg_bytes_slice(&connection->out);
    size_t first = connection->segments[0].length;
    size_t frame = SG_FRAME_HEADER + (size_t)sg_frame_length(out);
    if (first >= frame)
        return false;
    const char *what = first < SG_FRAME_HEADER    ? "a part of the length"
                       : first == SG_FRAME_HEADER ? "the length alone"
                                                  : "a part of the frame";
    return sg_say(ret, "The first segment held %s (%zu of %zu bytes), and the %s took it for all.",
                  what, first, frame, evidence->program.name);
}

static bool keeps_bad_length(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_framed(evidence) || !evidence->connection)
        return false;
    struct sg_slice out = sg_bytes_slice(&evidence->connection->out);
    size_t whole;
    (void)count_frames(out, &whole);
    uint32_t length = sg_frame_length(sg_slice_skip(out, whole));
    if (length > evidence->assignment->longest_frame)
        return sg_say(ret,
                      "A length of %u bytes is more than a frame may have, and the %s kept the "
                      "connection open.",
                      length, evidence->program.name);
    if (whole == out.length)
        return false;
    return sg_say(ret, "The stream had ended inside a frame, and the %s kept the connection open.",
                  evidence->program.name);
}

enum { BYTES = SG_KIND(DATA) | SG_KIND(MESSAGE) };

static const struct sg_rule rows[] = {
    {SG_CODE_WRONG_BYTE_ORDER, BYTES, swapped_in_answer, "a length with its bytes swapped"},
    {SG_CODE_WRONG_BYTE_ORDER, SG_KIND(DATA) | SG_KIND(STILL_RUNS), swapped_in_wait,
     "a read of as many bytes as the swapped length says"},
    {SG_CODE_WRONG_BYTE_ORDER, SG_KIND(DATA) | SG_KIND(EXIT_STATUS) | SG_KIND(PRINTED),
     swapped_by_probe, "right with the bytes of the length in the other order"},
    {SG_CODE_WRONG_LENGTH, SG_KIND(DATA), signed_bytes,
     "right with a longer frame whose length has no byte above 0x7f"},
    {SG_CODE_SINGLE_RECV, SG_KIND(DATA) | SG_KIND(EXIT_STATUS) | SG_KIND(PRINTED), single_recv,
     "wrong with the frame in pieces, right with the same frame in one"},
    {SG_CODE_WRONG_LENGTH, BYTES, no_length, "the bytes of the frame without a length"},
    {SG_CODE_WRONG_LENGTH, BYTES, length_of_other_size,
     "the bytes of the frame behind fewer or more than four"},
    {SG_CODE_STOPS_AT_NUL, BYTES, stops_at_nul, "right exactly up to the first zero byte"},
    {SG_CODE_BUFFER_LIMIT, BYTES, buffer_limit, "right up to a buffer's size"},
    {SG_CODE_SINGLE_RECV, SG_KIND(DATA), answers_what_came, "a frame of what had arrived"},
    {SG_CODE_EXTRA_BYTES, BYTES, extra_in_frame, "a whole frame with the right bytes and more"},
    {SG_CODE_MESSAGE_NOT_SENT, SG_KIND(MESSAGE), sends_a_part,
     "a whole frame with a part of the message"},
    {SG_CODE_WRONG_LENGTH, BYTES, cut_to_16_bits, "a length without its upper bits"},
    {SG_CODE_WRONG_LENGTH, BYTES, wrong_length, "right bytes behind another length"},
    {SG_CODE_FRAMES_MERGED, SG_KIND(DATA), frames_merged,
     "the first frame of a segment came back, and what was behind it did not"},
    {SG_CODE_NEVER_CLOSES, SG_KIND(NOT_ENDED), keeps_bad_length,
     "no end after a length that is too large, or a stream that ended inside a frame"},
};

const struct sg_rules sg_rules_frame = {rows, SG_COUNT(rows)};
