/* SPDX-License-Identifier: MIT
 * Submissions and their results, written. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "result/json.h"
#include "store/database.h"
#include "store/outbox.h"
#include "store/store.h"

static const char *const state_words[] = {
    [SG_STORE_GRADED] = "graded",
    [SG_STORE_REFUSED] = "refused",
    [SG_STORE_ERROR] = "error",
};

const char *sg_store_state_word(enum sg_store_state state)
{
    return state_words[state];
}

static void bind_list(struct sg_query *query, const char *const *items, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        sg_autobytes struct sg_bytes shown = {0};
        if (sg_utf8_valid((const uint8_t *)items[i], strlen(items[i])))
            sg_bytes_add_text(&shown, items[i]);
        else
            sg_show_lines(&shown, (const uint8_t *)items[i], strlen(items[i]));
        json_array_append_new(list, json_string(sg_bytes_text(&shown)));
    }
    char *text = json_dumps(list, JSON_COMPACT);
    json_decref(list);
    if (!text)
        sg_out_of_memory();
    sg_query_text(query, text);
    free(text);
}

static int exit_status_of(const struct sg_store_outcome *outcome)
{
    static const int without_run[] = {[SG_STORE_REFUSED] = 2, [SG_STORE_ERROR] = 3};
    return outcome->run ? sg_run_exit_status(outcome->run) : without_run[outcome->state];
}

static int put_submission(struct sg_store *store, const struct sg_store_entry *entry,
                          const struct sg_store_outcome *outcome, struct sg_error *err)
{
    static const struct sg_run none = {0};
    const struct sg_run *run = outcome->run ? outcome->run : &none;
    struct sg_score score = sg_run_score(run);
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store,
                      "INSERT INTO submission VALUES "
                      "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      err) < 0)
        return -1;
    sg_query_shown(&query, entry->id);
    sg_query_shown(&query, entry->path);
    sg_query_shown(&query, entry->attempt);
    bind_list(&query, entry->notes, entry->note_count);
    sg_query_text(&query, outcome->content);
    sg_query_text(&query, outcome->key);
    sg_query_text(&query, sg_store_state_word(outcome->state));
    sg_query_shown(&query, outcome->reason);
    sg_query_number(&query, exit_status_of(outcome));
    sg_query_number(&query, score.points);
    sg_query_number(&query, score.max_points);
    sg_query_text(&query, run->network);
    sg_query_text(&query, run->faults);
    sg_query_text(&query, run->jail);
    sg_query_number(&query, run->build.failed);
    sg_query_shown(&query, run->build.message);
    sg_query_shown(&query, run->build.log);
    bind_list(&query, (const char *const *)run->notes, run->note_count);
    sg_query_ms(&query, run->duration_ns);
    sg_query_text(&query, outcome->graded_at);
    return sg_query_run(&query, err);
}

static int put_members(struct sg_store *store, const struct sg_store_entry *entry,
                       struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store, "INSERT INTO member VALUES (?, ?, ?, ?, ?, ?)", err) < 0)
        return -1;
    for (size_t i = 0; i < entry->member_count; i++) {
        const struct sg_store_member *member = &entry->members[i];
        sg_query_shown(&query, entry->id);
        sg_query_number(&query, (int64_t)i);
        sg_query_shown(&query, member->id);
        sg_query_shown(&query, member->name);
        sg_query_shown(&query, member->email);
        sg_query_shown(&query, member->login);
        if (sg_query_run(&query, err) < 0)
            return -1;
    }
    return 0;
}

static void bind_case(struct sg_query *query, const struct sg_case_result *result,
                      const struct sg_stability *stability)
{
    sg_autobytes struct sg_bytes json = {0};
    sg_case_to_json(result, false, &json);
    sg_query_text(query, result->role);
    sg_query_shown(query, result->id);
    sg_query_shown(query, result->title);
    sg_query_text(query, sg_status_word(result->status));
    sg_query_number(query, result->charged);
    sg_query_number(query, result->points);
    sg_query_number(query, result->max_points);
    sg_query_text(query, result->diagnosis.code ? sg_code_info(result->diagnosis.code)->id : NULL);
    sg_query_number(query, stability->runs);
    sg_query_number(query, stability->passed);
    sg_query_number(query, stability->agreeing);
    sg_query_ms(query, result->duration_ns);
    sg_query_text(query, sg_bytes_text(&json));
}

static int put_cases(struct sg_store *store, const char *id, const struct sg_run *run,
                     const struct sg_stability *stability, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(
            &query, store,
            "INSERT INTO case_result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            err) < 0)
        return -1;
    for (size_t i = 0; i < run->case_count; i++) {
        sg_query_shown(&query, id);
        sg_query_number(&query, (int64_t)i);
        bind_case(&query, &run->cases[i], &stability[i]);
        if (sg_query_run(&query, err) < 0)
            return -1;
    }
    return 0;
}

/* Runs a statement whose only parameter is an id. */
static int run_for(struct sg_store *store, const char *sql, const char *id, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store, sql, err) < 0)
        return -1;
    sg_query_shown(&query, id);
    return sg_query_run(&query, err);
}

