/* SPDX-License-Identifier: MIT
 * Files over datagrams that have a number: what was not sent again, not acknowledged again, or written
 * although it was old. */
#include <string.h>
#include <sys/wait.h>

#include "diagnose/rules.h"
#include "spec/data.h"

enum {
    LEAST = 8,
    MOST_DATA_BYTES = 1024
}; /* of a piece that is recognised; of a datagram's data */

static bool is_numbered(const struct sg_evidence *evidence)
{
    return evidence->step && evidence->socket &&
           sg_data_of_form(evidence, &evidence->step->data, SG_DATA_NUMBERED);
}

static bool is_server(const struct sg_evidence *evidence)
{
    return evidence->one->role == SG_ROLE_SERVER;
}

static uint32_t read_number(struct sg_slice datagram)
{
    return sg_frame_length(datagram); /* four bytes, big-endian, as a frame's length */
}

/* Datagrams with the expected number that were right before. */
static size_t times_before(const struct sg_evidence *evidence)
{
    size_t times = 0;
    for (size_t i = 0; i < evidence->socket->taken; i++) {
        struct sg_slice bytes = sg_bytes_slice(&evidence->socket->received[i].bytes);
        times += bytes.length >= SG_NUMBER_BYTES &&
                 read_number(bytes) == read_number(evidence->expected);
    }
    return times;
}

/* The acknowledgement that the peer sent last is of another number than the one that is expected again. */
static bool has_old_acknowledgement(const struct sg_evidence *evidence)
{
    const struct sg_datagram_end *socket = evidence->socket;
    struct sg_slice last = sg_slice_skip(sg_bytes_slice(&socket->out), socket->last_out);
    return socket->sent_count && read_number(last) != read_number(evidence->expected);
}

static bool is_swapped(uint32_t number, uint32_t wanted)
{
    return number != wanted && __builtin_bswap32(number) == wanted;
}

/* ---- clients ---- */

static bool no_retransmission(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (is_server(evidence) || !is_numbered(evidence) || !times_before(evidence))
        return false;
    unsigned number = read_number(evidence->expected);
    if (sg_is_dead(evidence)) {
        sg_add_last_words(evidence, ret);
        return sg_say(ret, "The client ended when no acknowledgement of number %u had come.",
                      number);
    }
    if (wait && evidence->outcome == SG_OUTCOME_STILL)
        return sg_say(ret,
                      "No acknowledgement of number %u came, and the client did not send it again: "
                      "it waits in %s without a time limit.",
                      number, sg_describe_wait(evidence, wait, room, sizeof room));
    return sg_say(
        ret, "No acknowledgement of number %u came, and the client did not send it again.", number);
}

/* A stranger has sent it one. */
static bool has_stranger(const struct sg_evidence *evidence)
{
    for (size_t i = 0; i < evidence->socket_count; i++) {
        const struct sg_datagram_end *socket = evidence->sockets[i];
        const struct sg_peer *peer =
            socket->peer ? sg_assignment_peer(evidence->assignment, socket->peer) : NULL;
        if (peer && peer->kind == SG_ACTOR_STRANGER && socket->sent_count)
            return true;
    }
    return false;
}

/* Another datagram came where the last one was expected again. */
static bool went_on(const struct sg_evidence *evidence)
{
    return !is_server(evidence) && is_numbered(evidence) && times_before(evidence) &&
           evidence->got.length >= SG_NUMBER_BYTES &&
           read_number(evidence->got) > read_number(evidence->expected);
}

static bool takes_strangers(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return went_on(evidence) && has_stranger(evidence) &&
           sg_say(ret, "The client took a stranger's acknowledgement for the server's.");
}

static bool takes_old(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return went_on(evidence) && has_old_acknowledgement(evidence) &&
           sg_say(ret,
                  "The client went on with number %u: it took an acknowledgement of another number "
                  "for that of number %u.",
                  (unsigned)read_number(evidence->got), (unsigned)read_number(evidence->expected));
}

static bool goes_on(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return went_on(evidence) &&
           sg_say(ret, "The client went on with number %u; number %u had not been acknowledged.",
                  (unsigned)read_number(evidence->got), (unsigned)read_number(evidence->expected));
}

static bool sends_no_number(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (is_server(evidence) || !is_numbered(evidence) || evidence->got.length >= SG_NUMBER_BYTES)
        return false;
    return sg_say(ret,
                  "The client sent a datagram of %zu bytes, which has no room for a number; the "
                  "end of the file is a number with nothing behind it.",
                  evidence->got.length);
}

