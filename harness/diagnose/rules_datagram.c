/* SPDX-License-Identifier: MIT
 * What a server does with datagrams: cuts them short, answers to the wrong place, from the wrong
 * one, or never. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "base/language.h"
#include "diagnose/rules.h"

static bool is_udp(const struct sg_evidence *evidence)
{
    return evidence->assignment->transport == SG_TRANSPORT_UDP;
}

static bool is_server(const struct sg_evidence *evidence)
{
    return is_udp(evidence) && sg_is_server(evidence);
}

static bool nothing_came(const struct sg_evidence *evidence)
{
    return evidence->socket && !evidence->datagram;
}

static bool no_ipv6(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    char room[SG_ADDRESS_TEXT];
    const struct sg_program_evidence *program = &evidence->program;
    if (!is_server(evidence) || evidence->one->family != AF_INET6 || !nothing_came(evidence) ||
        !program->listening || program->address->any.sa_family != AF_INET)
        return false;
    return sg_say(ret, "A datagram to ::1 found nobody: the server's socket is bound to %s.",
                  sg_address_print(program->address, room));
}

static bool wrong_source(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    char from[SG_ADDRESS_TEXT], asked[SG_ADDRESS_TEXT];
    union sg_address source = sg_address_unmapped(&evidence->datagram->from);
    return sg_say(ret, "The answer came from %s; the client had asked %s.",
                  sg_address_print(&source, from), sg_address_print(&evidence->asked, asked));
}

/* Another client got what this one waits for, and has not asked for it. */
static bool wrong_destination(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_server(evidence) || !evidence->socket || !evidence->expected.length)
        return false;
    for (size_t i = 0; i < evidence->socket_count; i++) {
        const struct sg_datagram_end *other = evidence->sockets[i];
        for (size_t d = other->taken; other != evidence->socket && d < other->received_count; d++) {
            if (!sg_slice_equal(sg_bytes_slice(&other->received[d].bytes), evidence->expected) ||
                sg_slice_find(sg_bytes_slice(&other->out), evidence->expected) != SIZE_MAX)
                continue;
            return sg_say(ret, "The answer to client %d's datagram went to client %d.",
                          evidence->socket->number, other->number);
        }
    }
    return false;
}

/* One client got more answers than it has asked questions, and this one none. */
static bool answered_twice(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_server(evidence) || !nothing_came(evidence))
        return false;
    for (size_t i = 0; i < evidence->socket_count; i++) {
        const struct sg_datagram_end *other = evidence->sockets[i];
        if (other == evidence->socket || other->received_count <= other->sent_count)
            continue;
        return sg_say(ret, "Client %d got %zu answers to its %zu datagram%s, and client %d none.",
                      other->number, other->received_count, other->sent_count,
                      sg_plural_end(other->sent_count), evidence->socket->number);
    }
    return false;
}

/* None of our sockets is closed: it is no answer that comes too late. */
static bool sent_to_nobody(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_server(evidence) || !nothing_came(evidence) || !evidence->unclaimed)
        return false;
    for (size_t i = 0; i < evidence->socket_count; i++) {
        if (evidence->sockets[i]->fd < 0)
            return false;
    }
    char room[SG_ADDRESS_TEXT];
    return sg_say(ret,
                  "The server took the datagram that came from %s, and sent one to where nobody "
                  "waits for it.",
                  sg_address_print(&evidence->socket->local, room));
}

static bool sent_to_no_address(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_server(evidence) || !nothing_came(evidence) || !evidence->program.sends_nowhere)
        return false;
    sg_diagnosis_add(
        ret, 0,
        "recvfrom() stores the sender's address only as far as its last argument says, which "
        "is set before each call");
    if (evidence->program.no_address_bytes < sizeof evidence->program.address->v4)
        return sg_say(
            ret,
            "The server answered to an address of %zu bytes, which is too short for one: its "
            "sendto() failed with EINVAL.",
            evidence->program.no_address_bytes);
    return sg_say(ret, "The server answered to an address without a port, which is nobody's: its "
                       "sendto() failed with EINVAL.");
}

static bool sent_an_empty_one(const struct sg_evidence *evidence)
{
    for (size_t i = 0; i < evidence->socket_count; i++) {
        if (evidence->sockets[i]->sent_empty)
            return true;
    }
    return false;
}

static bool empty_datagram(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    bool dead = sg_is_dead(evidence);
    if (!is_server(evidence) || !(dead || nothing_came(evidence)) || !sent_an_empty_one(evidence))
        return false;
    if (dead)
        return sg_say(ret, "The server ended on an empty datagram.");
    if (!evidence->expected.length)
        return sg_say(ret, "The empty datagram did not come back.");
    return sg_say(ret, "After an empty datagram the server did not answer any more.");
}

