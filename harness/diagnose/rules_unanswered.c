/* SPDX-License-Identifier: MIT
 * A server that runs on and leaves a client unanswered: for whom it waits instead, and for how many
 * it has room. */
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "diagnose/rules.h"

/* The next client is connected by the kernel, and the program neither takes nor answers it. */
static bool is_ignored(const struct sg_evidence *evidence)
{
    if (evidence->kind == SG_FAILURE_BACKLOG)
        return true;
    return sg_is_server(evidence) && evidence->connection && evidence->got.length == 0 &&
           evidence->connection->in.length == 0 && evidence->connection->end == SG_STREAM_OPEN &&
           evidence->still_unread && (evidence->unread_bytes || !evidence->connection->out.length);
}

/* The only other client that is connected, where it has sent nothing; NULL: there is none. A
 * runtime that polls for all its threads does not show on whom one of them waits. */
static const struct sg_connection *silent_other(const struct sg_evidence *evidence)
{
    const struct sg_connection *silent = NULL;
    for (size_t i = 0; evidence->connection && i < evidence->connection_count; i++) {
        const struct sg_connection *other = evidence->connections[i];
        if (!sg_is_another_client(evidence, other) || other->fd < 0 || other->ended)
            continue;
        if (silent || other->out.length)
            return NULL;
        silent = other;
    }
    return silent;
}

/* Two threads wait for the same client, and none for this one, which has been accepted: both looked
 * into one variable for their client when the next one was in it already. */
static bool looks_into_one_variable(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *own = evidence->connection, *twice = NULL;
    for (size_t i = 0; i < evidence->connection_count; i++) {
        if (sg_count_readers(evidence, evidence->connections[i]) > 1)
            twice = evidence->connections[i];
    }
    if (!own || !twice || twice == own || evidence->unaccepted || !is_ignored(evidence) ||
        sg_count_readers(evidence, own))
        return false;
    ret->advice = sg_strdup(_("Give each thread a descriptor of its own, not the address of a "
                              "variable that holds the next client by then."));
    return sg_say(ret, "Two threads wait for client %d, and none for client %d.", twice->number,
                  own->number);
}

static bool blocked_by_client(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t count;
    const struct sg_connection *other = sg_waits_on_other(evidence, &count);
    const struct sg_connection *silent = other ? NULL : silent_other(evidence);
    if (is_ignored(evidence) && silent && evidence->outcome == SG_OUTCOME_STILL &&
        evidence->unaccepted && !sg_waits_in_accept(evidence))
        return sg_say(ret,
                      "While client %d, which is silent, is connected, the server leaves client "
                      "%d unanswered.",
                      silent->number, evidence->connection->number);
    /* One that serves several at once does not wait for one of them. */
    if (!is_ignored(evidence) || !other || count > 1)
        return false;
    char room[128];
    const struct sg_wait *wait = sg_main_wait(evidence);
    if (wait)
        sg_diagnosis_add(ret, evidence->program.ended_ns, "it waits in %s",
                         sg_describe_wait(evidence, wait, room, sizeof room));
    return sg_say(ret,
                  "The server waits for client %d, which is silent, and leaves client %d "
                  "unanswered.",
                  other->number, evidence->connection->number);
}

/* It waits to send to a client that does not read, and this one, whose message it may have, gets
 * nothing. */
static bool blocked_by_reader(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *other = sg_waits_to_send(evidence);
    if (!sg_is_server(evidence) || !other || !sg_is_short(evidence) || !sg_is_open(evidence) ||
        evidence->outcome != SG_OUTCOME_STILL)
        return false;
    sg_diagnosis_add(ret, 0, "it waits in send() on connection %d", other->number);
    return sg_say(ret,
                  "The server waits for client %d, which does not read, and leaves client %d "
                  "unanswered.",
                  other->number, evidence->connection->number);
}

/* It waits for several descriptors at once (poll, select, epoll). */
static bool waits_for_several(const struct sg_evidence *evidence)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    return evidence->outcome == SG_OUTCOME_STILL && wait && wait->target == SG_TARGET_SEVERAL;
}

/* It was answered before, and all that it has said since lies unread. */
static bool is_forgotten(const struct sg_evidence *evidence)
{
    const struct sg_connection *own = evidence->connection;
    return sg_is_server(evidence) && own && own->taken && own->taken == own->in.length &&
           own->end == SG_STREAM_OPEN && evidence->still_unread && waits_for_several(evidence);
}

