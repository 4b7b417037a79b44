/* SPDX-License-Identifier: MIT
 * What a program has written into a file: pieces that stand there twice, or late, or not at all. */
#include <string.h>

#include "base/language.h"
#include "diagnose/rules.h"

enum {
    LEAST = 8,
    MOST_DATA_BYTES = 1024
}; /* of a piece that is recognised; of a datagram's data */

static bool no_file(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->no_file)
        return sg_say(ret, "There is no file '%s': nothing was written.", evidence->step->file);
    return sg_is_server(evidence) && !evidence->got.length && evidence->expected.length &&
           sg_say(ret,
                  "The file '%s' is empty: nothing was written, or it lies in a buffer that was "
                  "never flushed.",
                  evidence->step->file);
}

/* Behind the right beginning stands a piece from further up: where in `expected` it begins, and how
 * long it is. False where there is none. */
static bool find_repeated(const struct sg_evidence *evidence, size_t *ret_start, size_t *ret_length)
{
    size_t right = sg_right_bytes(evidence);
    struct sg_slice rest = sg_slice_skip(evidence->got, right);
    struct sg_slice before = sg_slice_first(evidence->expected, right);
    if (rest.length < LEAST)
        return false;
    /* The bytes in which the repeated piece and what is expected agree by chance are of the
     * piece. */
    for (size_t back = 0; back < LEAST && back < right; back++) {
        struct sg_slice from = sg_slice_skip(evidence->got, right - back);
        size_t at = sg_slice_find(before, sg_slice_first(from, LEAST));
        if (at == SIZE_MAX || at + LEAST > right - back)
            continue;
        *ret_start = at;
        *ret_length = sg_slice_common(from, sg_slice_skip(evidence->expected, at));
        return true;
    }
    return false;
}

static bool duplicate_delivered(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t start, length, right = sg_right_bytes(evidence);
    if (!sg_is_server(evidence) || !find_repeated(evidence, &start, &length) ||
        start + length + LEAST < right)
        return false;
    return sg_say(ret,
                  "The %zu bytes from offset %zu on stand twice in the file, one behind the "
                  "other.",
                  right - start, start);
}

/* All of a short file, and its end once more. */
static bool end_delivered_twice(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence), more = evidence->got.length - right;
    if (!sg_is_server(evidence) || right < evidence->expected.length || more == 0 || more > right ||
        !sg_slice_equal(sg_slice_skip(evidence->got, right),
                        sg_slice_skip(evidence->expected, right - more)))
        return false;
    return sg_say(ret, "The last %zu byte%s of the file stand in it twice.", more,
                  sg_plural_end(more));
}

static bool old_one_delivered(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t start, length;
    if (!sg_is_server(evidence) || !find_repeated(evidence, &start, &length))
        return false;
    return sg_say(ret,
                  "At offset %zu the file holds what belongs to offset %zu: an old datagram that "
                  "came late was written.",
                  sg_right_bytes(evidence), start);
}

static bool writes_strangers(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice rest = sg_slice_skip(evidence->got, sg_right_bytes(evidence));
    if (!sg_is_server(evidence) || rest.length < LEAST)
        return false;
    for (size_t i = 1; i < evidence->socket_count; i++) {
        const struct sg_datagram_end *socket = evidence->sockets[i];
        struct sg_slice out = sg_bytes_slice(&socket->out);
        if (socket->peer && strcmp(socket->peer, SG_RELAY_NAME) != 0 &&
            sg_slice_find(out, sg_slice_first(rest, LEAST)) != SIZE_MAX)
            return sg_say(ret, "At offset %zu the file holds what a stranger sent.",
                          sg_right_bytes(evidence));
    }
    return false;
}

/* How many bytes of `expected` are missing behind the right ones, where what follows them is
 * there. */
static size_t missing(const struct sg_evidence *evidence)
{
    size_t right = sg_right_bytes(evidence);
    struct sg_slice rest = sg_slice_skip(evidence->got, right);
    struct sg_slice wanted = sg_slice_skip(evidence->expected, right);
    if (rest.length < wanted.length &&
        sg_slice_equal(sg_slice_skip(wanted, wanted.length - rest.length), rest))
        return wanted.length - rest.length;
    size_t at = rest.length < LEAST ? SIZE_MAX : sg_slice_find(wanted, sg_slice_first(rest, LEAST));
    return at == SIZE_MAX ? 0 : at;
}

/* A few bytes are missing at the end of each full datagram: there was no room for the number. */
static bool truncates(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence), gap = missing(evidence);
    bool at_end = (right + gap) % MOST_DATA_BYTES == 0 || right + gap == evidence->expected.length;
    if (!sg_is_server(evidence) || !gap || !right || gap > MOST_DATA_BYTES / 2 || !at_end ||
        right % MOST_DATA_BYTES == 0 || evidence->expected.data[right] == 0)
        return false;
    return sg_say(ret, "The last %zu bytes of a datagram are missing in the file.", gap);
}

