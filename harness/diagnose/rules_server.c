/* SPDX-License-Identifier: MIT
 * A server's life: what ends it, or turns it round in circles, and what its client tells of it. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/language.h"
#include "diagnose/rules.h"

/* The connection that the server last had before it ended, or failed to serve another. */
static const struct sg_connection *last_client(const struct sg_evidence *evidence)
{
    const struct sg_connection *own = evidence->connection;
    const struct sg_connection *before = sg_connection_before(evidence);
    /* A client that was refused, or let in by the kernel alone, is not what ended the server. */
    bool served = own && !own->refused && own->in.length;
    if (!before && own && own->refused)
        return NULL;
    return own && (served || !before) ? own : before;
}

/* Whether the server does not serve any more: it has ended, or it does not listen. */
static bool is_out_of_service(const struct sg_evidence *evidence)
{
    bool refused = evidence->kind == SG_FAILURE_REFUSED;
    bool unanswered = evidence->got.length == 0 || evidence->kind == SG_FAILURE_NOT_RUNNING;
    return sg_is_server(evidence) && (refused || (sg_is_dead(evidence) && unanswered));
}

static const char *how_it_ended(const struct sg_evidence *evidence, char *room, size_t size)
{
    if (!sg_is_dead(evidence)) {
        (void)snprintf(room, size, "no longer listened");
    } else if (sg_death_signal(evidence)) {
        (void)snprintf(room, size, "was ended by SIG%s", sigabbrev_np(sg_death_signal(evidence)));
    } else {
        (void)snprintf(room, size, "ended with status %d",
                       WEXITSTATUS(evidence->program.process->status));
    }
    return room;
}

static bool killed_by_sigpipe(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (sg_death_signal(evidence) != SIGPIPE)
        return false;
    return sg_say(ret, "The %s was killed by SIGPIPE: it sent to a connection that was over.",
                  evidence->program.name);
}

static bool has_mark(const struct sg_evidence *evidence, const struct sg_connection *client)
{
    struct sg_slice mark = evidence->assignment->mark;
    if (evidence->assignment->longest_frame)
        return !sg_ends_within_frame(evidence, sg_bytes_slice(&client->out));
    return !mark.length || sg_slice_find(sg_bytes_slice(&client->out), mark) != SIZE_MAX;
}

static bool has_bad_frame(const struct sg_evidence *evidence, const struct sg_connection *client)
{
    return evidence->assignment->longest_frame &&
           sg_has_bad_frame(evidence, sg_bytes_slice(&client->out));
}

/* It was reset before, and served others after that. */
static bool outlives_resets(const struct sg_evidence *evidence, const struct sg_connection *last)
{
    size_t resets = 0;
    for (size_t i = 0; i < evidence->connection_count && evidence->connections[i] != last; i++)
        resets += evidence->connections[i]->we_reset;
    return last->we_reset && resets > 0;
}

static bool dies_on_reset(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *client = last_client(evidence);
    char room[64];
    if (!is_out_of_service(evidence) || !client || outlives_resets(evidence, client))
        return false;
    /* Closing with unread bytes resets the connection as well. */
    bool left_unread = client->in.length > client->taken || (client->out.length && !client->taken);
    /* After a frame that is none, whichever came first, the server has no answer to lose. */
    bool vanished = client->closed && client->end == SG_STREAM_OPEN && left_unread &&
                    has_mark(evidence, client) && !has_bad_frame(evidence, client);
    if (!client->we_reset && !vanished)
        return false;
    return sg_say(ret, "The server %s when its client %s.",
                  how_it_ended(evidence, room, sizeof room),
                  client->we_reset ? _("reset the connection") : _("vanished"));
}

/* A greeting needs no message. */
static bool was_silent(const struct sg_connection *client)
{
    return client->out.length == 0 && !client->taken;
}

static bool ended_early(const struct sg_evidence *evidence, const struct sg_connection *client)
{
    return client->ended && !client->we_reset &&
           (was_silent(client) || !has_mark(evidence, client));
}

/* Several had ended so before: that one does no harm is shown by a case that this one needs. */
static bool outlives_early_ends(const struct sg_evidence *evidence,
                                const struct sg_connection *last)
{
    enum { SEVERAL = 3 };
    size_t count = 0;
    for (size_t i = 0; i < evidence->connection_count && evidence->connections[i] != last; i++)
        count += ended_early(evidence, evidence->connections[i]);
    return evidence->one->needs.count && count >= SEVERAL;
}

static bool dies_on_early_end(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *client = last_client(evidence);
    char room[64];
    if (!is_out_of_service(evidence) || !client || !ended_early(evidence, client) ||
        outlives_early_ends(evidence, client))
        return false;
    return sg_say(ret, "The server %s when its client closed %s.",
                  how_it_ended(evidence, room, sizeof room),
                  was_silent(client) ? _("without a message") : _("in the middle of a message"));
}

