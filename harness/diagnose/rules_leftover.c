/* SPDX-License-Identifier: MIT
 * What a server leaves behind of its clients: descriptors, processes, memory, and their bytes. */
#include <string.h>

#include "base/language.h"
#include "base/utf8.h"
#include "diagnose/rules.h"

static bool grows(const struct sg_evidence *evidence, struct sg_diagnosis *ret,
                  enum sg_resource resource, const char *what)
{
    if (evidence->resource != resource)
        return false;
    bool one_each = evidence->connection_count <= evidence->repetitions + 1;
    return sg_say(ret, "After %zu %s the server held %zu %s, and %zu after the first.",
                  evidence->repetitions, one_each ? _("clients") : _("rounds of clients"),
                  evidence->grown_to, what, evidence->grown_from);
}

/* Of what kind most of what stays open is, where that is the same as what has come. Sockets came
 * from the accept() that the server waits in, if it waits in one. */
static void add_what_stays(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_held *held = &evidence->held;
    if (held->count * 2 <= evidence->grown_to - evidence->grown_from)
        return;
    if (strcmp(held->what, "socket") != 0) {
        sg_autobytes struct sg_bytes what = {0};
        sg_show(&what, (const uint8_t *)held->what, strlen(held->what));
        sg_diagnosis_add(ret, 0, "%zu of them are '%s'", held->count, sg_bytes_text(&what));
        ret->advice = sg_strdup(_("Close what you opened for a client before you serve the next."));
        return;
    }
    sg_diagnosis_add(ret, 0, "%zu of them are sockets", held->count);
    if (evidence->program.where && evidence->program.where_waits_for == SG_TARGET_LISTENER)
        sg_excerpt_at(evidence, evidence->program.where, ret);
}

static bool leaks_descriptors(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->resource == SG_RESOURCE_DESCRIPTORS)
        add_what_stays(evidence, ret);
    return grows(evidence, ret, SG_RESOURCE_DESCRIPTORS, "open descriptors");
}

static bool leaks_processes(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return grows(evidence, ret, SG_RESOURCE_PROCESSES, "processes, ended ones among them");
}

static bool leaks_memory(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    return grows(evidence, ret, SG_RESOURCE_MEMORY, "KiB of memory");
}

/* The client itself had sent these bytes. */
static bool sent_itself(const struct sg_evidence *evidence, struct sg_slice bytes)
{
    return evidence->connection &&
           sg_slice_find(sg_bytes_slice(&evidence->connection->out), bytes) != SIZE_MAX;
}

/* How many of these bytes the client has sent: the first of them, or a whole segment. 0: none. */
static size_t sent_by(const struct sg_connection *client, struct sg_slice bytes)
{
    enum { LEAST = 8, LEAST_OF_SEGMENT = 4 };
    struct sg_slice out = sg_bytes_slice(&client->out);
    if (bytes.length >= LEAST && sg_slice_find(out, sg_slice_first(bytes, LEAST)) != SIZE_MAX)
        return LEAST;
    for (size_t i = 0; i < client->segment_count; i++) {
        const struct sg_segment *segment = &client->segments[i];
        struct sg_slice piece = sg_slice_first(sg_slice_skip(out, segment->start), segment->length);
        if (piece.length >= LEAST_OF_SEGMENT && sg_slice_common(bytes, piece) == piece.length)
            return piece.length;
    }
    return 0;
}

/* What came is what another client sent. */
static bool mixes_clients(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    struct sg_slice wrong = sg_slice_skip(evidence->got, sg_right_bytes(evidence));
    if (!sg_is_server(evidence) || !wrong.length)
        return false;
    for (size_t i = 0; i < evidence->connection_count; i++) {
        const struct sg_connection *other = evidence->connections[i];
        bool past = other->fd < 0; /* its bytes are carried over, and not mixed */
        size_t length = sent_by(other, wrong);
        if (past || !sg_is_another_client(evidence, other) || !length ||
            sent_itself(evidence, sg_slice_first(wrong, length)))
            continue;
        return sg_say(ret, "Client %d got bytes that client %d had sent.",
                      evidence->connection->number, other->number);
    }
    return false;
}

static size_t count_in(struct sg_slice bytes, struct sg_slice wanted)
{
    size_t count = 0;
    for (size_t at; (at = sg_slice_find(bytes, wanted)) != SIZE_MAX; count++)
        bytes = sg_slice_skip(bytes, at + wanted.length);
    return count;
}

/* Another client got these bytes more often than it has asked for them: than it has sent them, or,
 * where the answer is not what was sent, the same as this client. */
static bool got_without_asking(const struct sg_evidence *evidence,
                               const struct sg_connection *other, struct sg_slice bytes)
{
    struct sg_slice out = sg_bytes_slice(&other->out);
    size_t asked = count_in(out, bytes);
    if (!asked && evidence->connection)
        asked = sg_slice_equal(sg_bytes_slice(&evidence->connection->out), out);
    return count_in(sg_bytes_slice(&other->in), bytes) > asked;
}

