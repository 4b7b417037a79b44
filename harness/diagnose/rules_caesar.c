/* SPDX-License-Identifier: MIT
 * Wrong Caesar answers: what came is the right answer to another shift, or to other letters. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
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

/* Letter number `letter` (as C's % gives it, perhaps negative) of the alphabet that begins at
 * `first`. */
static uint8_t letter_of(int first, int letter)
{
    unsigned byte = (unsigned)(first + letter);
    return (uint8_t)(byte & 0xff);
}

static uint8_t wrap(uint8_t byte, int shift)
{
    return byte >= 'a' && byte <= 'z' ? letter_of('a', (byte - 'a' + shift + 2600) % 26) : byte;
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

static bool has_digits(struct sg_slice request)
{
    return request.length >= CAESAR_HEADER_BYTES && isdigit(request.data[1]) &&
           isdigit(request.data[2]);
}

static int signed_shift(struct sg_slice request, int places)
{
    return request.data[0] == 'd' ? -places : places;
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
                  request.data[0] == 'd' ? _("right") : _("left"), request.data[0],
                  request.data[0] == 'd' ? _("left") : _("right"));
}

/* The letters that the shift leaves within the alphabet are right, or there are none, and those
 * that it takes beyond are not. */
static bool is_wrong_beyond_end(const struct sg_evidence *evidence, struct sg_slice text, int shift)
{
    size_t wrong = 0;
    if (evidence->got.length < text.length)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        uint8_t byte = text.data[i], got = evidence->got.data[i];
        bool letter = byte >= 'a' && byte <= 'z';
        bool beyond = letter && (byte + shift < 'a' || byte + shift > 'z');
        bool right = got == wrap(byte, shift);
        if (!right && !beyond)
            return false;
        wrong += !right;
    }
    return wrong > 0;
}

static bool shift_wrap(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice request;
    if (!find_request(evidence, &request))
        return false;
    int places = (request.data[1] - '0') * 10 + (request.data[2] - '0');
    int shift = signed_shift(request, places);
    struct sg_slice text = sg_slice_skip(request, CAESAR_HEADER_BYTES);
    if (!has_digits(request))
        return false;
    if (places > 26 && is_translated(evidence, text, wrap, 0))
        return sg_say(ret, "A shift of %d, more than the alphabet has letters, changed nothing.",
                      places);
    if (places > 26 && is_wrong_beyond_end(evidence, text, shift))
        return sg_say(ret,
                      "A shift of %d, more than the alphabet has letters, was not taken "
                      "modulo 26.",
                      places);
    if (!is_wrong_beyond_end(evidence, text, shift))
        return false;
    return sg_say(ret,
                  "Letters that were shifted past the end of the alphabet did not come in again "
                  "at its other end.");
}

/* The number that all digits from the shift on make; those of the text are no part of it. */
static int all_digits(struct sg_slice request)
{
    enum { MOST = 100000 };
    int number = 0;
    for (size_t i = 1; i < request.length && isdigit(request.data[i]) && number < MOST; i++)
        number = number * 10 + request.data[i] - '0';
    return number;
}

static bool shift_digits(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice request;
    if (!find_request(evidence, &request) || !has_digits(request))
        return false;
    int first = request.data[1] - '0', second = request.data[2] - '0';
    struct sg_slice text = sg_slice_skip(request, CAESAR_HEADER_BYTES);
    bool by_first = first && is_translated(evidence, text, wrap, signed_shift(request, first));
    bool by_second = first && is_translated(evidence, text, wrap, signed_shift(request, second));
    if (by_first || by_second)
        return sg_say(ret, "Only %s digit of the shift %d%d was read.",
                      !by_second  ? _("the first")
                      : !by_first ? _("the second")
                                  : _("one"),
                      first, second);
    if (second < 8 && first &&
        is_translated(evidence, text, wrap, signed_shift(request, first * 8 + second)))
        return sg_say(ret, "The shift %d%d was read as an octal number.", first, second);
    int all = all_digits(request);
    if (all != first * 10 + second &&
        is_translated(evidence, text, wrap, signed_shift(request, all % 26)))
        return sg_say(ret, "The shift %d%d was read on into the text: as %d.", first, second, all);
    if (!first && second >= 8 && is_translated(evidence, text, wrap, 0))
        return sg_say(ret, "The shift %d%d was read as an octal number, which has no %d.", first,
                      second, second);
    return false;
}

