/* SPDX-License-Identifier: MIT
 * What is stored, queued: entries of the outbox, made and brought up to date. */
#include <jansson.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/table.h"
#include "store/database.h"
#include "store/outbox.h"

enum { KEY_LENGTH = 32 };

/* What a submission came to. */
struct standing {
    char *digest; /* of what was handed in and what came of it: not of times, words and versions */
    char *held_for; /* why nothing of it may be sent; NULL: it may */
};

static void standing_done(struct standing *standing)
{
    free(standing->digest);
    free(standing->held_for);
}

/* Each text with its end, so that where one begins is part of the digest. */
static void add_text(SHA2_CTX *context, const char *text)
{
    const char *known = text ? text : "";
    SHA256Update(context, (const uint8_t *)known, strlen(known) + 1);
}

static char *take_digest(SHA2_CTX *context)
{
    char text[SHA256_DIGEST_STRING_LENGTH];
    (void)SHA256End(context, text);
    return sg_strdup(text);
}

/* 1: it is there. */
static int look_at_submission(struct sg_store *store, const char *id, SHA2_CTX *context,
                              struct standing *ret, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store,
                      "SELECT state, reason, content_digest, build_failed FROM submission"
                      " WHERE id = ?",
                      err) < 0)
        return -1;
    sg_query_shown(&query, id);
    int found = sg_query_step(&query, err);
    if (found <= 0)
        return found;
    for (int column = 0; column < 4; column++)
        add_text(context, sg_query_get(&query, column));
    const char *state = sg_query_get(&query, 0), *reason = sg_query_get(&query, 1);
    if (strcmp(state, sg_store_state_word(SG_STORE_GRADED)) != 0)
        ret->held_for = sg_printf("it was not graded: %s", reason ? reason : state);
    return 1;
}

static int look_at_cases(struct sg_store *store, const char *id, bool is_grade, SHA2_CTX *context,
                         struct standing *ret, struct sg_error *err)
{
    size_t errors = 0;
    sg_autoquery struct sg_query query = {0};
    int more = sg_query_open(&query, store,
                             "SELECT status, role, name, charged, points, max_points, code FROM"
                             " case_result WHERE submission = ? ORDER BY place",
                             err);
    if (more >= 0)
        sg_query_shown(&query, id);
    while (more >= 0 && (more = sg_query_step(&query, err)) > 0) {
        for (int column = 0; column < 7; column++)
            add_text(context, sg_query_get(&query, column));
        errors += strcmp(sg_query_get(&query, 0), sg_status_word(SG_STATUS_ERROR)) == 0;
    }
    if (errors && is_grade && !ret->held_for)
        ret->held_for = sg_printf("%zu case%s could not be graded, which is no grade", errors,
                                  errors == 1 ? "" : "s");
    return more;
}

static int look_at(struct sg_store *store, const struct sg_outbox_way *way, const char *id,
                   struct standing *ret, struct sg_error *err)
{
    SHA2_CTX context;
    SHA256Init(&context);
    int found = look_at_submission(store, id, &context, ret, err);
    if (found > 0 && look_at_cases(store, id, way->is_grade, &context, ret, err) < 0)
        found = -1;
    ret->digest = take_digest(&context);
    return found;
}

/* ---- one entry ---- */

struct entry {
    const struct sg_outbox_way *way;
    const char *submission, *recipient;
    int64_t generation; /* the how-manieth result on this way to this recipient */
    int64_t queued_ms;
};

static char *key_of(const struct entry *entry, const char *digest)
{
    SHA2_CTX context;
    sg_autofree char *generation = sg_printf("%lld", (long long)entry->generation);
    const char *const parts[] = {
        entry->way->target, entry->way->place, entry->submission, entry->recipient, digest,
        generation};
    SHA256Init(&context);
    for (size_t i = 0; i < SG_COUNT(parts); i++)
        add_text(&context, parts[i]);
    char *key = take_digest(&context);
    key[KEY_LENGTH] = 0;
    return key;
}

static void bind_entry(struct sg_query *query, const struct entry *entry)
{
    sg_query_text(query, entry->way->target);
    sg_query_text(query, entry->way->place);
    sg_query_shown(query, entry->submission);
    sg_query_shown(query, entry->recipient);
}

static int write_entry(struct sg_store *store, const struct entry *entry,
                       const struct standing *standing, struct sg_error *err)
{
    sg_autofree char *key = key_of(entry, standing->digest);
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store,
                      "INSERT INTO outbox (target, place, submission, recipient, key,"
                      " result_digest, generation, state, reason, attempts, queued_ms)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)"
                      " ON CONFLICT (target, place, submission, recipient) DO UPDATE SET"
                      " key = excluded.key, result_digest = excluded.result_digest,"
                      " generation = excluded.generation, state = excluded.state,"
                      " reason = excluded.reason, attempts = 0, queued_ms = excluded.queued_ms",
                      err) < 0)
        return -1;
    bind_entry(&query, entry);
    sg_query_text(&query, key);
    sg_query_text(&query, standing->digest);
    sg_query_number(&query, entry->generation);
    sg_query_text(&query,
                  sg_outbox_state_word(standing->held_for ? SG_OUTBOX_HELD : SG_OUTBOX_WAITING));
    sg_query_shown(&query, standing->held_for ? standing->held_for : "");
    sg_query_number(&query, entry->queued_ms);
    return sg_query_run(&query, err);
}

/* What arrived is again what there is, and nothing was sent since. */
static int take_back(struct sg_store *store, const struct entry *entry, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store,
                      "UPDATE outbox SET result_digest = arrived_digest, state = 'arrived',"
                      " reason = '' WHERE target = ? AND place = ? AND submission = ? AND"
                      " recipient = ?",
                      err) < 0)
        return -1;
    bind_entry(&query, entry);
    return sg_query_run(&query, err);
}