/* It was whole, as the protocol tells what is, and the case does not judge an answer to it. */
static bool is_bad_message(const struct sg_evidence *evidence, const struct sg_connection *client)
{
    if (evidence->assignment->longest_frame)
        return has_bad_frame(evidence, client);
    return evidence->assignment->mark.length && has_mark(evidence, client);
}

/* The message had its end mark and yet was none of the protocol's: the case says so by not judging
 * an answer to it. */
static bool dies_on_bad_message(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *client = last_client(evidence);
    char room[64];
    if (client == evidence->connection && evidence->expected.length)
        return false; /* the protocol has an answer to it */
    if (!is_out_of_service(evidence) || !client || !client->out.length || client->we_reset ||
        client->taken || client->in.length || !is_bad_message(evidence, client))
        return false;
    return sg_say(ret, "The server %s on a message that the protocol does not know.",
                  how_it_ended(evidence, room, sizeof room));
}

static bool no_ipv6(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->one->family != AF_INET6 || sg_is_dead(evidence) || !evidence->program.listening ||
        sg_connection_before(evidence))
        return false;
    char room[SG_ADDRESS_TEXT];
    return sg_say(ret, "A client on ::1 was refused: the server listens on %s.",
                  sg_address_print(evidence->program.address, room));
}

static bool no_ipv4(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->one->family != AF_INET || sg_is_dead(evidence) || !evidence->program.listening ||
        sg_connection_before(evidence) || evidence->program.address->any.sa_family != AF_INET6)
        return false;
    char room[SG_ADDRESS_TEXT];
    return sg_say(ret,
                  "A client on 127.0.0.1 was refused: the server listens on %s, for IPv6 alone.",
                  sg_address_print(evidence->program.address, room));
}

static bool ended_by_encoding(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_out_of_service(evidence) || !sg_died_of_exception(evidence) ||
        !sg_reports_encoding(evidence))
        return false;
    sg_add_last_words(evidence, ret);
    return sg_say(ret, "The server took the bytes for text, and they are none: it ended.");
}

/* A runtime's report, unless it tells of a socket that the program had closed itself. */
static bool ended_by_exception(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_out_of_service(evidence) || !sg_died_of_exception(evidence) ||
        sg_stderr_has(evidence, "Bad file descriptor") || sg_stderr_has(evidence, "ocket closed") ||
        sg_stderr_has(evidence, "closed network connection"))
        return false;
    sg_autobytes struct sg_bytes words = {0};
    sg_last_words(evidence, &words);
    sg_add_last_words(evidence, ret);
    return sg_say(ret, "The server ended with an error that nothing caught: %s.",
                  sg_bytes_text(&words));
}

static bool ends_after_several(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { SEVERAL = 3 };
    size_t others = 0;
    char room[64];
    for (size_t i = 0; i < evidence->connection_count; i++)
        others += evidence->connection && sg_is_another_client(evidence, evidence->connections[i]);
    if (!is_out_of_service(evidence) || others < SEVERAL)
        return false;
    return sg_say(ret, "The server %s after %zu clients.",
                  how_it_ended(evidence, room, sizeof room), others);
}

static bool serves_once(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_connection *client = sg_connection_before(evidence);
    char room[64];
    if (!is_out_of_service(evidence) || !client || client == evidence->connection)
        return false;
    return sg_say(ret, "The server %s after its first client.",
                  how_it_ended(evidence, room, sizeof room));
}

static bool spins_at_end(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    bool busy = evidence->kind == SG_FAILURE_BUSY || evidence->outcome == SG_OUTCOME_BUSY;
    const struct sg_spin *spin = &evidence->program.spin;
    bool gone = false;
    for (size_t i = 0; i < evidence->connection_count; i++)
        gone = gone || evidence->connections[i]->ended;
    bool rests = evidence->passes_with[SG_PROBE_ALL_STAY];
    bool proven = spin->proven && spin->at_end;
    if (!sg_is_server(evidence) || !busy || !gone || (!proven && !rests))
        return false;
    if (rests)
        sg_diagnosis_add(ret, 0, "tried again with clients that do not go: then it waits");
    else
        sg_diagnosis_add(ret, 0,
                         "%s() returned 0 and was called again, %zu times while it was watched",
                         spin->call, spin->times);
    return sg_say(ret, "After a client had gone, the server used the processor without a pause.");
}

