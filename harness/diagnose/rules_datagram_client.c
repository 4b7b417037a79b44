/* SPDX-License-Identifier: MIT
 * What a client does with datagrams: sends a part of its message, takes a stranger's answer, or
 * waits for ever. */
#include <string.h>

#include "base/language.h"
#include "diagnose/rules.h"

static bool is_udp(const struct sg_evidence *evidence)
{
    return evidence->assignment->transport == SG_TRANSPORT_UDP;
}

/* What the client printed begins as the answer does, and stops. */
static bool prints_truncated(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LEAST = 64 };
    if (!is_udp(evidence) || evidence->expected.length < LEAST)
        return false;
    size_t at = sg_slice_find(evidence->got, sg_slice_first(evidence->expected, LEAST));
    if (at == SIZE_MAX)
        return false;
    size_t right = sg_slice_common(sg_slice_skip(evidence->got, at), evidence->expected);
    return sg_say(ret, "Of an answer of %zu bytes the client printed the first %zu.",
                  evidence->expected.length, right);
}

/* A socket of ours that sent to the client unasked, or NULL. */
static const struct sg_datagram_end *find_stranger(const struct sg_evidence *evidence)
{
    for (size_t i = 0; i < evidence->socket_count; i++) {
        const struct sg_datagram_end *socket = evidence->sockets[i];
        const struct sg_peer *peer =
            socket->peer ? sg_assignment_peer(evidence->assignment, socket->peer) : NULL;
        if (peer && peer->kind == SG_ACTOR_STRANGER && socket->sent_count)
            return socket;
    }
    return NULL;
}

static bool accepts_stranger(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_datagram_end *stranger = find_stranger(evidence);
    if (!is_udp(evidence) || !stranger)
        return false;
    const struct sg_process *process = evidence->program.process;
    bool printed = sg_slice_find(sg_bytes_slice(&process->out.bytes),
                                 sg_bytes_slice(&stranger->out)) != SIZE_MAX;
    if (!printed && evidence->kind != SG_FAILURE_NOT_RUNNING)
        return false;
    return sg_say(ret, printed
                           ? "The client printed a stranger's datagram as the answer."
                           : "The client took a stranger's datagram for the answer, and ended.");
}

static bool waits_forever(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (!is_udp(evidence) || evidence->expected_exit != SG_EXIT_NONZERO)
        return false;
    if (wait && evidence->outcome == SG_OUTCOME_STILL)
        return sg_say(ret, "No answer came, and the client waits in %s without a time limit.",
                      sg_describe_wait(evidence, wait, room, sizeof room));
    return sg_say(ret, "No answer came, and the client did not give up within 10 seconds.");
}

static bool sends_a_part(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_udp(evidence) || sg_right_bytes(evidence) < evidence->got.length ||
        evidence->got.length >= evidence->expected.length)
        return false;
    return sg_say(ret, "The client's datagram holds %zu of the %zu bytes of its message.",
                  evidence->got.length, evidence->expected.length);
}

static bool sends_nothing(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (!is_udp(evidence))
        return false;
    if (wait)
        return sg_say(ret, "The client sent no datagram: it waits in %s.",
                      sg_describe_wait(evidence, wait, room, sizeof room));
    return sg_say(ret, "The client sent no datagram.");
}

static const struct sg_rule rows[] = {
    {SG_CODE_TRUNCATES_DATAGRAM, SG_KIND(PRINTED), prints_truncated,
     "the beginning of the answer alone in its output"},
    {SG_CODE_ACCEPTS_STRANGER, SG_KIND(NOT_RUNNING) | SG_KIND(PRINTED) | SG_KIND(EXIT_STATUS),
     accepts_stranger, "its output, or its end, after a stranger's datagram"},
    {SG_CODE_WAITS_FOREVER, SG_KIND(STILL_RUNS), waits_forever, "it runs, and no answer came"},
    {SG_CODE_MESSAGE_NOT_SENT, SG_KIND(MESSAGE), sends_a_part, "a datagram with a part of it"},
    {SG_CODE_MESSAGE_NOT_SENT, SG_KIND(NOT_ACCEPTED), sends_nothing, "no datagram came"},
};

const struct sg_rules sg_rules_datagram_client = {rows, SG_COUNT(rows)};