int sg_store_put(struct sg_store *store, const struct sg_store_entry *entry,
                 const struct sg_store_outcome *outcome, struct sg_error *err)
{
    if (sg_store_begin(store, err) < 0)
        return -1;
    int failed = run_for(store, "DELETE FROM submission WHERE id = ?", entry->id, err);
    if (!failed)
        failed = put_submission(store, entry, outcome, err);
    if (!failed)
        failed = put_members(store, entry, err);
    if (!failed && outcome->run)
        failed = put_cases(store, entry->id, outcome->run, outcome->stability, err);
    for (size_t i = 0; i < outcome->way_count && !failed; i++)
        failed = sg_outbox_queue(store, &outcome->ways[i], entry->id, outcome->now_ms, err);
    if (!failed)
        return sg_store_commit(store, err);
    sg_store_rollback(store);
    return -1;
}

int sg_store_refresh_begin(struct sg_store *store, struct sg_error *err)
{
    return sg_store_begin(store, err);
}

int sg_store_refresh(struct sg_store *store, const struct sg_store_entry *entry,
                     struct sg_error *err)
{
    struct sg_store_known known;
    if (sg_store_look(store, entry->id, &known, err) < 0)
        return -1;
    if (!known.known)
        return 0;
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store,
                      "UPDATE submission SET path = ?, attempt = ?, intake_notes = ? WHERE id = ?",
                      err) < 0)
        return -1;
    sg_query_shown(&query, entry->path);
    sg_query_shown(&query, entry->attempt);
    bind_list(&query, entry->notes, entry->note_count);
    sg_query_shown(&query, entry->id);
    if (sg_query_run(&query, err) < 0 ||
        run_for(store, "DELETE FROM member WHERE submission = ?", entry->id, err) < 0)
        return -1;
    return put_members(store, entry, err);
}

int sg_store_refresh_end(struct sg_store *store, struct sg_error *err)
{
    return sg_store_commit(store, err);
}

int sg_store_look(struct sg_store *store, const char *id, struct sg_store_known *ret,
                  struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    *ret = (struct sg_store_known){0};
    if (sg_query_open(&query, store,
                      "SELECT content_digest, run_key, exit_status FROM submission WHERE id = ?",
                      err) < 0)
        return -1;
    sg_query_shown(&query, id);
    int result = sg_query_step(&query, err);
    if (result <= 0)
        return result;
    const char *content = sg_query_get(&query, 0), *key = sg_query_get(&query, 1);
    ret->known = true;
    (void)snprintf(ret->content, sizeof ret->content, "%s", content ? content : "");
    (void)snprintf(ret->key, sizeof ret->key, "%s", key ? key : "");
    ret->exit_status = (int)sg_query_get_number(&query, 2);
    return 0;
}