/* What this client should have got, another one got, who had not asked for it. */
static bool answers_another(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LEAST = 8 };
    struct sg_slice missing = sg_slice_skip(evidence->expected, sg_right_bytes(evidence));
    missing = sg_slice_first(missing, missing.length < LEAST ? missing.length : LEAST);
    bool nothing_else = evidence->got.length == sg_right_bytes(evidence);
    if (!sg_is_server(evidence) || missing.length == 0 || !nothing_else)
        return false;
    for (size_t i = 0; i < evidence->connection_count; i++) {
        const struct sg_connection *other = evidence->connections[i];
        if (!sg_is_another_client(evidence, other) || !got_without_asking(evidence, other, missing))
            continue;
        return sg_say(ret, "The answer to client %d was sent to client %d.",
                      evidence->connection->number, other->number);
    }
    return false;
}

/* The wrong bytes stand behind the right answer where another message had them: the rest of a
 * buffer. */
static bool is_rest_of_buffer(const struct sg_evidence *evidence, struct sg_slice wrong,
                              const struct sg_connection *other)
{
    size_t right = sg_right_bytes(evidence);
    size_t place = evidence->expected_start + right;
    struct sg_slice same_place = sg_slice_skip(sg_bytes_slice(&other->out), place);
    return right == evidence->expected.length && place > 0 &&
           sg_slice_common(same_place, wrong) == wrong.length;
}

static bool carries_over(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    enum { LEAST = 4 };
    struct sg_slice wrong = sg_slice_skip(evidence->got, sg_right_bytes(evidence));
    if (!sg_is_server(evidence) || wrong.length < LEAST ||
        sent_itself(evidence, sg_slice_first(wrong, LEAST)) ||
        sg_slice_find(evidence->expected, sg_slice_first(wrong, LEAST)) != SIZE_MAX)
        return false;
    for (size_t i = 0; i < evidence->connection_index && i < evidence->connection_count; i++) {
        const struct sg_connection *other = evidence->connections[i];
        if (!sg_is_another_client(evidence, other) ||
            sg_slice_find(sg_bytes_slice(&other->out), sg_slice_first(wrong, LEAST)) == SIZE_MAX)
            continue;
        if (is_rest_of_buffer(evidence, sg_slice_first(wrong, LEAST), other))
            return false; /* stale-buffer */
        return sg_say(ret,
                      "The answer holds bytes of an earlier client's conversation (client %d).",
                      other->number);
    }
    return false;
}

/* The wrong bytes are those of an earlier part of the same conversation: no other client has left
 * them behind. */
static bool repeats_itself(const struct sg_evidence *evidence)
{
    enum { LEAST = 4 };
    size_t right = sg_right_bytes(evidence);
    struct sg_slice wrong = sg_slice_first(sg_slice_skip(evidence->got, right), LEAST);
    struct sg_slice before = sg_bytes_slice(&evidence->connection->out);
    before = sg_slice_first(before, evidence->expected_start + right);
    return wrong.length == LEAST && sg_slice_find(before, wrong) != SIZE_MAX;
}

/* Served alone, it is answered rightly; after another it is not, though its bytes were taken. */
static bool right_alone(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_is_server(evidence) || !evidence->passes_with[SG_PROBE_ALONE] ||
        !evidence->connection || sg_has_open_other(evidence, false) || repeats_itself(evidence))
        return false;
    sg_diagnosis_add(ret, 0, "tried again without the clients before it: then it is right");
    return sg_say(ret, "What an earlier client left behind changes the answer to this one.");
}

/* It took this client's bytes, and answers them where the other, which has got no answer yet, has
 * not been there. */
static bool waits_behind_other(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!sg_is_server(evidence) || !evidence->passes_with[SG_PROBE_ALONE] ||
        !sg_has_open_other(evidence, true))
        return false;
    sg_diagnosis_add(ret, 0, "tried again without the other clients: then it is answered");
    return sg_say(ret,
                  "While another client is connected, the server leaves client %d unanswered, "
                  "though it has taken its bytes.",
                  evidence->connection->number);
}

static const struct sg_rule rows[] = {
    {SG_CODE_LEAKS_DESCRIPTORS, SG_KIND(GROWS), leaks_descriptors, "the counts"},
    {SG_CODE_LEAKS_PROCESSES, SG_KIND(GROWS), leaks_processes, "the counts"},
    {SG_CODE_LEAKS_MEMORY, SG_KIND(GROWS), leaks_memory, "the counts"},
    {SG_CODE_MIXES_CLIENTS, SG_KIND(DATA) | SG_KIND(EXTRA), mixes_clients,
     "the wrong bytes are those that another client sent"},
    {SG_CODE_MIXES_CLIENTS, SG_KIND(DATA), answers_another,
     "the missing bytes came to another client"},
    {SG_CODE_CARRIES_OVER, SG_KIND(DATA) | SG_KIND(EXTRA), carries_over,
     "the wrong bytes are those of a client before"},
};

const struct sg_rules sg_rules_leftover = {rows, SG_COUNT(rows)};

static const struct sg_rule alone[] = {
    {SG_CODE_BLOCKED_BY_CLIENT, SG_KIND(DATA), waits_behind_other,
     "another client is connected, and without it this one is answered"},
    {SG_CODE_CARRIES_OVER, SG_KIND(DATA), right_alone,
     "right without the clients before, who have all ended, and not with them"},
};

const struct sg_rules sg_rules_alone = {alone, SG_COUNT(alone)};