static bool stops_at_nul(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence);
    return sg_is_server(evidence) && !evidence->no_file && right < evidence->expected.length &&
           evidence->expected.data[right] == 0 && missing(evidence) &&
           sg_say(ret, "The data ended at its first zero byte, at offset %zu.", right);
}

static bool writes_number(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice first = sg_slice_first(evidence->expected, LEAST);
    return sg_is_server(evidence) && first.length &&
           sg_slice_find(evidence->got, first) == SG_NUMBER_BYTES &&
           sg_say(ret, "In front of the data the file holds the %d bytes of its number.",
                  SG_NUMBER_BYTES);
}

static bool writes_more(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence);
    return sg_is_server(evidence) && right == evidence->expected.length &&
           sg_say(ret, "Behind the right %zu bytes the file holds %zu more.", right,
                  evidence->got.length - right);
}

/* Bytes that are no characters came right before: who handles them as text changes the first. Line
 * ends, of which some are changed only as pairs, tell nothing. */
static bool lets_bytes_pass(struct sg_slice right)
{
    enum { A_FEW = 16 }; /* may happen to be characters of UTF-8 */
    size_t high = 0;
    for (size_t i = 0; i < right.length; i++)
        high += right.data[i] >= 0x80;
    return high > A_FEW;
}

static bool writes_text(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence);
    return sg_is_server(evidence) && right < evidence->expected.length &&
           right < evidence->got.length &&
           (sg_is_line_end(evidence->expected.data[right]) ||
            !lets_bytes_pass(sg_slice_first(evidence->expected, right))) &&
           (sg_is_no_text(evidence->expected.data[right]) ||
            sg_is_no_text(evidence->got.data[right])) &&
           sg_say(ret, "The file is right up to the byte 0x%02x at offset %zu, which is no text.",
                  (unsigned)evidence->expected.data[right], right);
}

static bool changes_text(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return evidence->got.length == evidence->expected.length && writes_text(evidence, ret);
}

static bool writes_other(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence);
    if (!sg_is_server(evidence))
        return false;
    if (right < evidence->got.length)
        return sg_say(ret, "The file is right up to offset %zu, and not from there.", right);
    return sg_say(ret, "The file holds %zu of %zu bytes.", right, evidence->expected.length);
}

static bool sends_a_part(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (sg_right_bytes(evidence) < evidence->got.length)
        return false;
    return sg_say(ret, "Of a file of %zu bytes the client sent %zu.", evidence->expected.length,
                  evidence->got.length);
}

static bool sends_other(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return sg_say(ret,
                  "The reference server received the file right up to offset %zu, and not from "
                  "there.",
                  sg_right_bytes(evidence));
}

static const struct sg_rule rows[] = {
    {SG_CODE_STOPS_AT_NUL, SG_KIND(FILE), stops_at_nul, "right up to the first zero byte"},
    {SG_CODE_NO_OUTPUT, SG_KIND(FILE), no_file, "no file, or an empty one"},
    {SG_CODE_TEXT_ONLY, SG_KIND(FILE), changes_text,
     "as many bytes as there should be, one that is no text changed"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(FILE), writes_number, "four bytes in front of the data"},
    {SG_CODE_ACCEPTS_STRANGER, SG_KIND(FILE), writes_strangers, "what another client sent"},
    {SG_CODE_DUPLICATE_DELIVERED, SG_KIND(FILE), duplicate_delivered,
     "a piece of the file, and the same behind it"},
    {SG_CODE_DUPLICATE_DELIVERED, SG_KIND(FILE), end_delivered_twice,
     "all of the file, and its end behind it"},
    {SG_CODE_OUT_OF_ORDER_DELIVERED, SG_KIND(FILE), old_one_delivered,
     "a piece of the file again, behind a later one"},
    {SG_CODE_TRUNCATES_DATAGRAM, SG_KIND(FILE), truncates, "all but the end of a full datagram"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(FILE), writes_more, "all of the file, and more"},
    {SG_CODE_TEXT_ONLY, SG_KIND(FILE), writes_text, "right up to a byte that is no text"},
    {SG_CODE_WRONG_OUTPUT, SG_KIND(FILE), writes_other, "what the file holds"},
    {SG_CODE_MESSAGE_NOT_SENT, SG_KIND(FILE), sends_a_part, "the beginning of the file alone"},
    {SG_CODE_WRONG_DATA, SG_KIND(FILE), sends_other, "what the reference server wrote"},
};

const struct sg_rules sg_rules_file = {rows, SG_COUNT(rows)};
