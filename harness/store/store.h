/* SPDX-License-Identifier: MIT
 * The database of a class's results: one run, its submissions, their cases.
 * docs/results-database.md describes the tables.
 *
 * Each function that writes is one transaction: a process that is killed leaves what was there
 * before it or all of it, never half. Strings in structs that are read are owned by them; those in
 * structs that are written are borrowed. */
#ifndef SG_STORE_STORE_H
#define SG_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "result/result.h"

struct sg_store;
struct sg_outbox_way;

enum sg_store_use {
    SG_STORE_READ,  /* it is there */
    SG_STORE_WRITE, /* it is made where it is not */
};

/* Blames the input where the file is no such database. sg_store_close() takes NULL. */
int sg_store_open(const char *path, enum sg_store_use use, struct sg_store **ret,
                  struct sg_error *err);
void sg_store_close(struct sg_store *store);
const char *sg_store_path(const struct sg_store *store);
/* Whether `path` is a SQLite file, by how it begins. */
bool sg_store_is_database(const char *path);

/* What was run, on which part of which class. */
struct sg_store_run {
    char *assignment, *title;
    char *spec_digest; /* of the spec and those that it extends */
    char *program_version, *program_digest;
    uint64_t seed;
    char *role;     /* "server", "client" or "" */
    char *patterns; /* of cases, as a JSON list */
    int64_t repeat;
    char *language; /* "en" or "id": what its messages are written in */
    char *key;      /* a digest of all above: results with the same one can be compared */
    int64_t shard, shards;
    char *layout;
    char *class_digest;                    /* of the ids of the whole class */
    int64_t class_count, submission_count; /* of the whole class; of this shard */
};

/* 1: there is one; 0: nothing was run yet; -1. */
int sg_store_get_run(struct sg_store *store, struct sg_store_run *ret, struct sg_error *err);
int sg_store_set_run(struct sg_store *store, const struct sg_store_run *run, struct sg_error *err);
void sg_store_run_done(struct sg_store_run *run);

/* A submission as it came in. */
struct sg_store_member {
    const char *id, *name, *email, *login; /* each may be NULL */
};
struct sg_store_entry {
    const char *id, *path, *attempt; /* the last may be NULL */
    const struct sg_store_member *members;
    size_t member_count;
    const char *const *notes;
    size_t note_count;
};

enum sg_store_state {
    SG_STORE_GRADED,
    SG_STORE_REFUSED, /* its manifest is wrong, or it is too large: the submission's doing */
    SG_STORE_ERROR,   /* the machine's or the harness's, never charged */
};
const char *sg_store_state_word(enum sg_store_state state);

/* How a case ended when it was played several times. */
struct sg_stability {
    int64_t runs, passed;
    int64_t agreeing; /* with the first: the same status and diagnosis */
};

struct sg_store_outcome {
    enum sg_store_state state;
    const char *content;                  /* a digest of its files; NULL: they could not be read */
    const char *key;                      /* of the run */
    const char *reason;                   /* why it was not graded; NULL where it was */
    const struct sg_run *run;             /* NULL where it was not graded */
    const struct sg_stability *stability; /* one for each case of the run */
    const char *graded_at;                /* ISO 8601 */
    const struct sg_outbox_way *ways;     /* queued for each of these in the same transaction */
    size_t way_count;
    int64_t now_ms; /* since 1970 */
};

/* Replaces what is known of a submission. */
int sg_store_put(struct sg_store *store, const struct sg_store_entry *entry,
                 const struct sg_store_outcome *outcome, struct sg_error *err);

/* Brings a submission's path, members and so on up to date, where it is known; its results stay.
 * For several in one transaction, between _begin and _end. */
int sg_store_refresh_begin(struct sg_store *store, struct sg_error *err);
int sg_store_refresh(struct sg_store *store, const struct sg_store_entry *entry,
                     struct sg_error *err);
int sg_store_refresh_end(struct sg_store *store, struct sg_error *err);

/* What is known of a submission already. */
struct sg_store_known {
    bool known;
    char content[72], key[72]; /* "" where there is none */
    int exit_status;           /* what `check` would have ended with */
};
int sg_store_look(struct sg_store *store, const char *id, struct sg_store_known *ret,
                  struct sg_error *err);

/* One submission in a list. The strings last as long as the visit. */
struct sg_store_row {
    const char *id, *path;
    const char *name, *email; /* of all members (a login where there is no name); "": not known */
    enum sg_store_state state;
    const char *reason; /* or NULL */
    int64_t points, max_points;
    int64_t passed, failed, other; /* cases */
    bool stale;                    /* of another spec, seed or program than the run's */
    int exit_status;
};
/* Calls `visit` for each submission whose id is called by one of the patterns (glob(7); none: all),
 * in the order of their ids, until it returns other than 0. */
typedef int sg_store_visit(void *state, const struct sg_store_row *row, struct sg_error *err);
int sg_store_each(struct sg_store *store, const char *const *patterns, size_t count,
                  sg_store_visit *visit, void *state, struct sg_error *err);

/* Whose a submission is, in their order. The caller frees the list with sg_store_people_done. */
struct sg_store_person {
    char *id, *name, *email, *login; /* each may be NULL */
};
int sg_store_people(struct sg_store *store, const char *id, struct sg_store_person **ret,
                    size_t *ret_count, struct sg_error *err);
void sg_store_people_done(struct sg_store_person *people, size_t count);
/* Appends what a submission failed of: "single-recv (4), crashed (1)", the commonest first; nothing
 * where it failed nothing. */
int sg_store_failures(struct sg_store *store, const char *id, struct sg_bytes *out,
                      struct sg_error *err);

/* One case over all submissions that were graded. */
struct sg_store_case {
    char *role, *name, *title;
    int64_t graded, passed, failed;
    int64_t unstable; /* submissions in which its runs did not agree */
    char *codes;      /* "single-recv (4), crashed (1)", the commonest first; "" */
};
/* In the order of the spec. The caller frees the list with sg_store_cases_done. */
int sg_store_cases(struct sg_store *store, struct sg_store_case **ret, size_t *ret_count,
                   struct sg_error *err);
void sg_store_cases_done(struct sg_store_case *cases, size_t count);

/* One diagnosis over all submissions that were graded. */
struct sg_store_code {
    char code[40];
    int64_t submissions, cases;
};
/* At most `most`, the commonest first. */
int sg_store_codes(struct sg_store *store, size_t most, struct sg_store_code *ret,
                   size_t *ret_count, struct sg_error *err);

/* Reads a graded submission back. Blames the input where there is none of that id, or it was not
 * graded. */
int sg_store_load(struct sg_store *store, const char *id, struct sg_run *ret, struct sg_error *err);

/* Joins the shards of one run into a new database at `path`, written beside and renamed. Blames the
 * input where they are not all shards of one run, each whole. */
int sg_store_merge(const char *path, const char *const *shards, size_t count, struct sg_error *err);

#endif