static bool is_same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static int put_entry(struct sg_store *store, struct entry *entry, const struct standing *standing,
                     struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store,
                      "SELECT result_digest, arrived_digest, generation, queued_ms, attempts FROM"
                      " outbox WHERE target = ? AND place = ? AND submission = ? AND recipient = ?",
                      err) < 0)
        return -1;
    bind_entry(&query, entry);
    int found = sg_query_step(&query, err);
    if (found < 0)
        return -1;
    if (found && is_same(sg_query_get(&query, 0), standing->digest))
        return 0;
    bool untried = found && sg_query_get_number(&query, 4) == 0;
    if (untried && is_same(sg_query_get(&query, 1), standing->digest))
        return take_back(store, entry, err);
    if (found) {
        int64_t before = sg_query_get_number(&query, 3);
        entry->generation = sg_query_get_number(&query, 2) + 1;
        entry->queued_ms = entry->queued_ms > before ? entry->queued_ms : before + 1;
    }
    return write_entry(store, entry, standing, err);
}

/* ---- all entries of a submission ---- */

static const char *name_of(const struct sg_store_person *person, enum sg_outbox_person by)
{
    const char *const names[] = {
        [SG_OUTBOX_NOBODY] = NULL,
        [SG_OUTBOX_STUDENT] = person->id,
        [SG_OUTBOX_EMAIL] = person->email,
        [SG_OUTBOX_LOGIN] = person->login,
    };
    return names[by] && *names[by] ? names[by] : NULL;
}

/* Begins the name of a member of whom the target cannot be told: whose grade would else be missed
 * by nobody. */
static const char unknown[] = "? ";

/* A list of texts; the caller lets go of it. */
static json_t *recipients_of(const struct sg_store_person *people, size_t count,
                             const struct sg_outbox_way *way, const char *submission)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count && way->person != SG_OUTBOX_NOBODY; i++) {
        const char *name = name_of(&people[i], way->person);
        sg_autofree char *other = sg_printf("%s%s", unknown, people[i].name ? people[i].name : "");
        if (name || count > 1)
            json_array_append_new(list, json_string(name ? name : other));
    }
    if (json_array_size(list) == 0)
        json_array_append_new(list, json_string(way->person == SG_OUTBOX_NOBODY ? "" : submission));
    return list;
}

/* Whose it was taken to be before the roster was put right, and nothing was sent to. */
static int drop_others(struct sg_store *store, const struct entry *entry, const json_t *recipients,
                       struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    sg_autofree char *list = json_dumps(recipients, JSON_COMPACT);
    if (!list)
        return sg_fail_machine(err, "a list of recipients cannot be written as JSON");
    if (sg_query_open(&query, store,
                      "DELETE FROM outbox WHERE target = ? AND place = ? AND submission = ?"
                      " AND state <> 'arrived' AND recipient NOT IN"
                      " (SELECT value FROM json_each(?))",
                      err) < 0)
        return -1;
    sg_query_text(&query, entry->way->target);
    sg_query_text(&query, entry->way->place);
    sg_query_shown(&query, entry->submission);
    sg_query_text(&query, list);
    return sg_query_run(&query, err);
}

static int queue(struct sg_store *store, const struct sg_outbox_way *way, const char *submission,
                 const struct standing *standing, int64_t now_ms, struct sg_error *err)
{
    struct sg_store_person *people = NULL;
    size_t count = 0, index;
    if (sg_store_people(store, submission, &people, &count, err) < 0)
        return -1;
    json_t *recipients = recipients_of(people, count, way, submission), *one;
    sg_store_people_done(people, count);
    struct entry entry = {.way = way, .submission = submission};
    char words[] = "the roster does not say how the target knows this member";
    const struct standing nameless = {.digest = standing->digest, .held_for = words};
    int failed = drop_others(store, &entry, recipients, err);
    json_array_foreach(recipients, index, one)
    {
        entry.recipient = json_string_value(one);
        entry.generation = 1;
        entry.queued_ms = now_ms;
        bool known = strncmp(entry.recipient, unknown, strlen(unknown)) != 0;
        if (!failed)
            failed = put_entry(store, &entry, known ? standing : &nameless, err);
    }
    json_decref(recipients);
    return failed;
}

int sg_outbox_queue(struct sg_store *store, const struct sg_outbox_way *way, const char *submission,
                    int64_t now_ms, struct sg_error *err)
{
    struct standing standing = {0};
    int found = look_at(store, way, submission, &standing, err);
    if (found > 0)
        found = queue(store, way, submission, &standing, now_ms, err);
    standing_done(&standing);
    return found < 0 ? -1 : 0;
}

int sg_outbox_queue_all(struct sg_store *store, const struct sg_outbox_way *way,
                        char *const *submissions, size_t count, int64_t now_ms,
                        struct sg_error *err)
{
    if (sg_store_begin(store, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        if (sg_outbox_queue(store, way, submissions[i], now_ms, err) < 0) {
            sg_store_rollback(store);
            return -1;
        }
    }
    return sg_store_commit(store, err);
}

int sg_outbox_plan(struct sg_store *store, const struct sg_outbox_way *way,
                   char *const *submissions, size_t count, struct sg_outbox_entry **ret,
                   size_t *ret_count, struct sg_error *err)
{
    if (sg_store_begin(store, err) < 0)
        return -1;
    int failed = 0;
    for (size_t i = 0; i < count && !failed; i++)
        failed = sg_outbox_queue(store, way, submissions[i], 0, err);
    if (!failed)
        failed = sg_outbox_list(store, way, ret, ret_count, err);
    sg_store_rollback(store);
    return failed;
}
