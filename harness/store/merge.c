/* SPDX-License-Identifier: MIT
 * Several shards of one run into one database, as if they had been one run. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/table.h"
#include "store/database.h"
#include "store/store.h"

/* What must be the same in all shards. */
struct same {
    const char *what;
    size_t offset;
    bool is_number;
};

#define TEXT_OF(what, member)                                   \
    {                                                           \
        what, SG_AT(struct sg_store_run, member, char *), false \
    }
#define NUMBER_OF(what, member)                                 \
    {                                                           \
        what, SG_AT(struct sg_store_run, member, int64_t), true \
    }

static const struct same same[] = {
    TEXT_OF("assignment", assignment),
    TEXT_OF("spec", spec_digest),
    TEXT_OF("version of sockgrade", program_version),
    TEXT_OF("build of sockgrade", program_digest),
    {"seed", SG_AT(struct sg_store_run, seed, uint64_t), true},
    TEXT_OF("role", role),
    TEXT_OF("choice of cases", patterns),
    TEXT_OF("language", language),
    NUMBER_OF("number of repetitions", repeat),
    NUMBER_OF("number of shards", shards),
    NUMBER_OF("number of submissions", class_count),
    TEXT_OF("class", class_digest),
};

struct merging {
    const char *const *paths;
    size_t count;
    struct sg_store_run *runs;
};

static bool is_same(const struct same *one, const struct sg_store_run *a,
                    const struct sg_store_run *b)
{
    const char *left = (const char *)a + one->offset, *right = (const char *)b + one->offset;
    if (one->is_number)
        return memcmp(left, right, sizeof(int64_t)) == 0;
    return strcmp(*(char *const *)(const void *)left, *(char *const *)(const void *)right) == 0;
}

static int check_same(const struct merging *merging, size_t index, struct sg_error *err)
{
    const struct sg_store_run *run = &merging->runs[index];
    for (size_t i = 0; i < SG_COUNT(same); i++) {
        if (!is_same(&same[i], &merging->runs[0], run))
            return sg_fail(err, "'%s' and '%s' are not of one run: each has another %s",
                           merging->paths[0], merging->paths[index], same[i].what);
    }
    for (size_t i = 0; i < index; i++) {
        if (merging->runs[i].shard == run->shard)
            return sg_fail(err, "'%s' and '%s' are both shard %lld of %lld", merging->paths[i],
                           merging->paths[index], (long long)run->shard, (long long)run->shards);
    }
    return 0;
}

/* Every submission of the shard has a result of this very run, and there is none beside. */
static int check_whole(struct sg_store *store, const struct sg_store_run *run, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store, "SELECT sum(run_key = ?), count(*) FROM submission", err) < 0)
        return -1;
    sg_query_text(&query, run->key);
    if (sg_query_step(&query, err) < 0)
        return -1;
    int64_t graded = sg_query_get_number(&query, 0), all = sg_query_get_number(&query, 1);
    if (graded < run->submission_count)
        return sg_fail(err,
                       "'%s' is not complete: %lld of its %lld submissions are graded (grade it "
                       "with --resume)",
                       store->path, (long long)graded, (long long)run->submission_count);
    if (all > run->submission_count)
        return sg_fail(err, "'%s' has %lld submissions that are not of this run: grade it anew",
                       store->path, (long long)(all - run->submission_count));
    return 0;
}

static int look_at(struct merging *merging, size_t index, struct sg_error *err)
{
    struct sg_store *store;
    if (sg_store_open(merging->paths[index], SG_STORE_READ, &store, err) < 0)
        return -1;
    int found = sg_store_get_run(store, &merging->runs[index], err);
    int failed = found < 0 ? -1 : 0;
    if (found == 0)
        failed = sg_fail(err, "'%s' has no run in it", merging->paths[index]);
    if (!failed)
        failed = check_same(merging, index, err);
    if (!failed)
        failed = check_whole(store, &merging->runs[index], err);
    sg_store_close(store);
    return failed;
}

static int check_complete(const struct merging *merging, struct sg_error *err)
{
    for (int64_t shard = 1; shard <= merging->runs[0].shards; shard++) {
        size_t found = 0;
        while (found < merging->count && merging->runs[found].shard != shard)
            found++;
        if (found == merging->count)
            return sg_fail(err, "shard %lld of %lld is missing", (long long)shard,
                           (long long)merging->runs[0].shards);
    }
    return 0;
}

static int copy_shard(struct sg_store *store, const char *path, struct sg_error *err)
{
    static const char copying[] = "BEGIN IMMEDIATE;"
                                  "INSERT INTO main.submission SELECT * FROM shard.submission;"
                                  "INSERT INTO main.member SELECT * FROM shard.member;"
                                  "INSERT INTO main.case_result SELECT * FROM shard.case_result;"
                                  "INSERT INTO main.outbox SELECT * FROM shard.outbox;"
                                  "COMMIT";
    sg_autoquery struct sg_query attach = {0};
    if (sg_query_open(&attach, store, "ATTACH ? AS shard", err) < 0)
        return -1;
    sg_query_text(&attach, path);
    if (sg_query_run(&attach, err) < 0)
        return -1;
    sg_query_done(&attach);
    if (sg_store_execute(store, copying, err) < 0)
        return sg_error_add(err, "while '%s' was copied", path);
    return sg_store_execute(store, "DETACH shard", err);
}

static int write_all(const struct merging *merging, const char *path, struct sg_error *err)
{
    struct sg_store *store;
    if (sg_store_open(path, SG_STORE_WRITE, &store, err) < 0)
        return -1;
    struct sg_store_run whole = merging->runs[0];
    whole.shard = whole.shards = 1;
    whole.submission_count = whole.class_count;
    int failed = sg_store_set_run(store, &whole, err);
    for (size_t i = 0; i < merging->count && !failed; i++)
        failed = copy_shard(store, merging->paths[i], err);
    sg_store_close(store);
    return failed;
}

static int merge(struct merging *merging, const char *path, struct sg_error *err)
{
    for (size_t i = 0; i < merging->count; i++) {
        if (look_at(merging, i, err) < 0)
            return -1;
    }
    if (check_complete(merging, err) < 0)
        return -1;
    sg_autofree char *beside = sg_printf("%s.%ld.part", path, (long)getpid());
    int failed = write_all(merging, beside, err);
    if (!failed && rename(beside, path) < 0)
        failed = sg_fail_os(err, "rename '%s' to '%s'", beside, path);
    if (failed)
        (void)unlink(beside);
    return failed;
}

int sg_store_merge(const char *path, const char *const *shards, size_t count, struct sg_error *err)
{
    if (access(path, F_OK) == 0)
        return sg_fail(err, "'%s' exists already, and nothing is written over", path);
    struct merging merging = {
        .paths = shards, .count = count, .runs = sg_alloc(count * sizeof *merging.runs)};
    int failed = merge(&merging, path, err);
    for (size_t i = 0; i < count; i++)
        sg_store_run_done(&merging.runs[i]);
    free(merging.runs);
    return failed;
}