static bool spins(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->kind != SG_FAILURE_BUSY && evidence->outcome != SG_OUTCOME_BUSY)
        return false;
    const struct sg_spin *spin = &evidence->program.spin;
    bool sends =
        spin->call && (strncmp(spin->call, "send", 4) == 0 || strncmp(spin->call, "write", 5) == 0);
    if (sends)
        ret->advice =
            sg_strdup(_("Look at what it returns: -1 is an error, and its client has gone."));
    if (spin->proven && spin->call)
        sg_diagnosis_add(ret, 0, "%s() was called again and again, %zu times while it was watched",
                         spin->call, spin->times);
    return sg_say(ret, "The %s used the processor without a pause while it had nothing to do.",
                  evidence->program.name);
}

/* It is the reference client that ended with an error: the server is judged by what it did to
 * it. */
static bool reference_fails(const struct sg_evidence *evidence)
{
    return sg_is_server(evidence) && evidence->step &&
           strcmp(evidence->step->actor, evidence->program.name) != 0;
}

static bool resets_reference(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    bool reset = false;
    for (size_t i = 0; i < evidence->connection_count; i++) {
        const struct sg_connection *connection = evidence->connections[i];
        reset = reset || (strcmp(connection->program, evidence->program.name) == 0 &&
                          connection->end == SG_STREAM_RESET);
    }
    return reference_fails(evidence) && reset &&
           sg_say(ret, "The server reset the connection of the reference client, which failed for "
                       "that: it waited for the end of the stream.");
}

static bool fails_reference(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!reference_fails(evidence))
        return false;
    ret->advice = sg_strdup(_("Read on the ladder what the reference client got and said."));
    return sg_say(ret, "The reference client ended with an error: it could not do with what the "
                       "server sent.");
}

/* accept() or select() had a time limit, and that it was over was taken for an error: nobody had
 * come yet, or 'idle' would not have failed so. */
static bool gives_up_waiting(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    bool idle = evidence->step && evidence->step->action == SG_ACT_IDLE;
    if (!sg_is_server(evidence) || !sg_is_dead(evidence) || !idle)
        return false;
    ret->advice = sg_strdup(_("Go on waiting: that nobody came for a while is no error."));
    sg_add_last_words(evidence, ret);
    return sg_say(ret, "No client had come, and after %d ms the server ended by itself.",
                  (int)(evidence->program.ended_ns / SG_NS_PER_MS));
}

enum {
    UNSERVED = SG_KIND(REFUSED) | SG_KIND(NOT_RUNNING) | SG_KIND(DATA) | SG_KIND(NOT_ENDED) |
               SG_KIND(RESET) | SG_KIND(ENDED) | SG_KIND(NOTHING),
};

static const struct sg_rule rows[] = {
    {SG_CODE_KILLED_BY_SIGPIPE, ~0u, killed_by_sigpipe, "its end by SIGPIPE"},
    {SG_CODE_NO_IPV6, SG_KIND(REFUSED), no_ipv6, "refused on ::1 while it listens elsewhere"},
    {SG_CODE_NEVER_LISTENED, SG_KIND(REFUSED), no_ipv4,
     "refused on 127.0.0.1 while it listens on an IPv6 address"},
    {SG_CODE_DIES_ON_RESET, UNSERVED, dies_on_reset,
     "out of service; the last client had reset the connection or vanished"},
    {SG_CODE_DIES_ON_EARLY_END, UNSERVED, dies_on_early_end,
     "out of service; the last client had closed without a whole message"},
    {SG_CODE_DIES_ON_BAD_MESSAGE, UNSERVED, dies_on_bad_message,
     "out of service; the last message was outside the protocol"},
    {SG_CODE_TEXT_ONLY, UNSERVED, ended_by_encoding,
     "out of service; a runtime's report that it could not encode or decode"},
    {SG_CODE_UNCAUGHT_EXCEPTION, UNSERVED, ended_by_exception,
     "out of service; a runtime's report and a status other than 0"},
    {SG_CODE_EXITED_EARLY, SG_KIND(NOT_RUNNING), gives_up_waiting, "its end, with no client yet"},
    {SG_CODE_STOPS_ACCEPTING, UNSERVED, ends_after_several,
     "out of service after several conversations"},
    {SG_CODE_SERVES_ONCE, UNSERVED, serves_once,
     "out of service after a conversation that was in order"},
    {SG_CODE_SPINS_AT_END, UNSERVED | SG_KIND(BUSY), spins_at_end,
     "processor time without a pause after a client's end"},
    {SG_CODE_SPINS, UNSERVED | SG_KIND(BUSY), spins, "processor time without a pause"},
    {SG_CODE_RESET_NOT_CLOSED, SG_KIND(EXIT_STATUS), resets_reference,
     "a reset where the reference client waits for the end"},
    {SG_CODE_WRONG_DATA, SG_KIND(EXIT_STATUS), fails_reference, "the reference client's status"},
};

const struct sg_rules sg_rules_server = {rows, SG_COUNT(rows)};
