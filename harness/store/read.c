/* SPDX-License-Identifier: MIT
 * Submissions and their results, read back, one by one and over the class. */
#include <fcntl.h>
#include <fnmatch.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "result/json.h"
#include "store/database.h"
#include "store/store.h"

bool sg_store_is_database(const char *path)
{
    static const char mark[] = "SQLite format 3";
    char head[sizeof mark] = {0};
    sg_autoclose int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    return fd >= 0 && read(fd, head, sizeof head) == (ssize_t)sizeof head &&
           memcmp(head, mark, sizeof mark) == 0;
}

static bool is_called(const char *id, const char *const *patterns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(patterns[i], id) == 0 || fnmatch(patterns[i], id, 0) == 0)
            return true;
    }
    return count == 0;
}

static const char *text_or_empty(const struct sg_query *query, int column)
{
    const char *text = sg_query_get(query, column);
    return text ? text : "";
}

/* A state that no program of ours wrote is as good as an error. */
static enum sg_store_state state_of(const char *word)
{
    for (int i = SG_STORE_GRADED; i < SG_STORE_ERROR; i++) {
        if (strcmp(word, sg_store_state_word((enum sg_store_state)i)) == 0)
            return (enum sg_store_state)i;
    }
    return SG_STORE_ERROR;
}

static const char rows[] =
    "SELECT s.id, s.path,"
    " (SELECT group_concat(n, '; ') FROM (SELECT coalesce(name, login) AS n FROM member"
    "   WHERE submission = s.id ORDER BY place)),"
    " (SELECT group_concat(e, '; ') FROM (SELECT email AS e FROM member"
    "   WHERE submission = s.id ORDER BY place)),"
    " s.state, s.reason, s.points, s.max_points, s.exit_status,"
    " s.run_key <> (SELECT run_key FROM run),"
    " (SELECT count(*) FROM case_result WHERE submission = s.id AND status = 'passed'),"
    " (SELECT count(*) FROM case_result WHERE submission = s.id AND status = 'failed'),"
    " (SELECT count(*) FROM case_result WHERE submission = s.id"
    "   AND status NOT IN ('passed', 'failed'))"
    " FROM submission AS s ORDER BY s.id";

int sg_store_each(struct sg_store *store, const char *const *patterns, size_t count,
                  sg_store_visit *visit, void *state, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store, rows, err) < 0)
        return -1;
    for (int more; (more = sg_query_step(&query, err)) != 0;) {
        if (more < 0)
            return -1;
        const struct sg_store_row row = {
            .id = text_or_empty(&query, 0),
            .path = text_or_empty(&query, 1),
            .name = text_or_empty(&query, 2),
            .email = text_or_empty(&query, 3),
            .state = state_of(text_or_empty(&query, 4)),
            .reason = sg_query_get(&query, 5),
            .points = sg_query_get_number(&query, 6),
            .max_points = sg_query_get_number(&query, 7),
            .exit_status = (int)sg_query_get_number(&query, 8),
            .stale = sg_query_get_number(&query, 9) != 0,
            .passed = sg_query_get_number(&query, 10),
            .failed = sg_query_get_number(&query, 11),
            .other = sg_query_get_number(&query, 12),
        };
        int result = is_called(row.id, patterns, count) ? visit(state, &row, err) : 0;
        if (result)
            return result;
    }
    return 0;
}

/* The diagnoses of one case, the commonest first. */
static int read_codes_of(struct sg_store *store, struct sg_store_case *one, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    struct sg_bytes text = {0};
    int more = sg_query_open(&query, store,
                             "SELECT code, count(*) AS often FROM case_result WHERE role = ? AND "
                             "name = ? AND status = 'failed' AND code IS NOT NULL "
                             "GROUP BY code ORDER BY often DESC, code",
                             err);
    sg_query_text(&query, one->role);
    sg_query_text(&query, one->name);
    while (more >= 0 && (more = sg_query_step(&query, err)) > 0)
        sg_bytes_printf(&text, "%s%s (%lld)", text.length ? ", " : "", sg_query_get(&query, 0),
                        (long long)sg_query_get_number(&query, 1));
    one->codes = sg_bytes_take_text(&text);
    return more;
}

int sg_store_cases(struct sg_store *store, struct sg_store_case **ret, size_t *ret_count,
                   struct sg_error *err)
{
    struct sg_store_case *cases = NULL;
    size_t count = 0;
    sg_autoquery struct sg_query query = {0};
    int more = sg_query_open(
        &query, store,
        "SELECT role, name, min(title), count(*), sum(status = 'passed'), sum(status = 'failed'),"
        " sum(runs_agreeing < runs) FROM case_result GROUP BY role, name ORDER BY min(place), role",
        err);
    while (more >= 0 && (more = sg_query_step(&query, err)) > 0) {
        cases = sg_realloc_array(cases, count + 1, sizeof *cases);
        cases[count++] = (struct sg_store_case){
            .role = sg_strdup(text_or_empty(&query, 0)),
            .name = sg_strdup(text_or_empty(&query, 1)),
            .title = sg_strdup(text_or_empty(&query, 2)),
            .graded = sg_query_get_number(&query, 3),
            .passed = sg_query_get_number(&query, 4),
            .failed = sg_query_get_number(&query, 5),
            .unstable = sg_query_get_number(&query, 6),
        };
    }
    for (size_t i = 0; i < count && more == 0; i++)
        more = read_codes_of(store, &cases[i], err);
    if (more < 0) {
        sg_store_cases_done(cases, count);
        return -1;
    }
    *ret = cases;
    *ret_count = count;
    return 0;
}

