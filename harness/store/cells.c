/* SPDX-License-Identifier: MIT
 * All results of a class, cell by cell. */
#include "store/cells.h"

#include <stdio.h>
#include <string.h>

#include "store/database.h"

static const char *text_or_empty(const struct sg_query *query, int column)
{
    const char *text = sg_query_get(query, column);
    return text ? text : "";
}

/* A status that no program of ours wrote is as good as an error. */
static enum sg_status status_of(const char *word)
{
    for (int i = SG_STATUS_PASSED; i < SG_STATUS_ERROR; i++) {
        if (strcmp(word, sg_status_word((enum sg_status)i)) == 0)
            return (enum sg_status)i;
    }
    return SG_STATUS_ERROR;
}

int sg_store_each_cell(struct sg_store *store, sg_store_cell_visit *visit, void *state,
                       struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store,
                      "SELECT submission, role, name, status, code, runs_agreeing < runs "
                      "FROM case_result ORDER BY submission, place",
                      err) < 0)
        return -1;
    for (int more; (more = sg_query_step(&query, err)) != 0;) {
        if (more < 0)
            return -1;
        const struct sg_store_cell cell = {
            .submission = text_or_empty(&query, 0),
            .role = text_or_empty(&query, 1),
            .name = text_or_empty(&query, 2),
            .status = status_of(text_or_empty(&query, 3)),
            .code = sg_query_get(&query, 4),
            .unstable = sg_query_get_number(&query, 5) != 0,
        };
        int result = visit(state, &cell, err);
        if (result)
            return result;
    }
    return 0;
}

/* Visits the rows of `query`, which are a submission and a text. */
static int visit_told(struct sg_query *query, sg_store_told_visit *visit, void *state,
                      struct sg_error *err)
{
    for (int more; (more = sg_query_step(query, err)) != 0;) {
        int result =
            more < 0 ? -1 : visit(state, text_or_empty(query, 0), text_or_empty(query, 1), err);
        if (result)
            return result;
    }
    return 0;
}

int sg_store_each_identity(struct sg_store *store, sg_store_told_visit *visit, void *state,
                           struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store,
                      "SELECT id, path FROM submission"
                      " UNION ALL SELECT submission, student FROM member WHERE student <> ''"
                      " UNION ALL SELECT submission, name FROM member WHERE name <> ''"
                      " UNION ALL SELECT submission, email FROM member WHERE email <> ''"
                      " UNION ALL SELECT submission, login FROM member WHERE login <> ''",
                      err) < 0)
        return -1;
    return visit_told(&query, visit, state, err);
}

/* The functions are called and not written as operators: those came with SQLite 3.38. */
static const char messages[] =
    "SELECT min(submission), message FROM (SELECT submission, CASE WHEN json_valid(json)"
    " THEN CASE WHEN ? OR NOT coalesce(json_extract(json, '$.hidden'), 0)"
    " THEN json_extract(json, '$.diagnosis.message') END END AS message"
    " FROM case_result WHERE code = ? AND status = 'failed')"
    " WHERE message IS NOT NULL GROUP BY message ORDER BY count(*) DESC, message LIMIT 100";

int sg_store_each_message(struct sg_store *store, const char *code, bool hidden,
                          sg_store_told_visit *visit, void *state, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store, messages, err) < 0)
        return -1;
    sg_query_number(&query, hidden);
    sg_query_text(&query, code);
    return visit_told(&query, visit, state, err);
}

int sg_store_get_when(struct sg_store *store, struct sg_store_when *ret, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    *ret = (struct sg_store_when){0};
    if (sg_query_open(&query, store, "SELECT min(graded_at), max(graded_at) FROM submission", err) <
            0 ||
        sg_query_step(&query, err) < 0)
        return -1;
    (void)snprintf(ret->first, sizeof ret->first, "%s", text_or_empty(&query, 0));
    (void)snprintf(ret->last, sizeof ret->last, "%s", text_or_empty(&query, 1));
    return 0;
}