/* Among others that are connected it does not look at this one. */
static bool stops_accepting(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t others = 0;
    for (size_t i = 0; i < evidence->connection_count; i++) {
        const struct sg_connection *other = evidence->connections[i];
        others += evidence->connection && sg_is_another_client(evidence, other) && other->fd >= 0 &&
                  !other->ended;
    }
    const struct sg_connection *own = evidence->connection;
    bool turned_away = own && evidence->kind == SG_FAILURE_DATA && !own->in.length &&
                       own->end != SG_STREAM_OPEN && !own->ended && sg_is_server(evidence);
    size_t least = waits_for_several(evidence) ? 1 : 2;
    if (others < least || (!turned_away && !is_ignored(evidence) && !is_forgotten(evidence)))
        return false;
    const char *plural = sg_plural_end(others);
    if (turned_away)
        return sg_say(ret, "With %zu other client%s connected, client %d was turned away.", others,
                      plural, own->number);
    if (evidence->kind == SG_FAILURE_BACKLOG)
        return sg_say(ret, "With %zu client%s connected, no other one was accepted.", others,
                      plural);
    return sg_say(ret, "With %zu other client%s connected, client %d was left unanswered.", others,
                  plural, evidence->connection->number);
}

/* So many were answered, and this one is not: there was room for so many. */
static bool has_room_for_so_many(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { MANY = 20 };
    const struct sg_connection *own = evidence->connection;
    size_t answered = 0;
    for (size_t i = 0; i < evidence->connection_count; i++)
        answered += evidence->connections[i] != own && evidence->connections[i]->in.length;
    if (!sg_is_server(evidence) || !own || own->in.length || own->end == SG_STREAM_OPEN ||
        sg_is_dead(evidence) || answered < MANY)
        return false;
    return sg_say(ret, "%zu clients were answered; client %d was turned away.", answered,
                  own->number);
}

static bool waits_in_poll(const struct sg_evidence *evidence, const struct sg_wait *wait)
{
    return evidence->outcome == SG_OUTCOME_STILL && wait &&
           (strcmp(wait->call, "poll") == 0 || strcmp(wait->call, "select") == 0) &&
           evidence->program.process->pid == wait->pid;
}

/* poll() and select() return at once for bytes that lie in a socket they are asked about, and we
 * read: it may not wait for us. So they are not asked about this one, which was accepted. */
static bool is_unwatched(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *own = evidence->connection;
    const struct sg_wait *wait = sg_main_wait(evidence);
    if (!sg_is_server(evidence) || !own || own->end != SG_STREAM_OPEN || evidence->unaccepted ||
        !evidence->still_unread || !waits_in_poll(evidence, wait) ||
        sg_right_bytes(evidence) < evidence->got.length)
        return false;
    return sg_say(ret,
                  "Bytes of client %d lie unread, and the server waits in %s() without asking "
                  "about its connection.",
                  own->number, wait->call);
}

static bool leaves_next_client(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *before = sg_connection_before(evidence);
    if (!is_ignored(evidence) || !before)
        return false;
    char room[128];
    const struct sg_wait *wait = sg_main_wait(evidence);
    bool one_at_a_time = before->ended;
    if (one_at_a_time && wait)
        return sg_say(ret, "The server did not serve its next client: it waits in %s.",
                      sg_describe_wait(evidence, wait, room, sizeof room));
    return one_at_a_time && sg_say(ret, "The server did not serve its next client.");
}

/* It goes on to accept, and does not read from the client that comes after one that has reset its
 * connection. */
static bool left_by_reset(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *before = sg_connection_before(evidence);
    if (!is_ignored(evidence) || evidence->unaccepted || !before || !before->we_reset)
        return false;
    return sg_say(
        ret,
        "After client %d had reset its connection, the server accepted client %d and left "
        "it unanswered.",
        before->number, evidence->connection->number);
}

static const struct sg_rule rows[] = {
    {SG_CODE_MIXES_CLIENTS, SG_KIND(DATA), looks_into_one_variable,
     "two threads that wait for one client, and none for this one"},
    {SG_CODE_BLOCKED_BY_CLIENT, SG_KIND(DATA), blocked_by_reader,
     "it waits to send to another client, which does not read, and this one gets nothing"},
    {SG_CODE_BLOCKED_BY_CLIENT, SG_KIND(DATA) | SG_KIND(NOT_ENDED) | SG_KIND(BACKLOG),
     blocked_by_client, "it waits to read from another client, and this one's bytes lie unread"},
    {SG_CODE_STOPS_ACCEPTING, SG_KIND(DATA) | SG_KIND(NOT_ENDED) | SG_KIND(BACKLOG),
     stops_accepting, "others are connected, and this one's bytes lie unread"},
    {SG_CODE_STOPS_ACCEPTING, SG_KIND(DATA), has_room_for_so_many,
     "an end without an answer after many clients that were answered"},
    {SG_CODE_STOPS_ACCEPTING, SG_KIND(DATA), is_unwatched,
     "bytes that lie unread while poll() or select() waits"},
    {SG_CODE_CARRIES_OVER, SG_KIND(DATA), left_by_reset,
     "the client before has reset its connection, and this one was accepted and is not read"},
    {SG_CODE_SERVES_ONCE, SG_KIND(DATA) | SG_KIND(NOT_ENDED) | SG_KIND(BACKLOG), leaves_next_client,
     "the client before has gone, and this one's bytes lie unread"},
};

const struct sg_rules sg_rules_unanswered = {rows, SG_COUNT(rows)};