static bool swaps_number(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_numbered(evidence) || evidence->got.length < SG_NUMBER_BYTES)
        return false;
    uint32_t number = read_number(evidence->got), wanted = read_number(evidence->expected);
    /* A client may begin with 1. */
    if (!is_swapped(number, wanted) && !(wanted == 0 && is_swapped(number, 1)))
        return false;
    return sg_say(ret, "The %s's number has its bytes the wrong way round: 0x%08x.",
                  evidence->program.name, (unsigned)number);
}

static bool sends_other_number(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (is_server(evidence) || !is_numbered(evidence) ||
        read_number(evidence->got) == read_number(evidence->expected))
        return false;
    return sg_say(ret, "The client sent number %u; number %u was due.",
                  (unsigned)read_number(evidence->got), (unsigned)read_number(evidence->expected));
}

static bool sends_no_more(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (is_server(evidence) || !is_numbered(evidence) || !evidence->socket->taken)
        return false;
    unsigned number = read_number(evidence->expected);
    if (sg_is_dead(evidence) || !wait)
        return sg_say(ret, "The client did not send number %u%s.", number,
                      sg_is_dead(evidence) ? ": it ended before" : "");
    return sg_say(ret, "The client did not send number %u: it waits in %s.", number,
                  sg_describe_wait(evidence, wait, room, sizeof room));
}

/* Through the path, where every loss needs an answer. */
static bool gives_up_on_path(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (is_server(evidence) || !evidence->lost_datagrams)
        return false;
    if (evidence->kind == SG_FAILURE_STILL_RUNS)
        return evidence->lost_last &&
               sg_say(ret, "The last datagram was lost on the way, and the client does not send "
                           "again.");
    if (evidence->kind == SG_FAILURE_EXIT_STATUS)
        return sg_say(ret, "Datagrams were lost on the way, and the client gave up.");
    return sg_say(ret, "Datagrams were lost on the way, and the client went on without them.");
}

/* ---- servers ---- */

static bool silent_on_duplicate(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_server(evidence) || !is_numbered(evidence) || evidence->datagram ||
        !times_before(evidence) || sg_is_dead(evidence))
        return false;
    sg_add_wait(evidence, ret);
    return sg_say(ret,
                  "Number %u came again, because its acknowledgement might have been lost, and the "
                  "server did not acknowledge it again.",
                  (unsigned)read_number(evidence->expected));
}

static bool ends_at_last(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_server(evidence) || !is_numbered(evidence) || evidence->datagram ||
        !times_before(evidence) || !sg_is_dead(evidence) || sg_died_of_exception(evidence))
        return false;
    return sg_say(ret,
                  "The server ended after it had acknowledged number %u; when that came again, "
                  "nobody was there.",
                  (unsigned)read_number(evidence->expected));
}

static bool reads_swapped(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return is_server(evidence) && evidence->passes_with[SG_PROBE_SWAPPED] &&
           sg_say(ret, "The server reads the number with its bytes the wrong way round: with the "
                       "other order all is right.");
}

static bool acknowledges_with_more(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return is_server(evidence) && is_numbered(evidence) && evidence->datagram &&
           evidence->got.length > SG_NUMBER_BYTES && sg_right_bytes(evidence) == SG_NUMBER_BYTES &&
           sg_say(ret, "The acknowledgement has %zu bytes; it is the %d bytes of the number alone.",
                  evidence->got.length, SG_NUMBER_BYTES);
}

static bool acknowledges_other(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_server(evidence) || !is_numbered(evidence) || !evidence->datagram ||
        evidence->got.length != SG_NUMBER_BYTES)
        return false;
    return sg_say(ret, "The server acknowledged number %u with %u.",
                  (unsigned)read_number(evidence->expected), (unsigned)read_number(evidence->got));
}

/* ---- the file that a server has written ---- */

static bool no_file(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const char *whose = is_server(evidence) ? "server" : "reference server";
    if (evidence->no_file)
        return sg_say(ret, "The %s wrote no file '%s'.", whose, evidence->step->file);
    return is_server(evidence) && !evidence->got.length && evidence->expected.length &&
           sg_say(ret,
                  "The file '%s' is empty: nothing was written, or it lies in a buffer that was "
                  "never flushed.",
                  evidence->step->file);
}

/* Behind the right beginning stands a piece from further up: where in `expected` it begins, and how long it
 * is. False where there is none. */