void sg_store_cases_done(struct sg_store_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(cases[i].role);
        free(cases[i].name);
        free(cases[i].title);
        free(cases[i].codes);
    }
    free(cases);
}

int sg_store_codes(struct sg_store *store, size_t most, struct sg_store_code *ret,
                   size_t *ret_count, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    *ret_count = 0;
    int more = sg_query_open(&query, store,
                             "SELECT code, count(DISTINCT submission) AS often, count(*) FROM "
                             "case_result WHERE status = 'failed' AND code IS NOT NULL "
                             "GROUP BY code ORDER BY often DESC, count(*) DESC, code",
                             err);
    while (more >= 0 && *ret_count < most && (more = sg_query_step(&query, err)) > 0) {
        struct sg_store_code *code = &ret[(*ret_count)++];
        (void)snprintf(code->code, sizeof code->code, "%s", text_or_empty(&query, 0));
        code->submissions = sg_query_get_number(&query, 1);
        code->cases = sg_query_get_number(&query, 2);
    }
    return more < 0 ? -1 : 0;
}

static char *copy(const struct sg_query *query, int column)
{
    const char *text = sg_query_get(query, column);
    return text ? sg_strdup(text) : NULL;
}

static void read_notes(const struct sg_query *query, int column, struct sg_run *run)
{
    json_t *list = json_loads(text_or_empty(query, column), 0, NULL), *note;
    size_t index;
    json_array_foreach(list, index, note)
    {
        const char *text = json_string_value(note);
        if (text)
            sg_run_note(run, "%s", text);
    }
    json_decref(list);
}

static int read_head(struct sg_store *store, const char *id, struct sg_run *ret,
                     struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store,
                      "SELECT path, state, reason, network, faults, jail, build_failed, "
                      "build_message, build_log, intake_notes, notes, duration_ms, assignment, "
                      "title, seed FROM submission, run WHERE id = ?",
                      err) < 0)
        return -1;
    sg_query_text(&query, id);
    int found = sg_query_step(&query, err);
    if (found < 0)
        return -1;
    if (!found)
        return sg_fail(err, "'%s' has no submission '%s'", store->path, id);
    if (state_of(text_or_empty(&query, 1)) != SG_STORE_GRADED)
        return sg_fail(err, "'%s' was not graded: %s", id, text_or_empty(&query, 2));
    *ret = (struct sg_run){
        .assignment = sg_strdup(text_or_empty(&query, 12)),
        .title = sg_strdup(text_or_empty(&query, 13)),
        .submission = sg_strdup(id),
        .path = sg_strdup(text_or_empty(&query, 0)),
        .seed = (uint64_t)sg_query_get_number(&query, 14),
        .duration_ns = sg_query_get_ns(&query, 11),
        .network = sg_strdup(text_or_empty(&query, 3)),
        .faults = sg_strdup(text_or_empty(&query, 4)),
        .jail = sg_strdup(text_or_empty(&query, 5)),
        .build = {.failed = sg_query_get_number(&query, 6) != 0,
                  .message = copy(&query, 7),
                  .log = copy(&query, 8)},
    };
    read_notes(&query, 9, ret);
    read_notes(&query, 10, ret);
    return 0;
}

static int read_cases(struct sg_store *store, const char *id, struct sg_run *ret,
                      struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    int more = sg_query_open(
        &query, store, "SELECT json FROM case_result WHERE submission = ? ORDER BY place", err);
    sg_query_text(&query, id);
    while (more >= 0 && (more = sg_query_step(&query, err)) > 0) {
        ret->cases = sg_realloc_array(ret->cases, ret->case_count + 1, sizeof *ret->cases);
        if (sg_case_from_json(sg_slice_text(text_or_empty(&query, 0)), &ret->cases[ret->case_count],
                              err) < 0)
            return sg_fail(err, "'%s' is damaged: a case of '%s' cannot be read", store->path, id);
        ret->case_count++;
    }
    return more;
}

int sg_store_load(struct sg_store *store, const char *id, struct sg_run *ret, struct sg_error *err)
{
    struct sg_run run = {0};
    if (read_head(store, id, &run, err) < 0 || read_cases(store, id, &run, err) < 0) {
        sg_run_done(&run);
        return -1;
    }
    *ret = run;
    return 0;
}
