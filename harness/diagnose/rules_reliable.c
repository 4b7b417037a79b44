/* SPDX-License-Identifier: MIT
 * Datagrams that have a number: what was not sent again, not acknowledged again, or numbered
 * otherwise. */
#include <string.h>
#include <sys/wait.h>

#include "base/language.h"
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

/* The acknowledgement that the peer sent last is of another number than the one that is expected
 * again. */
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
    if (sg_is_server(evidence) || !is_numbered(evidence) || !times_before(evidence))
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
    return !sg_is_server(evidence) && is_numbered(evidence) && times_before(evidence) &&
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
    if (sg_is_server(evidence) || !is_numbered(evidence) || evidence->got.length >= SG_NUMBER_BYTES)
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
    if (sg_is_server(evidence) || !is_numbered(evidence) ||
        read_number(evidence->got) == read_number(evidence->expected))
        return false;
    return sg_say(ret, "The client sent number %u; number %u was due.",
                  (unsigned)read_number(evidence->got), (unsigned)read_number(evidence->expected));
}

static bool sends_no_more(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (sg_is_server(evidence) || !is_numbered(evidence) || !evidence->socket->taken)
        return false;
    unsigned number = read_number(evidence->expected);
    if (sg_is_dead(evidence))
        return sg_say(ret, "The client ended before it had sent number %u.", number);
    if (!wait)
        return sg_say(ret, "The client did not send number %u.", number);
    return sg_say(ret, "The client did not send number %u: it waits in %s.", number,
                  sg_describe_wait(evidence, wait, room, sizeof room));
}

/* Through the path, where every loss needs an answer. */
static bool gives_up_on_path(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (sg_is_server(evidence) || !evidence->lost_datagrams)
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
    if (!sg_is_server(evidence) || !is_numbered(evidence) || evidence->datagram ||
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
    if (!sg_is_server(evidence) || !is_numbered(evidence) || evidence->datagram ||
        !times_before(evidence) || !sg_is_dead(evidence) || sg_died_of_exception(evidence))
        return false;
    return sg_say(ret,
                  "The server ended after it had acknowledged number %u; when that came again, "
                  "nobody was there.",
                  (unsigned)read_number(evidence->expected));
}

/* What it had been sent before was not the end. */
static bool ends_within_file(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_is_server(evidence) || !is_numbered(evidence) || evidence->datagram ||
        !sg_is_dead(evidence) || sg_death_signal(evidence) || sg_died_of_exception(evidence) ||
        !read_number(evidence->expected))
        return false;
    ret->advice = sg_strdup(_("Only a datagram without data, the number alone, ends the file."));
    return sg_say(ret, "The server ended within the file: number %u was not acknowledged any more.",
                  (unsigned)read_number(evidence->expected));
}

static bool reads_swapped(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return sg_is_server(evidence) && evidence->passes_with[SG_PROBE_SWAPPED] &&
           sg_say(ret, "The server reads the number with its bytes the wrong way round: with the "
                       "other order all is right.");
}

static bool acknowledges_with_more(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return sg_is_server(evidence) && is_numbered(evidence) && evidence->datagram &&
           evidence->got.length > SG_NUMBER_BYTES && sg_right_bytes(evidence) == SG_NUMBER_BYTES &&
           sg_say(ret, "The acknowledgement has %zu bytes; it is the %d bytes of the number alone.",
                  evidence->got.length, SG_NUMBER_BYTES);
}

static bool acknowledges_other(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_is_server(evidence) || !is_numbered(evidence) || !evidence->datagram ||
        evidence->got.length != SG_NUMBER_BYTES)
        return false;
    return sg_say(ret, "The server acknowledged number %u with %u.",
                  (unsigned)read_number(evidence->expected), (unsigned)read_number(evidence->got));
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
    {SG_CODE_CLOSES_TOO_EARLY, SG_KIND(DATA), ends_within_file,
     "its end in order before that of the file"},
    {SG_CODE_WRONG_NUMBER, SG_KIND(DATA), acknowledges_other,
     "an acknowledgement of another number"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(DATA), acknowledges_with_more,
     "more than four bytes for an acknowledgement"},
};

const struct sg_rules sg_rules_reliable = {rows, SG_COUNT(rows)};
