/* SPDX-License-Identifier: MIT
 * Where the server has to speak first, and what it says is its own affair. */
#include <stdio.h>
#include <sys/wait.h>

#include "diagnose/rules.h"

static bool is_open(const struct sg_evidence *evidence)
{
    return evidence->connection && evidence->connection->end == SG_STREAM_OPEN;
}

static void add_wait(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    char room[128];
    if (wait)
        sg_diagnosis_add(ret, 0, "it waits in %s",
                         sg_describe_wait(evidence, wait, room, sizeof room));
}

static bool greets_late(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (is_open(evidence) && evidence->passes_with[SG_PROBE_HALF_CLOSE])
        sg_diagnosis_add(ret, 0,
                         "tried again with a client that ends its stream at once: then it greets");
    else if (!is_open(evidence) || !sg_waits_on_connection(evidence))
        return false;
    add_wait(evidence, ret);
    return sg_say(ret, "The client had connected, and the %s waited for it to speak first.",
                  evidence->program.name);
}

static bool accepts_late(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_open(evidence) || !evidence->program.defers_accept ||
        evidence->outcome != SG_OUTCOME_STILL)
        return false;
    add_wait(evidence, ret);
    return sg_say(ret,
                  "The client had connected, and accept() does not return before it has spoken: "
                  "the server's socket has TCP_DEFER_ACCEPT.");
}

static bool blocked_by_client(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t count;
    const struct sg_connection *other = sg_waits_on_other(evidence, &count);
    if (!is_open(evidence) || !other)
        return false;
    add_wait(evidence, ret);
    return sg_say(ret, "The server waits for client %d and leaves client %d without a greeting.",
                  other->number, evidence->connection->number);
}

/* That the next client is greeted where the first ends in order is shown by a case that this one
 * needs. */
static bool stops_at_reset(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *before = sg_connection_before(evidence);
    if (!is_open(evidence) || !before || !before->we_reset || !evidence->one->needs.count ||
        evidence->outcome != SG_OUTCOME_STILL)
        return false;
    add_wait(evidence, ret);
    return sg_say(ret,
                  "After client %d had reset its connection, the server did not greet the next.",
                  before->number);
}

static bool serves_once(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_open(evidence) || !sg_connection_before(evidence) ||
        evidence->outcome != SG_OUTCOME_STILL)
        return false;
    add_wait(evidence, ret);
    return sg_say(ret, "The server greeted its first client, and not the next.");
}

static bool no_greeting(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!evidence->connection || is_open(evidence) || sg_death_signal(evidence))
        return false;
    if (!sg_is_dead(evidence))
        return sg_say(ret, "The %s closed the connection without a greeting.",
                      evidence->program.name);
    sg_add_last_words(evidence, ret);
    return sg_say(ret, "The %s ended with status %d, and its client had not been greeted.",
                  evidence->program.name, WEXITSTATUS(evidence->program.process->status));
}

static bool sends_too_early(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->one->role != SG_ROLE_CLIENT || !evidence->step ||
        evidence->step->action != SG_ACT_QUIET || !evidence->connection ||
        evidence->connection->ended)
        return false;
    return sg_say(ret, "The client sent %zu bytes before the greeting had ended.",
                  evidence->got.length);
}

static const struct sg_fault_seen *show_cut_send(const struct sg_evidence *evidence,
                                                 struct sg_diagnosis *ret)
{
    const struct sg_fault_seen *fault = &evidence->faults[evidence->cut_send];
    sg_add_fault(evidence, fault, ret);
    return fault;
}

static bool short_send_ignored(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_fault_seen *fault = show_cut_send(evidence, ret);
    return sg_say(ret, "A %s() took %zu of %zu bytes, and the rest was never sent.", fault->name,
                  fault->took, fault->wanted);
}

static bool send_repeated(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_fault_seen *fault = show_cut_send(evidence, ret);
    return sg_say(ret, "After a short %s() it began with the first byte again, each time.",
                  fault->name);
}

static bool asks_for_all_again(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return sg_say_asked_again(show_cut_send(evidence, ret), ret);
}

static const struct sg_rule rows[] = {
    {SG_CODE_SHORT_SEND_IGNORED, SG_KIND(LOST), short_send_ignored,
     "fewer bytes came than a short call was given"},
    {SG_CODE_SEND_REPEATED, SG_KIND(AGAIN), send_repeated,
     "what each short call took begins like the others"},
    {SG_CODE_EXTRA_BYTES, SG_KIND(MORE), asks_for_all_again,
     "more bytes came than a short call was given, and the next asked for as many"},
    {SG_CODE_GREETS_LATE, SG_KIND(NOTHING), greets_late,
     "it waits to read from its new client, or greets one that ends its stream at once"},
    {SG_CODE_GREETS_LATE, SG_KIND(NOTHING), accepts_late, "TCP_DEFER_ACCEPT"},
    {SG_CODE_BLOCKED_BY_CLIENT, SG_KIND(NOTHING), blocked_by_client,
     "it waits to read from another client"},
    {SG_CODE_STOPS_ACCEPTING, SG_KIND(NOTHING), stops_at_reset,
     "still, with a client that was not greeted behind one who reset its connection"},
    {SG_CODE_SERVES_ONCE, SG_KIND(NOTHING), serves_once,
     "still, with a client that was not greeted"},
    {SG_CODE_CLOSES_TOO_EARLY, SG_KIND(NOTHING), no_greeting, "an end before the first byte"},
    {SG_CODE_ANSWERS_TOO_EARLY, SG_KIND(EXTRA), sends_too_early,
     "bytes before the server's stream had ended"},
};

const struct sg_rules sg_rules_greeting = {rows, SG_COUNT(rows)};