/* A digit was taken for the shift, and what stands behind it left out: parseInt(), strtol(). */
static bool shift_of_one_digit(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice request;
    if (!find_request(evidence, &request) || has_digits(request) || !isdigit(request.data[1]))
        return false;
    int first = request.data[1] - '0';
    if (!first || !is_translated(evidence, sg_slice_skip(request, CAESAR_HEADER_BYTES), wrap,
                                 signed_shift(request, first)))
        return false;
    return sg_say(
        ret, "The text was shifted by %d; the shift '%.2s' is not two digits, and counts as 0.",
        first, (const char *)request.data + 1);
}

/* Something else than 0 was made of a shift that is no number. */
static bool shift_of_no_number(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice request;
    if (!find_request(evidence, &request) || has_digits(request))
        return false;
    struct sg_slice text = sg_slice_skip(request, CAESAR_HEADER_BYTES);
    for (int places = 1; places < 26; places++) {
        if (!is_translated(evidence, text, wrap, signed_shift(request, places)))
            continue;
        return sg_say(
            ret, "The text was shifted by %d; the shift '%.2s' is not two digits, and counts as 0.",
            places, (const char *)request.data + 1);
    }
    return false;
}

static int signed_places(struct sg_slice request)
{
    return has_digits(request)
               ? signed_shift(request, (request.data[1] - '0') * 10 + (request.data[2] - '0'))
               : 0;
}

/* A request was answered with the shift of a client before. */
static bool shift_carried_over(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice request;
    if (!find_request(evidence, &request))
        return false;
    struct sg_slice text = sg_slice_skip(request, CAESAR_HEADER_BYTES);
    int own = signed_places(request);
    for (size_t i = 0; i < evidence->connection_index && i < evidence->connection_count; i++) {
        struct sg_slice other = sg_bytes_slice(&evidence->connections[i]->out);
        if (other.length < CAESAR_HEADER_BYTES || !has_digits(other))
            continue;
        int whole = signed_places(other); /* with its direction, or in the request's own */
        int turned = request.data[0] == other.data[0] ? whole : -whole;
        if (((whole - own) % 26 == 0 || !is_translated(evidence, text, wrap, whole)) &&
            ((turned - own) % 26 == 0 || !is_translated(evidence, text, wrap, turned)))
            continue;
        return sg_say(ret, "The text of client %d was shifted by %d, the shift of client %d.",
                      evidence->connection->number, abs(whole), evidence->connections[i]->number);
    }
    return false;
}

/* From the first byte that is wrong, the text is translated with this shift. */
static bool goes_on_with(const struct sg_evidence *evidence, struct sg_slice text, int shift)
{
    enum { LEAST = 2 };
    size_t right = sg_right_bytes(evidence), i = right;
    while (i < text.length && i < evidence->got.length &&
           evidence->got.data[i] == wrap(text.data[i], shift))
        i++;
    return i == text.length && i - right >= LEAST;
}