static bool find_repeated(const struct sg_evidence *evidence, size_t *ret_start, size_t *ret_length)
{
    size_t right = sg_right_bytes(evidence);
    struct sg_slice rest = sg_slice_skip(evidence->got, right);
    struct sg_slice before = sg_slice_first(evidence->expected, right);
    if (rest.length < LEAST)
        return false;
    /* The bytes in which the repeated piece and what is expected agree by chance are of the piece. */
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
    if (!is_server(evidence) || !find_repeated(evidence, &start, &length) ||
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
    if (!is_server(evidence) || right < evidence->expected.length || more == 0 || more > right ||
        !sg_slice_equal(sg_slice_skip(evidence->got, right),
                        sg_slice_skip(evidence->expected, right - more)))
        return false;
    return sg_say(ret, "The last %zu byte%s of the file stand in it twice.", more,
                  more == 1 ? "" : "s");
}

static bool old_one_delivered(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t start, length;
    if (!is_server(evidence) || !find_repeated(evidence, &start, &length))
        return false;
    return sg_say(ret,
                  "At offset %zu the file holds what belongs to offset %zu: an old datagram that "
                  "came late was written.",
                  sg_right_bytes(evidence), start);
}

static bool writes_strangers(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice rest = sg_slice_skip(evidence->got, sg_right_bytes(evidence));
    if (!is_server(evidence) || rest.length < LEAST)
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

/* How many bytes of `expected` are missing behind the right ones, where what follows them is there. */
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
    if (!is_server(evidence) || !gap || !right || gap > MOST_DATA_BYTES / 2 || !at_end ||
        right % MOST_DATA_BYTES == 0 || evidence->expected.data[right] == 0)
        return false;
    return sg_say(ret, "The last %zu bytes of a datagram are missing in the file.", gap);
}

static bool stops_at_nul(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence);
    return is_server(evidence) && !evidence->no_file && right < evidence->expected.length &&
           evidence->expected.data[right] == 0 && missing(evidence) &&
           sg_say(ret, "The data ended at its first zero byte, at offset %zu.", right);
}

static bool writes_number(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice first = sg_slice_first(evidence->expected, LEAST);
    return is_server(evidence) && first.length &&
           sg_slice_find(evidence->got, first) == SG_NUMBER_BYTES &&
           sg_say(ret, "In front of the data the file holds the %d bytes of its number.",
                  SG_NUMBER_BYTES);
}

static bool writes_more(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence);
    return is_server(evidence) && right == evidence->expected.length &&
           sg_say(ret, "Behind the right %zu bytes the file holds %zu more.", right,
                  evidence->got.length - right);
}

static bool writes_text(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t right = sg_right_bytes(evidence);
    return is_server(evidence) && right < evidence->expected.length &&
           right < evidence->got.length &&
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
    if (!is_server(evidence))
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

#define PATH (SG_KIND(STILL_RUNS) | SG_KIND(EXIT_STATUS) | SG_KIND(FILE))

static const struct sg_rule rows[] = {
    {SG_CODE_NO_RETRANSMISSION, SG_KIND(NOT_ACCEPTED), no_retransmission,
     "an unacknowledged number that did not come again"},
    {SG_CODE_ACCEPTS_STRANGER, SG_KIND(MESSAGE), takes_strangers,
     "the next number after a stranger's acknowledgement"},
    {SG_CODE_TAKES_OLD_ACKNOWLEDGEMENT, SG_KIND(MESSAGE), takes_old,
     "the next number after an acknowledgement of an old one"},
    {SG_CODE_NO_RETRANSMISSION, SG_KIND(MESSAGE), goes_on,
     "the next number, without any acknowledgement"},
    {SG_CODE_WRONG_NUMBER, SG_KIND(MESSAGE), sends_no_number, "a datagram of less than four bytes"},
    {SG_CODE_WRONG_BYTE_ORDER, SG_KIND(MESSAGE) | SG_KIND(DATA), swaps_number,
     "the number that is due with its bytes swapped"},
    {SG_CODE_WRONG_NUMBER, SG_KIND(MESSAGE), sends_other_number, "another number than is due"},
    {SG_CODE_MESSAGE_NOT_SENT, SG_KIND(NOT_ACCEPTED), sends_no_more,
     "numbers before, and not the one that is due"},
    {SG_CODE_NO_RETRANSMISSION, PATH, gives_up_on_path, "datagrams that the path has lost"},
    {SG_CODE_WRONG_BYTE_ORDER, SG_KIND(DATA) | SG_KIND(FILE), reads_swapped,
     "right where all numbers have their bytes swapped"},
    {SG_CODE_DUPLICATE_NOT_ACKNOWLEDGED, SG_KIND(DATA), silent_on_duplicate,
     "no second acknowledgement of a number that came twice"},
    {SG_CODE_CLOSES_TOO_EARLY, SG_KIND(DATA), ends_at_last,
     "its end right after its last acknowledgement"},
    {SG_CODE_WRONG_NUMBER, SG_KIND(DATA), acknowledges_other,
     "an acknowledgement of another number"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(DATA), acknowledges_with_more,
     "more than four bytes for an acknowledgement"},
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

const struct sg_rules sg_rules_reliable = {rows, SG_COUNT(rows)};