/* A buffer of this size cut the datagram off, and what it cut off may happen to be blanks. */
static bool is_cut_by_buffer(const struct sg_evidence *evidence)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    size_t right = sg_right_bytes(evidence);
    if (right < evidence->got.length)
        return false;
    return wait && wait->size ? right == wait->size : sg_is_buffer_size(right);
}

static bool strips_blanks(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice expected = evidence->expected;
    if (!is_udp(evidence) || !evidence->datagram || evidence->got.length >= expected.length ||
        !sg_slice_equal(sg_without_blanks(expected), sg_without_blanks(evidence->got)) ||
        is_cut_by_buffer(evidence))
        return false;
    return sg_say(ret, "%zu blanks and line ends around the datagram's text were left out.",
                  expected.length - evidence->got.length);
}

/* A text that begins with a zero byte is empty. */
static bool stops_at_nul(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return is_udp(evidence) && evidence->datagram && !evidence->got.length &&
           evidence->expected.length && evidence->expected.data[0] == 0 &&
           sg_say(ret, "The data ended at its first zero byte, at offset 0.");
}

static bool truncates(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice nul = {(const uint8_t *)"", 1};
    size_t right = sg_right_bytes(evidence);
    if (!is_udp(evidence) || !evidence->datagram || right < evidence->got.length ||
        right >= evidence->expected.length)
        return false;
    if (right == 0)
        return sg_say(ret, "A datagram of %zu bytes came back empty.", evidence->expected.length);
    size_t first = sg_slice_find(evidence->expected, nul);
    if (first == right || first + 1 == right)
        return false; /* a text that ends at, or with, its first zero byte */
    return sg_say(ret, "Of a datagram of %zu bytes the first %zu came back, and the rest was lost.",
                  evidence->expected.length, right);
}

/* The same client got an answer to a short datagram, and none to a long one. That one answer is not
 * all that a client gets is shown by a case that this one needs. */
static bool refuses_size(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { TIMES = 16 };
    const struct sg_datagram_end *socket = evidence->socket;
    if (!is_server(evidence) || !nothing_came(evidence) || evidence->still_unread ||
        socket->sent_count != 2 || socket->taken != 1 || !evidence->one->needs.count)
        return false;
    size_t first = socket->last_out, last = socket->out.length - first;
    if (last / TIMES < first)
        return false;
    return sg_say(ret, "A datagram of %zu bytes was answered, and one of %zu bytes was not.", first,
                  last);
}

static struct sg_slice behind_right(const struct sg_evidence *evidence)
{
    return sg_slice_skip(evidence->got, evidence->expected.length);
}

static bool is_right_and_more(const struct sg_evidence *evidence)
{
    return is_server(evidence) && evidence->datagram &&
           sg_right_bytes(evidence) == evidence->expected.length &&
           evidence->got.length > evidence->expected.length;
}

/* Whole datagrams, each the last that one of the clients sent, and how many they are; 0: something
 * else. */
static size_t count_datagrams(const struct sg_evidence *evidence, struct sg_slice bytes)
{
    size_t count = 0;
    while (bytes.length) {
        size_t length = 0;
        for (size_t i = 0; i < evidence->socket_count && !length; i++) {
            const struct sg_datagram_end *socket = evidence->sockets[i];
            struct sg_slice last = sg_slice_skip(sg_bytes_slice(&socket->out), socket->last_out);
            if (last.length && sg_slice_common(bytes, last) == last.length)
                length = last.length;
        }
        if (!length)
            return 0;
        bytes = sg_slice_skip(bytes, length);
        count++;
    }
    return count;
}

/* Behind the datagram that was answered came others that had been sent since. */
static bool frames_merged(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_right_and_more(evidence))
        return false;
    size_t count = count_datagrams(evidence, behind_right(evidence));
    return count && sg_say(ret, "%zu datagrams were answered with one.", count + 1);
}

/* What another client sent, before or behind what this one did. */
static bool merges_clients(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice got = evidence->got, own = evidence->expected;
    if (!is_server(evidence) || !evidence->datagram || !own.length || got.length <= own.length)
        return false;
    size_t rest = got.length - own.length;
    for (size_t i = 0; i < evidence->socket_count; i++) {
        const struct sg_datagram_end *other = evidence->sockets[i];
        struct sg_slice out = sg_bytes_slice(&other->out);
        bool before = sg_slice_equal(sg_slice_skip(got, rest), own) &&
                      sg_slice_equal(sg_slice_first(got, rest), out);
        bool behind = sg_slice_equal(sg_slice_first(got, own.length), own) &&
                      sg_slice_equal(sg_slice_skip(got, own.length), out);
        if (other != evidence->socket && (before || behind))
            return sg_say(ret, "The datagrams of clients %d and %d were answered with one.",
                          evidence->socket->number, other->number);
    }
    return false;
}

