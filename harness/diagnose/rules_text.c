/* SPDX-License-Identifier: MIT
 * Rules of bytes that were handled as text: changed, left out, or taken for an end. */
#include "base/language.h"
#include "base/table.h"
#include "diagnose/rules.h"

/* The character of Latin-1 that two bytes of UTF-8 stand for; 0: none. */
static uint8_t latin1_character(struct sg_slice text)
{
    if (text.length < 2 || (text.data[0] & 0xfc) != 0xc0 || (text.data[1] & 0xc0) != 0x80)
        return 0;
    return (uint8_t)((text.data[0] & 0x03) << 6 | (text.data[1] & 0x3f));
}

/* The first byte that should have come is a NUL, or is behind the first one: strlen(), or one
 * more. */
static bool stops_at_nul(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice nul = {(const uint8_t *)"", 1};
    size_t right = sg_right_bytes(evidence);
    size_t first = sg_slice_find(evidence->expected, nul);
    if (evidence->assignment->longest_frame ||
        (evidence->assignment->transport == SG_TRANSPORT_UDP && !evidence->datagram))
        return false;
    bool with_it = right == first + 1;
    if (first == SIZE_MAX || right == 0 || (right != first && !with_it) ||
        right == evidence->expected.length)
        return false;
    if (right == evidence->got.length)
        return sg_say(ret, "The data ended %s its first zero byte, at offset %zu.",
                      with_it ? _("with") : _("at"), first);
    return right == first && sg_goes_on_further_on(evidence) &&
           sg_say(ret,
                  "The data broke off at its first zero byte, at offset %zu, and went on with what "
                  "was read next.",
                  first);
}

static const uint8_t unknown[] = {0xef, 0xbf, 0xbd}; /* U+FFFD */

/* What those who handle bytes as text put in the place of one that is none: a question mark,
 * U+FFFD, the same character in Latin-1 or in UTF-8, or its lower seven bits. */
static bool is_replaced(struct sg_slice expected, struct sg_slice got)
{
    uint8_t wanted = expected.data[0], latin1 = latin1_character(expected);
    const uint8_t pair[] = {(uint8_t)(0xc0 | wanted >> 6), (uint8_t)(0x80 | (wanted & 0x3f))};
    if (wanted < 0x80)
        return false;
    return (got.length && (got.data[0] == '?' || got.data[0] == (wanted & 0x7f) ||
                           (latin1 && got.data[0] == latin1))) ||
           sg_slice_common(got, (struct sg_slice){unknown, 3}) == 3 ||
           sg_slice_common(got, (struct sg_slice){pair, 2}) == 2;
}

/* What is between and behind the bytes of a sort has come: they are missing, or are other line
 * ends. Where nothing is behind them, only line ends are known to be stripped: anything may be cut
 * off. */
static bool goes_on_behind(struct sg_slice wanted, struct sg_slice got, bool (*of_sort)(uint8_t))
{
    enum { LEAST = 2 };
    bool line_ends = true;
    size_t same = 0;
    if (!wanted.length || !of_sort(wanted.data[0]))
        return false;
    while (got.length && sg_is_line_end(got.data[0]))
        got = sg_slice_skip(got, 1);
    for (; wanted.length && same < LEAST; wanted = sg_slice_skip(wanted, 1)) {
        if (of_sort(wanted.data[0])) {
            line_ends = line_ends && sg_is_line_end(wanted.data[0]);
            continue;
        }
        if (same == got.length || got.data[same] != wanted.data[0])
            return false;
        same++;
    }
    return same || (!got.length && line_ends);
}

static bool is_left_out(struct sg_slice wanted, struct sg_slice got)
{
    return goes_on_behind(wanted, got, sg_is_no_text) ||
           goes_on_behind(wanted, got, sg_is_line_end);
}

/* What getchar() returns for it, put into a char, is EOF. */
static bool ends_at_ff(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    static const uint8_t ff = 0xff;
    size_t right = sg_right_bytes(evidence);
    if (right == 0 || right < evidence->got.length || sg_is_open(evidence) ||
        sg_slice_find(evidence->expected, (struct sg_slice){&ff, 1}) != right)
        return false;
    return sg_say(
        ret, "The data ended at its first byte 0xff, at offset %zu: it was taken for EOF.", right);
}

