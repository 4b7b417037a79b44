/* SPDX-License-Identifier: MIT
 * The run of a database: its one row. */
#include <stdlib.h>

#include "base/bytes.h"
#include "store/database.h"
#include "store/store.h"

void sg_store_run_done(struct sg_store_run *run)
{
    free(run->assignment);
    free(run->title);
    free(run->spec_digest);
    free(run->program_version);
    free(run->program_digest);
    free(run->role);
    free(run->patterns);
    free(run->language);
    free(run->key);
    free(run->layout);
    free(run->class_digest);
    *run = (struct sg_store_run){0};
}

static char *copy(const struct sg_query *query, int column)
{
    const char *text = sg_query_get(query, column);
    return sg_strdup(text ? text : "");
}

int sg_store_get_run(struct sg_store *store, struct sg_store_run *ret, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    int result =
        sg_query_open(&query, store,
                      "SELECT assignment, title, spec_digest, program_version, program_digest, "
                      "seed, role, patterns, repeat, run_key, shard, shards, layout, class_digest, "
                      "class_count, submission_count, language FROM run",
                      err);
    if (result == 0)
        result = sg_query_step(&query, err);
    if (result <= 0)
        return result;
    *ret = (struct sg_store_run){
        .assignment = copy(&query, 0),
        .title = copy(&query, 1),
        .spec_digest = copy(&query, 2),
        .program_version = copy(&query, 3),
        .program_digest = copy(&query, 4),
        .seed = (uint64_t)sg_query_get_number(&query, 5),
        .role = copy(&query, 6),
        .patterns = copy(&query, 7),
        .repeat = sg_query_get_number(&query, 8),
        .key = copy(&query, 9),
        .shard = sg_query_get_number(&query, 10),
        .shards = sg_query_get_number(&query, 11),
        .layout = copy(&query, 12),
        .class_digest = copy(&query, 13),
        .class_count = sg_query_get_number(&query, 14),
        .submission_count = sg_query_get_number(&query, 15),
        .language = copy(&query, 16),
    };
    return 1;
}

int sg_store_set_run(struct sg_store *store, const struct sg_store_run *run, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store,
                      "INSERT OR REPLACE INTO run VALUES "
                      "(1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      err) < 0)
        return -1;
    sg_query_text(&query, run->assignment);
    sg_query_text(&query, run->title);
    sg_query_text(&query, run->spec_digest);
    sg_query_text(&query, run->program_version);
    sg_query_text(&query, run->program_digest);
    sg_query_number(&query, (int64_t)run->seed);
    sg_query_text(&query, run->role);
    sg_query_text(&query, run->patterns);
    sg_query_number(&query, run->repeat);
    sg_query_text(&query, run->language);
    sg_query_text(&query, run->key);
    sg_query_number(&query, run->shard);
    sg_query_number(&query, run->shards);
    sg_query_text(&query, run->layout);
    sg_query_text(&query, run->class_digest);
    sg_query_number(&query, run->class_count);
    sg_query_number(&query, run->submission_count);
    return sg_query_run(&query, err);
}