/* Nothing came, and another client got more bytes than it has sent, in no more datagrams. */
static bool merged_into_another(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_server(evidence) || !nothing_came(evidence))
        return false;
    for (size_t i = 0; i < evidence->socket_count; i++) {
        const struct sg_datagram_end *other = evidence->sockets[i];
        if (other == evidence->socket || other->in.length <= other->out.length ||
            sg_slice_find(sg_bytes_slice(&other->in), evidence->expected) == SIZE_MAX)
            continue;
        return sg_say(
            ret,
            "Client %d got %zu bytes for the %zu that it had sent: several datagrams were "
            "answered with one.",
            other->number, other->in.length, other->out.length);
    }
    return false;
}

static bool stale_buffer(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LEAST = 2, LOOKED_AT = 8 };
    struct sg_slice extra = behind_right(evidence);
    if (!is_right_and_more(evidence) || extra.length < LEAST)
        return false;
    for (size_t i = 0; i < evidence->socket_count; i++) {
        struct sg_slice out = sg_bytes_slice(&evidence->sockets[i]->out);
        if (sg_slice_find(out, sg_slice_first(extra, LOOKED_AT)) != SIZE_MAX)
            return sg_say(ret, "Behind the right answer came %zu bytes of an earlier datagram.",
                          extra.length);
    }
    return false;
}

static bool extra_bytes(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_right_and_more(evidence))
        return false;
    struct sg_slice extra = behind_right(evidence);
    size_t zeroes = 0;
    while (zeroes < extra.length && extra.data[zeroes] == 0)
        zeroes++;
    return sg_say(ret, "Behind the right bytes came %zu more%s.", extra.length,
                  zeroes == extra.length ? _(", all of them zero") : "");
}

static bool second_answer(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return is_server(evidence) && evidence->datagram &&
           sg_say(ret, "After the answer came another datagram, of %zu bytes.",
                  evidence->got.length);
}

static bool mixes_clients(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LEAST = 4 };
    if (!is_server(evidence) || !evidence->datagram || evidence->got.length < LEAST)
        return false;
    for (size_t i = 0; i < evidence->socket_count; i++) {
        const struct sg_datagram_end *other = evidence->sockets[i];
        if (other == evidence->socket ||
            sg_slice_find(sg_bytes_slice(&other->out), evidence->got) == SIZE_MAX)
            continue;
        return sg_say(ret, "Client %d got bytes that client %d had sent.", evidence->socket->number,
                      other->number);
    }
    return false;
}

static size_t answered_others(const struct sg_evidence *evidence)
{
    size_t others = 0;
    for (size_t i = 0; i < evidence->socket_count; i++)
        others += evidence->sockets[i] != evidence->socket && evidence->sockets[i]->taken;
    return others;
}

/* What the kernel tells a socket of a port that nobody has bound any more, ECONNREFUSED, has ended
 * it. */
static bool dies_of_a_client_that_is_gone(const struct sg_evidence *evidence,
                                          struct sg_diagnosis *ret)
{
    if (!is_server(evidence) || !nothing_came(evidence) || !sg_is_dead(evidence) ||
        evidence->socket->taken || answered_others(evidence))
        return false;
    for (size_t i = 0; i < evidence->socket_count; i++) {
        const struct sg_datagram_end *other = evidence->sockets[i];
        if (other->fd >= 0 || !other->sent_count)
            continue;
        sg_add_last_words(evidence, ret);
        return sg_say(ret, "Client %d was gone before its answer came, and the server ended.",
                      other->number);
    }
    return false;
}

static bool has_answered(const struct sg_evidence *evidence)
{
    size_t answers = 0;
    for (size_t i = 0; i < evidence->socket_count; i++)
        answers += evidence->sockets[i]->received_count;
    return answers;
}

/* Those who tell of what arrives tell of it once where they are edge-triggered. */
static bool leaves_waiting(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (!is_server(evidence) || !nothing_came(evidence) || !evidence->still_unread || !wait ||
        sg_is_dead(evidence) || evidence->outcome != SG_OUTCOME_STILL || !has_answered(evidence))
        return false;
    return sg_say(ret,
                  "Several datagrams waited, and the server left some in its socket: it waits in "
                  "%s.",
                  sg_describe_wait(evidence, wait, room, sizeof room));
}

