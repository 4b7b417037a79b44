/* SPDX-License-Identifier: MIT
 * The tables, and how a database of an earlier program becomes one of this: a list of steps, of
 * which `user_version` says how many were taken. A step is added at the end and never changed.
 *
 * docs/results-database.md describes them for those who read them. Tables without row ids are kept
 * in the order of their keys, so that equal results make equal databases, whichever submission
 * ended first. */
#include "base/bytes.h"
#include "base/table.h"
#include "store/database.h"

enum { APPLICATION = 0x736f6772 }; /* "sogr" */

static const char *const steps[] = {
    "CREATE TABLE run ("
    "  only INTEGER PRIMARY KEY CHECK (only = 1),"
    "  assignment TEXT NOT NULL,"
    "  title TEXT NOT NULL,"
    "  spec_digest TEXT NOT NULL,"
    "  program_version TEXT NOT NULL,"
    "  program_digest TEXT NOT NULL,"
    "  seed INTEGER NOT NULL,"
    "  role TEXT NOT NULL,"
    "  patterns TEXT NOT NULL,"
    "  repeat INTEGER NOT NULL,"
    "  language TEXT NOT NULL,"
    "  run_key TEXT NOT NULL,"
    "  shard INTEGER NOT NULL,"
    "  shards INTEGER NOT NULL,"
    "  layout TEXT,"
    "  class_digest TEXT NOT NULL,"
    "  class_count INTEGER NOT NULL,"
    "  submission_count INTEGER NOT NULL"
    ");"
    "CREATE TABLE submission ("
    "  id TEXT PRIMARY KEY,"
    "  path TEXT NOT NULL,"
    "  attempt TEXT,"
    "  intake_notes TEXT NOT NULL,"
    "  content_digest TEXT,"
    "  run_key TEXT NOT NULL,"
    "  state TEXT NOT NULL CHECK (state IN ('graded', 'refused', 'error')),"
    "  reason TEXT,"
    "  exit_status INTEGER NOT NULL,"
    "  points INTEGER NOT NULL,"
    "  max_points INTEGER NOT NULL,"
    "  network TEXT, faults TEXT, jail TEXT,"
    "  build_failed INTEGER NOT NULL,"
    "  build_message TEXT,"
    "  build_log TEXT,"
    "  notes TEXT NOT NULL,"
    "  duration_ms REAL NOT NULL,"
    "  graded_at TEXT NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE TABLE member ("
    "  submission TEXT NOT NULL REFERENCES submission (id) ON DELETE CASCADE,"
    "  place INTEGER NOT NULL,"
    "  student TEXT,"
    "  name TEXT,"
    "  email TEXT,"
    "  login TEXT,"
    "  PRIMARY KEY (submission, place)"
    ") WITHOUT ROWID;"
    "CREATE TABLE case_result ("
    "  submission TEXT NOT NULL REFERENCES submission (id) ON DELETE CASCADE,"
    "  place INTEGER NOT NULL,"
    "  role TEXT NOT NULL,"
    "  name TEXT NOT NULL,"
    "  title TEXT NOT NULL,"
    "  status TEXT NOT NULL,"
    "  charged INTEGER NOT NULL,"
    "  points INTEGER NOT NULL,"
    "  max_points INTEGER NOT NULL,"
    "  code TEXT,"
    "  runs INTEGER NOT NULL,"
    "  runs_passed INTEGER NOT NULL,"
    "  runs_agreeing INTEGER NOT NULL,"
    "  duration_ms REAL NOT NULL,"
    "  json TEXT NOT NULL,"
    "  PRIMARY KEY (submission, place)"
    ") WITHOUT ROWID;",
    "CREATE TABLE outbox ("
    "  target TEXT NOT NULL,"
    "  place TEXT NOT NULL,"
    "  submission TEXT NOT NULL,"
    "  recipient TEXT NOT NULL,"
    "  key TEXT NOT NULL UNIQUE,"
    "  result_digest TEXT NOT NULL,"
    "  arrived_digest TEXT,"
    "  generation INTEGER NOT NULL,"
    "  state TEXT NOT NULL"
    "    CHECK (state IN ('waiting', 'sending', 'arrived', 'refused', 'held')),"
    "  reason TEXT NOT NULL,"
    "  attempts INTEGER NOT NULL,"
    "  queued_ms INTEGER NOT NULL,"
    "  PRIMARY KEY (target, place, submission, recipient)"
    ") WITHOUT ROWID;",
};

static int read_number(struct sg_store *store, const char *sql, int64_t *ret, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store, sql, err) < 0 || sg_query_step(&query, err) < 0)
        return -1;
    *ret = sg_query_get_number(&query, 0);
    return 0;
}

static int take_steps(struct sg_store *store, int64_t taken, struct sg_error *err)
{
    if (sg_store_begin(store, err) < 0)
        return -1;
    int failed = 0;
    for (size_t i = (size_t)taken; i < SG_COUNT(steps) && !failed; i++)
        failed = sg_store_execute(store, steps[i], err);
    sg_autofree char *mark = sg_printf("PRAGMA application_id = %d; PRAGMA user_version = %zu",
                                       APPLICATION, SG_COUNT(steps));
    if (!failed)
        failed = sg_store_execute(store, mark, err);
    if (!failed)
        return sg_store_commit(store, err);
    sg_store_rollback(store);
    return -1;
}

int sg_store_migrate(struct sg_store *store, bool may_be_empty, struct sg_error *err)
{
    int64_t application, taken, objects;
    if (read_number(store, "SELECT count(*) FROM sqlite_schema", &objects, err) < 0 ||
        read_number(store, "PRAGMA application_id", &application, err) < 0 ||
        read_number(store, "PRAGMA user_version", &taken, err) < 0)
        return -1;
    bool ours = application == APPLICATION, empty = objects == 0 && !ours;
    if ((empty && !may_be_empty) || (!empty && !ours))
        return sg_fail(err, "'%s' is no database of results", store->path);
    if (taken > (int64_t)SG_COUNT(steps))
        return sg_fail(err, "'%s' was written by a later version of sockgrade", store->path);
    return taken < (int64_t)SG_COUNT(steps) ? take_steps(store, taken, err) : 0;
}
