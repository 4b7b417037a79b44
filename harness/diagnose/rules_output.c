/* SPDX-License-Identifier: MIT
 * What a client prints: nothing, a part of the answer, or something else. */
#include <string.h>

#include "base/language.h"
#include "diagnose/rules.h"

static bool must_be_exact(const struct sg_evidence *evidence)
{
    return evidence->step && evidence->step->action == SG_ACT_EXPECT_OUTPUT;
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

/* Each piece of the answer stands in the output, in order, and between them is more than there
 * was. */
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

/* The answer is a line that came behind others in one segment, and of those the first was printed. */
static bool printed_first_line(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_slice line_end = sg_slice_text("\n");
    const struct sg_connection *connection = evidence->connection;
    if (!connection || !connection->segment_count || must_be_exact(evidence))
        return false;
    const struct sg_segment *last = &connection->segments[connection->segment_count - 1];
    struct sg_slice segment =
        sg_slice_first(sg_slice_skip(sg_bytes_slice(&connection->out), last->start), last->length);
    size_t first = sg_slice_find(segment, line_end),
           at = sg_slice_find(segment, evidence->expected);
    if (!first || at == SIZE_MAX || first >= at || segment.data[at - 1] != '\n' ||
        sg_slice_find(evidence->got, sg_slice_first(segment, first)) == SIZE_MAX)
        return false;
    ret->advice =
        sg_strdup(_("Print every line that is there before you wait again: select() knows "
                    "nothing of what readline() or a buffer of yours has already taken "
                    "from the socket."));
    return sg_say(ret,
                  "Several lines came in one segment: the client printed the first of them and "
                  "not all of the others.");
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
        sg_slice_find(evidence->got, evidence->expected) != SIZE_MAX ||
        sg_slice_find(sg_bytes_slice(&printed), sg_bytes_slice(&wanted)) == SIZE_MAX)
        return false;
    return sg_say(ret, "The answer was printed with other line ends than it came with: it was read "
                       "as text, where \\r\\n becomes \\n.");
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

static bool has_above_ascii(struct sg_slice bytes)
{
    for (size_t i = 0; i < bytes.length; i++) {
        if (bytes.data[i] >= 0x80)
            return true;
    }
    return false;
}

/* … and is wrong where a byte is no text, or stops at the first such byte. */
static bool printed_as_text(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence);
    if (!must_be_exact(evidence) || right >= evidence->expected.length ||
        (right == evidence->got.length &&
         has_above_ascii(sg_slice_first(evidence->expected, right))))
        return false;
    uint8_t byte = evidence->expected.data[right];
    if (byte == 0)
        return false;
    return sg_is_no_text(byte) &&
           sg_say(ret, "The output is right up to offset %zu, where a byte stands that is no text.",
                  right);
}

/* It is still, and has printed the lines that came, and not what came behind the last line end. */
static bool printed_whole_lines(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence);
    struct sg_slice rest = sg_slice_skip(evidence->expected, right);
    if (!must_be_exact(evidence) || evidence->outcome != SG_OUTCOME_STILL || !right ||
        right != evidence->got.length || !rest.length ||
        evidence->expected.data[right - 1] != '\n' ||
        sg_slice_find(rest, sg_slice_text("\n")) != SIZE_MAX)
        return false;
    ret->advice = sg_strdup(
        _("Flush the output after each piece that you print: fflush(stdout), flush=True."));
    return sg_say(ret,
                  "The output ends with the last line end that came: the %zu bytes behind it wait "
                  "in a buffer for the end of their line.",
                  rest.length);
}

static bool printed_unknown_characters(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_is_but_for_unknown(evidence->expected, evidence->got))
        return false;
    ret->advice = sg_strdup(
        _("Collect the bytes, and decode them when all are there: a character may come in two "
          "pieces."));
    return sg_say(ret, "In the place of a character of several bytes the client printed U+FFFD: it "
                       "decoded a part of it by itself.");
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
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), printed_between,
     "an output that holds the pieces in order, and more between them"},
    {SG_CODE_SINGLE_RECV, SG_KIND(PRINTED), printed_first_piece,
     "the output holds the first piece of the answer alone"},
    {SG_CODE_FRAMES_MERGED, SG_KIND(PRINTED), printed_first_line,
     "an output that holds the first of the lines of a segment, and not a later one"},
    {SG_CODE_NO_OUTPUT, SG_KIND(PRINTED), no_output, "an empty output"},
    {SG_CODE_MISSING_END_MARK, SG_KIND(PRINTED), printed_without_mark,
     "an output that holds all of the answer but its end mark"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), printed_its_message,
     "an output that holds the message, and not the answer to it"},
    {SG_CODE_TEXT_ONLY, SG_KIND(PRINTED), printed_other_line_ends,
     "an output that holds the answer but for \\r"},
    {SG_CODE_TEXT_ONLY, SG_KIND(PRINTED), printed_unknown_characters,
     "an output that holds the answer but for U+FFFD in it"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), printed_whole_lines,
     "an exact output that lacks what came behind the last line end"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), printed_as_format,
     "an output that is right up to a percent sign"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(PRINTED), printed_more, "more than an output that is exact"},
    {SG_CODE_STOPS_AT_NUL, SG_KIND(PRINTED), printed_to_nul,
     "an exact output that is right up to a zero byte"},
    {SG_CODE_TEXT_ONLY, SG_KIND(PRINTED), printed_as_text,
     "an exact output that is right up to a byte that is no text"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(PRINTED), wrong_output, "its output"},
};

const struct sg_rules sg_rules_output = {rows, SG_COUNT(rows)};