static bool serves_once(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_server(evidence) || !nothing_came(evidence) || sg_died_of_exception(evidence))
        return false;
    bool dead = sg_is_dead(evidence), served = evidence->socket->taken || answered_others(evidence);
    if (dead ? !served : evidence->socket->taken || answered_others(evidence) != 1)
        return false;
    ret->advice = sg_strdup(
        _("Put recvfrom() into a loop that goes on after each datagram, from whomever; a socket "
          "that is connected hears its peer alone."));
    if (dead)
        return sg_say(ret, "The server ended after its first datagram.");
    return sg_say(ret, "The server answered its first client, and no other.");
}

/* Silent to this client, the first from which it has heard nothing before, with the datagram
 * taken. */
static bool leaves_a_client(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t others = answered_others(evidence);
    if (!is_server(evidence) || !nothing_came(evidence) || sg_is_dead(evidence) ||
        evidence->still_unread || evidence->socket->taken || others < 2)
        return false;
    return sg_say(ret, "The server answered %zu clients, and not this one, who came after them.",
                  others);
}

static bool waits_for_more(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (!is_server(evidence) || !nothing_came(evidence) || evidence->still_unread ||
        sg_is_dead(evidence) || evidence->outcome == SG_OUTCOME_LATE || !wait)
        return false;
    if (evidence->program.process->err.bytes.length)
        sg_add_last_words(evidence, ret);
    return sg_say(ret, "The server took the datagram and did not answer it: it waits in %s.",
                  sg_describe_wait(evidence, wait, room, sizeof room));
}

static const struct sg_rule rows[] = {
    {SG_CODE_NO_IPV6, SG_KIND(DATA), no_ipv6, "nothing came from ::1, and the socket is of IPv4"},
    {SG_CODE_WRONG_SOURCE, SG_KIND(SOURCE), wrong_source, "the datagram's source"},
    {SG_CODE_WRONG_DESTINATION, SG_KIND(DATA), wrong_destination, "another client got the answer"},
    {SG_CODE_WRONG_DESTINATION, SG_KIND(DATA), answered_twice,
     "another client got an answer too many"},
    {SG_CODE_WRONG_DESTINATION, SG_KIND(DATA), sent_to_nobody,
     "a datagram of its that went to a port nobody has bound"},
    {SG_CODE_WRONG_DESTINATION, SG_KIND(DATA), sent_to_no_address,
     "a sendto() with an address that is too short, or has no port"},
    {SG_CODE_EMPTY_DATAGRAM, SG_KIND(DATA) | SG_KIND(NOT_RUNNING), empty_datagram,
     "no answer since an empty datagram"},
    {SG_CODE_TEXT_ONLY, SG_KIND(DATA), strips_blanks, "all but the blanks around it"},
    {SG_CODE_BUFFER_LIMIT, SG_KIND(DATA), refuses_size,
     "an answer to a short datagram, and none to a long one"},
    {SG_CODE_STOPS_AT_NUL, SG_KIND(DATA), stops_at_nul,
     "nothing of data that begins with a zero byte"},
    {SG_CODE_TRUNCATES_DATAGRAM, SG_KIND(DATA), truncates, "the beginning of the datagram alone"},
    {SG_CODE_FRAMES_MERGED, SG_KIND(DATA), frames_merged, "several datagrams in one"},
    {SG_CODE_FRAMES_MERGED, SG_KIND(DATA), merges_clients, "two clients' datagrams in one"},
    {SG_CODE_FRAMES_MERGED, SG_KIND(DATA), merged_into_another,
     "another client got more bytes than it sent, this one's among them"},
    {SG_CODE_STALE_BUFFER, SG_KIND(DATA), stale_buffer,
     "the right bytes and behind them those of an earlier datagram"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(DATA), extra_bytes, "the right bytes and more"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(EXTRA), second_answer, "a datagram that nothing asked for"},
    {SG_CODE_MIXES_CLIENTS, SG_KIND(DATA), mixes_clients, "what another client sent"},
    {SG_CODE_DIES_ON_RESET, SG_KIND(DATA), dies_of_a_client_that_is_gone,
     "ended, and a client that was closed before its answer"},
    {SG_CODE_FRAMES_MERGED, SG_KIND(DATA), leaves_waiting,
     "still, with a datagram unread behind one that it answered"},
    {SG_CODE_SERVES_ONCE, SG_KIND(DATA), serves_once,
     "ended, or silent to all but the first client that it answered"},
    {SG_CODE_STOPS_ACCEPTING, SG_KIND(DATA), leaves_a_client,
     "silent to one client, after answers to several"},
    {SG_CODE_WAITS_FOR_MORE, SG_KIND(DATA), waits_for_more,
     "still, with the datagram taken and no answer"},
};

const struct sg_rules sg_rules_datagram = {rows, SG_COUNT(rows)};
