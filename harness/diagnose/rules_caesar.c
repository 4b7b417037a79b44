/* SPDX-License-Identifier: MIT
 * Wrong Caesar answers: what came is the right answer to another shift, or to other letters. */
#include <ctype.h>
#include <string.h>

#include "caesar/cipher.h"
#include "diagnose/rules.h"

/* The request that the failed expectation is about: what was sent, up to its end mark. */
static bool find_request(const struct sg_evidence *evidence, struct sg_slice *ret)
{
    if (!evidence->connection || !evidence->step ||
        !sg_data_of_form(evidence, &evidence->step->data, SG_DATA_CAESAR_ANSWER))
        return false;
    struct sg_slice out = sg_bytes_slice(&evidence->connection->out);
    size_t end = sg_slice_find(out, sg_slice_text("."));
    if (end == SIZE_MAX || end < CAESAR_HEADER_BYTES)
        return false;
    *ret = sg_slice_first(out, end + 1);
    return true;
}

typedef uint8_t translate(uint8_t byte, int shift);

/* Letter number `letter` (as C's % gives it, perhaps negative) of the alphabet that begins at `first`. */
static uint8_t letter_of(int first, int letter)
{
    unsigned byte = (unsigned)(first + letter);
    return (uint8_t)(byte & 0xff);
}

static uint8_t wrap(uint8_t byte, int shift)
{
    return byte >= 'a' && byte <= 'z' ? letter_of('a', (byte - 'a' + shift + 2600) % 26) : byte;
}

static uint8_t no_wrap(uint8_t byte, int shift)
{
    return byte >= 'a' && byte <= 'z' ? (uint8_t)(byte + shift) : byte;
}

/* C's % of a negative number is negative. */
static uint8_t wrong_modulo(uint8_t byte, int shift)
{
    return byte >= 'a' && byte <= 'z' ? letter_of('a', (byte - 'a' + shift) % 26) : byte;
}

static uint8_t capitals_too(uint8_t byte, int shift)
{
    return byte >= 'A' && byte <= 'Z' ? letter_of('A', (byte - 'A' + shift + 2600) % 26)
                                      : wrap(byte, shift);
}

/* Whether the answer is the request's text with every byte so translated. */
static bool is_translated(const struct sg_evidence *evidence, struct sg_slice text,
                          translate *function, int shift)
{
    if (evidence->got.length < text.length)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (evidence->got.data[i] != function(text.data[i], shift))
            return false;
    }
    return text.length > 1;
}

static int signed_shift(struct sg_slice request, int places)
{
    return request.data[0] == 'd' ? -places : places;
}

static bool has_digits(struct sg_slice request)
{
    return request.data[1] >= '0' && request.data[1] <= '9' && request.data[2] >= '0' &&
           request.data[2] <= '9';
}

static bool shift_direction(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice request;
    if (!find_request(evidence, &request))
        return false;
    int shift = caesar_shift((const char *)request.data);
    struct sg_slice text = sg_slice_skip(request, CAESAR_HEADER_BYTES);
    if (shift % 13 == 0 || !is_translated(evidence, text, wrap, 26 - shift))
        return false;
    return sg_say(ret, "The letters were shifted to the %s; '%c' shifts to the %s.",
                  request.data[0] == 'd' ? "right" : "left", request.data[0],
                  request.data[0] == 'd' ? "left" : "right");
}

static bool shift_wrap(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice request;
    if (!find_request(evidence, &request))
        return false;
    if (!has_digits(request))
        return false;
    int places = (request.data[1] - '0') * 10 + (request.data[2] - '0');
    int shift = signed_shift(request, places);
    struct sg_slice text = sg_slice_skip(request, CAESAR_HEADER_BYTES);
    if (places > 26 && is_translated(evidence, text, wrap, 0))
        return sg_say(ret, "A shift of %d, more than the alphabet has letters, changed nothing.",
                      places);
    if (!is_translated(evidence, text, no_wrap, shift) &&
        !is_translated(evidence, text, no_wrap, signed_shift(request, places % 26)) &&
        !is_translated(evidence, text, wrong_modulo, shift))
        return false;
    return sg_say(ret,
                  "Letters that were shifted past the end of the alphabet did not come in again "
                  "at its other end.");
}