/* A request is translated with the shift of a client that spoke in the middle of it. */
static bool shift_of_another(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice request;
    if (!find_request(evidence, &request))
        return false;
    struct sg_slice text = sg_slice_skip(request, CAESAR_HEADER_BYTES);
    for (size_t i = 0; i < evidence->connection_count; i++) {
        const struct sg_connection *other = evidence->connections[i];
        struct sg_slice out = sg_bytes_slice(&other->out);
        if (!sg_is_another_client(evidence, other) || !has_digits(out))
            continue;
        int whole = signed_places(out); /* with its direction, or in the request's own */
        int turned = request.data[0] == out.data[0] ? whole : -whole;
        if (!goes_on_with(evidence, text, whole) && !goes_on_with(evidence, text, turned))
            continue;
        return sg_say(ret,
                      "From offset %zu on the text of client %d was shifted by %d, the shift of "
                      "client %d.",
                      sg_right_bytes(evidence), evidence->connection->number, abs(whole),
                      other->number);
    }
    return false;
}

/* Behind the answer came what followed the end mark: translated with the same shift, or taken for a
 * request of its own. */
static bool answers_the_rest(const struct sg_evidence *evidence, bool of_its_own)
{
    const struct sg_connection *connection = evidence->connection;
    struct sg_slice extra = evidence->got;
    if (!connection || evidence->expected.length || !extra.length)
        return false;
    struct sg_slice request = sg_bytes_slice(&connection->out);
    size_t end = sg_slice_find(request, sg_slice_text("."));
    if (end == SIZE_MAX || end < CAESAR_HEADER_BYTES)
        return false;
    struct sg_slice rest = sg_slice_skip(request, end + 1);
    if (of_its_own) {
        if (rest.length < CAESAR_HEADER_BYTES)
            return false;
        request = rest;
        rest = sg_slice_skip(rest, CAESAR_HEADER_BYTES);
    }
    int shift = caesar_shift((const char *)request.data);
    for (size_t i = 0; i < extra.length; i++) {
        if (i >= rest.length || extra.data[i] != wrap(rest.data[i], shift))
            return false;
    }
    return true;
}

static bool is_caesar(const struct sg_evidence *evidence)
{
    return sg_data_of_form(evidence,
                           sg_assignment_data(evidence->assignment, evidence->one, "answer"),
                           SG_DATA_CAESAR_ANSWER);
}

static bool rest_translated(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return is_caesar(evidence) && answers_the_rest(evidence, false) &&
           sg_say(ret, "What followed the end mark (%zu bytes) was translated and sent as well.",
                  evidence->got.length);
}

static bool rest_is_next_request(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return is_caesar(evidence) && sg_is_open(evidence) && answers_the_rest(evidence, true) &&
           sg_say(ret, "The server did not close after its answer: it took what followed the end "
                       "mark for a request of its own, and answered it.");
}

static bool answers_once_more(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return is_caesar(evidence) && answers_the_rest(evidence, true) &&
           sg_say(ret, "Before it closed, the server took what followed the end mark for a "
                       "request of its own, and answered it.");
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
    bool lost_as_text = at < text.length && text.data[at] >= 0x80 && /* see text-only */
                        strchr("?\xef\xc2\xc3", evidence->got.data[at]);
    return at < text.length && !lost_as_text &&
           sg_say(ret, "Byte %zu, 0x%02x, is no letter from a to z and was changed.", at,
                  text.data[at]);
}

/* The client's request is to be translated by us. */
static bool is_request(const struct sg_evidence *evidence)
{
    const struct sg_steps *play = &evidence->one->play;
    for (size_t i = 0; i < play->count; i++) {
        if (play->items[i].action == SG_ACT_SEND &&
            sg_data_of_form(evidence, &play->items[i].data, SG_DATA_CAESAR_ANSWER))
            return true;
    }
    return false;
}

static bool sends_other_bytes_changed(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice wanted = evidence->expected, got = evidence->got;
    size_t at = sg_right_bytes(evidence);
    if (!is_request(evidence) || at < CAESAR_HEADER_BYTES || at >= wanted.length ||
        got.length != wanted.length)
        return false;
    for (size_t i = CAESAR_HEADER_BYTES; i < wanted.length; i++) {
        if (wanted.data[i] >= 'a' && wanted.data[i] <= 'z' && got.data[i] != wanted.data[i])
            return false;
    }
    return wanted.data[at] < 0x80 && /* see text-only */
           sg_say(
               ret,
               "Byte %zu of the request, 0x%02x, is no letter from a to z and was changed before "
               "it was sent.",
               at, wanted.data[at]);
}