/* Where both have differed from, if they do at `at`: U+FFFD begins as what it stands for may. */
static size_t begin_of_unknown(struct sg_slice got, size_t at)
{
    for (size_t back = 1; back < sizeof unknown && back <= at; back++) {
        struct sg_slice before = sg_slice_skip(got, at - back);
        if (sg_slice_common(before, (struct sg_slice){unknown, sizeof unknown}) == sizeof unknown)
            return at - back;
    }
    return at;
}

static bool text_only(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (sg_reports_encoding(evidence))
        return sg_say(ret, "The %s took the bytes for text, and they are none.",
                      evidence->program.name);
    /* A length in front is not text, and where bytes are left out it differs as well. */
    size_t header = evidence->assignment->longest_frame ? SG_FRAME_HEADER : 0;
    struct sg_slice wanted = sg_slice_skip(evidence->expected, header);
    struct sg_slice came = sg_slice_skip(evidence->got, header);
    size_t at = begin_of_unknown(came, sg_slice_common(wanted, came));
    if (at >= wanted.length || evidence->got.length < header)
        return false;
    wanted = sg_slice_skip(wanted, at);
    came = sg_slice_skip(came, at);
    /* What a buffer cuts off may happen to be a line end. */
    if (!came.length && at >= SG_SMALLEST_BUFFER && sg_is_buffer_size(at))
        return false;
    /* It was cut off, and the end mark put behind it. */
    if (came.length && wanted.length > SG_SMALLEST_BUFFER &&
        sg_slice_equal(came, evidence->assignment->mark))
        return false;
    /* An end mark that is a line end, and is missing, is another matter. */
    if (!came.length && evidence->assignment->mark.length &&
        sg_slice_equal(wanted, evidence->assignment->mark))
        return false;
    if (!sg_is_no_text(wanted.data[0]) ||
        (!is_replaced(wanted, came) && !is_left_out(wanted, came)))
        return false;
    return sg_say(ret,
                  "Byte 0x%02x at offset %zu was changed or left out: the data was handled as "
                  "text.",
                  wanted.data[0], header + at);
}

/* No byte is known to be changed, but with none above 0x7f all is right. */
static bool wants_ascii(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!evidence->passes_with[SG_PROBE_ASCII])
        return false;
    sg_diagnosis_add(ret, 0,
                     "tried again with '#' in the place of each byte above 0x7f: then it is right");
    if (evidence->got.length && sg_is_short(evidence))
        return sg_say(ret,
                      "With bytes above 0x7f in the message only %zu of %zu bytes of the answer "
                      "came.",
                      evidence->got.length, evidence->expected.length);
    if (evidence->got.length)
        return sg_say(ret,
                      "With bytes above 0x7f in the message the answer is wrong from offset %zu.",
                      sg_right_bytes(evidence));
    return sg_say(ret, "A message with bytes above 0x7f in it is not answered.");
}

enum { BYTES = SG_KIND(DATA) | SG_KIND(MESSAGE) };

/* strip(), split(), scanf("%s") */
static bool leaves_out_blanks(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t left_out = sg_blanks_left_out(evidence);
    return left_out && sg_say(ret,
                              "%zu of the blanks and line ends are missing, the first at offset "
                              "%zu: the data was handled as text.",
                              left_out, sg_right_bytes(evidence));
}

static const struct sg_rule rows[] = {
    {SG_CODE_TEXT_ONLY, BYTES, text_only, "the byte that was changed, or the runtime's report"},
    {SG_CODE_TEXT_ONLY, SG_KIND(DATA), leaves_out_blanks, "all that is due but some of its blanks"},
    {SG_CODE_TEXT_ONLY, SG_KIND(DATA), ends_at_ff, "right exactly up to the first byte 0xff"},
    {SG_CODE_STOPS_AT_NUL, BYTES, stops_at_nul, "right exactly up to the first zero byte"},
    {SG_CODE_TEXT_ONLY, SG_KIND(DATA), wants_ascii, "right where no byte is above 0x7f"},
};

const struct sg_rules sg_rules_text = {rows, SG_COUNT(rows)};
