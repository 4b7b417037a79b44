/* SPDX-License-Identifier: MIT
 * A SQLite file, opened and spoken to.
 *
 * It keeps SQLite's rollback journal: whoever kills this process leaves a journal that the next to
 * open the file rolls back, and at rest a database is one file that can be copied. A write-ahead
 * log would let others read a moment sooner, but cannot be used over a network, where the shards of
 * a class like to be. */
#include "store/database.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "store/store.h"

enum { WAIT_MS = 30000 };

int sg_store_fail(const struct sg_store *store, int code, struct sg_error *err)
{
    const struct sg_sqlite *lite = sg_sqlite();
    const char *said = store->handle ? lite->errmsg(store->handle) : lite->errstr(code);
    switch (code & 0xff) {
    case SQLITE_NOTADB:
        return sg_fail(err, "'%s' is no database of results", store->path);
    case SQLITE_CORRUPT:
        return sg_fail(err, "'%s' is damaged: %s", store->path, said);
    case SQLITE_CANTOPEN: {
        int os = lite->system_errno(store->handle);
        return sg_fail(err, "cannot open '%s': %s", store->path, os ? sg_errno_text(os) : said);
    }
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return sg_fail(err, "'%s' cannot be written to", store->path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return sg_fail_machine(err, "'%s' is in use by another program", store->path);
    default:
        return sg_fail_machine(err, "'%s': %s", store->path, said);
    }
}

int sg_store_execute(struct sg_store *store, const char *sql, struct sg_error *err)
{
    int code = sg_sqlite()->exec(store->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? 0 : sg_store_fail(store, code, err);
}

int sg_store_begin(struct sg_store *store, struct sg_error *err)
{
    return sg_store_execute(store, "BEGIN IMMEDIATE", err);
}

int sg_store_commit(struct sg_store *store, struct sg_error *err)
{
    if (sg_store_execute(store, "COMMIT", err) == 0)
        return 0;
    sg_store_rollback(store);
    return -1;
}

void sg_store_rollback(struct sg_store *store)
{
    (void)sg_sqlite()->exec(store->handle, "ROLLBACK", NULL, NULL, NULL);
}

int sg_query_open(struct sg_query *query, struct sg_store *store, const char *sql,
                  struct sg_error *err)
{
    *query = (struct sg_query){.store = store};
    int code = sg_sqlite()->prepare_v2(store->handle, sql, -1, &query->statement, NULL);
    return code == SQLITE_OK ? 0 : sg_store_fail(store, code, err);
}

void sg_query_done(struct sg_query *query)
{
    if (query->statement)
        (void)sg_sqlite()->finalize(query->statement);
    *query = (struct sg_query){0};
}

void sg_query_text(struct sg_query *query, const char *text)
{
    const struct sg_sqlite *lite = sg_sqlite();
    int code = text ? lite->bind_text(query->statement, ++query->bound, text, -1, SQLITE_TRANSIENT)
                    : lite->bind_null(query->statement, ++query->bound);
    query->failed |= code != SQLITE_OK;
}

void sg_query_shown(struct sg_query *query, const char *text)
{
    sg_autobytes struct sg_bytes shown = {0};
    if (text && !sg_utf8_valid((const uint8_t *)text, strlen(text))) {
        sg_show_lines(&shown, (const uint8_t *)text, strlen(text));
        text = sg_bytes_text(&shown);
    }
    sg_query_text(query, text);
}

void sg_query_number(struct sg_query *query, int64_t number)
{
    query->failed |= sg_sqlite()->bind_int64(query->statement, ++query->bound, number) != SQLITE_OK;
}

void sg_query_ms(struct sg_query *query, uint64_t ns)
{
    double ms = (double)(ns / SG_NS_PER_US) / 1e3;
    query->failed |= sg_sqlite()->bind_double(query->statement, ++query->bound, ms) != SQLITE_OK;
}

int sg_query_step(struct sg_query *query, struct sg_error *err)
{
    if (query->failed)
        return sg_fail_machine(err, "'%s': a value could not be bound", query->store->path);
    int code = sg_sqlite()->step(query->statement);
    if (code == SQLITE_ROW)
        return 1;
    return code == SQLITE_DONE ? 0 : sg_store_fail(query->store, code, err);
}

int sg_query_run(struct sg_query *query, struct sg_error *err)
{
    int result = sg_query_step(query, err);
    (void)sg_sqlite()->reset(query->statement);
    query->bound = 0;
    return result < 0 ? -1 : 0;
}

const char *sg_query_get(const struct sg_query *query, int column)
{
    return (const char *)sg_sqlite()->column_text(query->statement, column);
}

int64_t sg_query_get_number(const struct sg_query *query, int column)
{
    return sg_sqlite()->column_int64(query->statement, column);
}

uint64_t sg_query_get_ns(const struct sg_query *query, int column)
{
    double ms = sg_sqlite()->column_double(query->statement, column);
    return ms > 0 && ms < 1e12 ? (uint64_t)(ms * 1e3 + 0.5) * SG_NS_PER_US : 0;
}

/* A database may come from anywhere: nothing in it may do more than be read. */
static int be_careful(struct sg_store *store, struct sg_error *err)
{
    const struct sg_sqlite *lite = sg_sqlite();
    (void)lite->busy_timeout(store->handle, WAIT_MS);
    (void)lite->db_config(store->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)lite->db_config(store->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return sg_store_execute(store, "PRAGMA foreign_keys = ON", err);
}

int sg_store_open(const char *path, enum sg_store_use use, struct sg_store **ret,
                  struct sg_error *err)
{
    if (sg_sqlite_load(err) < 0)
        return -1;
    struct sg_store *store = sg_alloc(sizeof *store);
    store->path = sg_strdup(path);
    int flags = SQLITE_OPEN_READWRITE | (use == SG_STORE_WRITE ? SQLITE_OPEN_CREATE : 0);
    int code = sg_sqlite()->open_v2(path, &store->handle, flags, NULL);
    int failed = code == SQLITE_OK ? 0 : sg_store_fail(store, code, err);
    if (!failed)
        failed = be_careful(store, err);
    if (!failed)
        failed = sg_store_migrate(store, use == SG_STORE_WRITE, err);
    if (failed) {
        sg_store_close(store);
        return -1;
    }
    *ret = store;
    return 0;
}

void sg_store_close(struct sg_store *store)
{
    if (!store)
        return;
    if (store->handle)
        (void)sg_sqlite()->close_v2(store->handle);
    free(store->path);
    free(store);
}

const char *sg_store_path(const struct sg_store *store)
{
    return store->path;
}
