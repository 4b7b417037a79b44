/* SPDX-License-Identifier: MIT
 * One SQLite file and the statements that are run on it, for the files of this module. */
#ifndef SG_STORE_DATABASE_H
#define SG_STORE_DATABASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "store/library.h"

struct sg_store {
    sqlite3 *handle;
    char *path;
};

/* A statement: prepared, its parameters bound one after the other, stepped, ended by _done (which
 * takes a zeroed one). What fails while it is bound is told by the next step. */
struct sg_query {
    struct sg_store *store;
    sqlite3_stmt *statement;
    int bound;
    bool failed;
};

int sg_query_open(struct sg_query *query, struct sg_store *store, const char *sql,
                  struct sg_error *err);
void sg_query_done(struct sg_query *query);
#define sg_autoquery __attribute__((cleanup(sg_query_done)))

void sg_query_text(struct sg_query *query, const char *text); /* NULL: NULL; copied */
/* Text that may be no UTF-8: its bad bytes are shown as \xff, as everywhere in results. */
void sg_query_shown(struct sg_query *query, const char *text);
void sg_query_number(struct sg_query *query, int64_t number);
void sg_query_ms(struct sg_query *query, uint64_t ns);
/* 1: there is a row; 0: there is no more; -1. */
int sg_query_step(struct sg_query *query, struct sg_error *err);
/* Runs one that has no rows, and makes it ready to be bound again. */
int sg_query_run(struct sg_query *query, struct sg_error *err);

/* Columns of the row: text is NULL or lasts until the next step. */
const char *sg_query_get(const struct sg_query *query, int column);
int64_t sg_query_get_number(const struct sg_query *query, int column);
uint64_t sg_query_get_ns(const struct sg_query *query, int column);

/* Runs statements without parameters. */
int sg_store_execute(struct sg_store *store, const char *sql, struct sg_error *err);
/* One transaction: a database that another process is writing to is waited for. What is not
 * committed is rolled back, by sg_store_rollback or by whoever opens the file next. */
int sg_store_begin(struct sg_store *store, struct sg_error *err);
int sg_store_commit(struct sg_store *store, struct sg_error *err);
void sg_store_rollback(struct sg_store *store);

/* Fills `err` from what SQLite said. Returns -1. */
int sg_store_fail(const struct sg_store *store, int code, struct sg_error *err);

/* Brings a database to the form that this program knows (schema.c). Blames the input where it is
 * none of ours, or that of a later program. */
int sg_store_migrate(struct sg_store *store, bool may_be_empty, struct sg_error *err);

#endif