/* The other mode before the right shift and text. */
static bool sends_other_mode(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice wanted = evidence->expected, got = evidence->got;
    if (!is_request(evidence) || !got.length || got.length != wanted.length ||
        got.data[0] == wanted.data[0] || (got.data[0] != 'e' && got.data[0] != 'd') ||
        !sg_slice_equal(sg_slice_skip(got, 1), sg_slice_skip(wanted, 1)))
        return false;
    return sg_say(ret, "The client sent the mode '%c' where it was given '%c'.", got.data[0],
                  wanted.data[0]);
}

/* Between the right mode and the right text there are digits, but not the two of the shift. */
static bool sends_other_digits(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice wanted = evidence->expected, got = evidence->got;
    struct sg_slice text = sg_slice_skip(wanted, CAESAR_HEADER_BYTES);
    if (!is_request(evidence) || got.length <= text.length + 1 || got.data[0] != wanted.data[0] ||
        !sg_slice_equal(sg_slice_skip(got, got.length - text.length), text))
        return false;
    struct sg_slice digits = sg_slice_first(sg_slice_skip(got, 1), got.length - text.length - 1);
    for (size_t i = 0; i < digits.length; i++) {
        if (!isdigit(digits.data[i]))
            return false;
    }
    return sg_say(ret, "The client sent the shift as '%.*s' where it is '%.2s'.",
                  (int)digits.length, (const char *)digits.data, (const char *)wanted.data + 1);
}

static const struct sg_rule rows[] = {
    {SG_CODE_HEADER_RETURNED, SG_KIND(DATA), header_returned, "three bytes, then the right answer"},
    {SG_CODE_FRAMES_MERGED, SG_KIND(EXTRA), rest_translated, "the answer to what follows its end"},
    {SG_CODE_NEVER_CLOSES, SG_KIND(EXTRA), rest_is_next_request, "the answer to a second request"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(EXTRA), answers_once_more,
     "the answer to a second request, and the end"},
    {SG_CODE_SHIFT_DIRECTION, SG_KIND(DATA), shift_direction, "the answer to the other direction"},
    {SG_CODE_SHIFT_DIGITS, SG_KIND(DATA), shift_digits,
     "the answer to one of its digits, or octal"},
    {SG_CODE_CARRIES_OVER, SG_KIND(DATA), shift_carried_over,
     "the answer to the shift of a client before"},
    {SG_CODE_MIXES_CLIENTS, SG_KIND(DATA), shift_of_another,
     "from some offset on the answer to the shift of another client"},
    {SG_CODE_SHIFT_DIGITS, SG_KIND(DATA), shift_of_one_digit,
     "the answer to its first digit, where the second is none"},
    {SG_CODE_WRONG_DATA, SG_KIND(DATA), shift_of_no_number,
     "the answer to another shift than 0, where the shift is no number"},
    {SG_CODE_SHIFT_WRAP, SG_KIND(DATA), shift_wrap, "the answer without wrapping around"},
    {SG_CODE_TOUCHES_OTHER_BYTES, SG_KIND(DATA), touches_other_bytes,
     "the letters a to z are right, others are changed"},
    {SG_CODE_SHIFT_DIRECTION, SG_KIND(MESSAGE), sends_other_mode,
     "the request with the other mode"},
    {SG_CODE_SHIFT_DIGITS, SG_KIND(MESSAGE), sends_other_digits,
     "the request with other digits than the two of its shift"},
    {SG_CODE_TOUCHES_OTHER_BYTES, SG_KIND(MESSAGE), sends_other_bytes_changed,
     "in the request the letters a to z are right, others are changed"},
};

const struct sg_rules sg_rules_caesar = {rows, SG_COUNT(rows)};