static bool shift_digits(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice request;
    if (!find_request(evidence, &request))
        return false;
    int first = request.data[1] - '0', second = request.data[2] - '0';
    struct sg_slice text = sg_slice_skip(request, CAESAR_HEADER_BYTES);
    if (!has_digits(request))
        return false;
    if (first && is_translated(evidence, text, wrap, signed_shift(request, first)))
        return sg_say(ret, "Only the first digit of the shift %d%d was read.", first, second);
    if (first && is_translated(evidence, text, wrap, signed_shift(request, second)))
        return sg_say(ret, "Only the second digit of the shift %d%d was read.", first, second);
    if (second < 8 && first &&
        is_translated(evidence, text, wrap, signed_shift(request, first * 8 + second)))
        return sg_say(ret, "The shift %d%d was read as an octal number.", first, second);
    if (!first && second >= 8 && is_translated(evidence, text, wrap, 0))
        return sg_say(ret, "The shift %d%d was read as an octal number, which has no %d.", first,
                      second, second);
    return false;
}

/* A shift that is no number counts as 0, and not as that of the client before. */
static bool carries_shift(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice request;
    if (!find_request(evidence, &request))
        return false;
    struct sg_slice text = sg_slice_skip(request, CAESAR_HEADER_BYTES);
    for (size_t i = 0; i < evidence->connection_index && i < evidence->connection_count; i++) {
        const struct sg_connection *before = evidence->connections[i];
        if (before->out.length < CAESAR_HEADER_BYTES)
            continue;
        int shift = caesar_shift((const char *)before->out.data);
        if (!shift || !is_translated(evidence, text, wrap, shift))
            continue;
        return sg_say(ret, "The text was shifted by %d, as client %d had asked for.", shift,
                      before->number);
    }
    return false;
}

/* The digits that did not come with the first piece came back as text. */
static bool header_cut(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice request;
    const struct sg_connection *connection = evidence->connection;
    if (!find_request(evidence, &request) || connection->segment_count < 2)
        return false;
    size_t first = connection->segments[0].length;
    if (first >= CAESAR_HEADER_BYTES)
        return false;
    struct sg_slice rest = sg_slice_skip(sg_slice_first(request, CAESAR_HEADER_BYTES), first);
    if (sg_slice_common(evidence->got, rest) < rest.length)
        return false;
    return sg_say(ret, "The first piece (%zu byte%s) was taken for the whole header.", first,
                  first == 1 ? "" : "s");
}

static bool header_returned(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice request;
    if (!find_request(evidence, &request) || evidence->got.length < request.length)
        return false;
    struct sg_slice rest = sg_slice_skip(evidence->got, CAESAR_HEADER_BYTES);
    if (!sg_slice_equal(sg_slice_first(rest, evidence->expected.length), evidence->expected))
        return false;
    return sg_say(ret, "The three bytes of the header came back in front of the text.");
}

static bool touches_other_bytes(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice request;
    if (!find_request(evidence, &request))
        return false;
    int shift = caesar_shift((const char *)request.data);
    struct sg_slice text = sg_slice_skip(request, CAESAR_HEADER_BYTES);
    if (is_translated(evidence, text, capitals_too, shift))
        return sg_say(ret, "Capital letters were shifted too.");
    if (evidence->got.length < text.length)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        uint8_t byte = text.data[i];
        bool letter = byte >= 'a' && byte <= 'z';
        if (letter && evidence->got.data[i] != wrap(byte, shift))
            return false;
    }
    size_t at = sg_right_bytes(evidence);
    return at < text.length &&
           sg_say(ret, "Byte %zu, 0x%02x, is no letter from a to z and was changed.", at,
                  text.data[at]);
}

static const struct sg_rule rows[] = {
    {SG_CODE_HEADER_RETURNED, SG_KIND(DATA), header_returned, "three bytes, then the right answer"},
    {SG_CODE_SINGLE_RECV, SG_KIND(DATA), header_cut,
     "what followed the first piece of the header came back as text"},
    {SG_CODE_CARRIES_OVER, SG_KIND(DATA), carries_shift,
     "the answer to the shift of a client before"},
    {SG_CODE_SHIFT_DIRECTION, SG_KIND(DATA), shift_direction, "the answer to the other direction"},
    {SG_CODE_SHIFT_DIGITS, SG_KIND(DATA), shift_digits,
     "the answer to one of its digits, or octal"},
    {SG_CODE_SHIFT_WRAP, SG_KIND(DATA), shift_wrap, "the answer without wrapping around"},
    {SG_CODE_TOUCHES_OTHER_BYTES, SG_KIND(DATA), touches_other_bytes,
     "the letters a to z are right, others are changed"},
};

const struct sg_rules sg_rules_caesar = {rows, SG_COUNT(rows)};
