/* SPDX-License-Identifier: MIT
 * Posting results over HTTP: what commands need of it.
 *
 * A target is a place that results are posted to, by name: a row of a table (target.h). It is
 * configured by environment variables alone, some of which are secrets. Secrets are read by posters
 * only, processes that do nothing but post: poster.c has the whole story. A command that posts
 *
 *   1. opens a poster per target, before it forks anything else,
 *   2. calls sg_post_forget_secrets(), as every command does that posts nothing,
 *   3. does its work, hands the posters its results, closes them. */
#ifndef SG_POST_POST_H
#define SG_POST_POST_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/bytes.h"
#include "base/error.h"
#include "post/parcel.h"
#include "store/outbox.h"

enum { SG_MOST_RESULT_BYTES = 64 << 20 };

struct sg_post_target;

/* The target called `name`, or NULL. */
const struct sg_post_target *sg_post_target_find(const char *name);
/* Appends the names of all targets: "webhook, github-status". */
void sg_post_target_names(struct sg_bytes *out);
/* Appends all targets with their settings, for --help. */
void sg_post_help(struct sg_bytes *out);

/* Wipes the secrets of all targets from the environment of this process: the variables are gone,
 * and the memory that /proc/PID/environ shows is overwritten. */
void sg_post_forget_secrets(void);

/* One target's process, which holds its secrets. */
struct sg_poster {
    const struct sg_post_target *target;
    pid_t pid;
    int fd; /* a socket to it */
};

/* Forks a poster, and returns when it has what it needs. Where a setting is missing or wrong the
 * input is blamed, and nothing is left open. `seed` is what the jitter of its waits comes from. The
 * calling process must have one thread. */
int sg_poster_open(const struct sg_post_target *target, uint64_t seed, struct sg_poster *ret,
                   struct sg_error *err);
/* Posts one result; blocks until that is done or given up, which the settings bound. Appends how it
 * went to `ret_words`; *ret_end says how it ended, where it was tried (either may be NULL). A
 * target that does not take it, or a poster that has died: blames the machine. */
int sg_poster_post(struct sg_poster *poster, const struct sg_post_parcel *parcel,
                   enum sg_post_end *ret_end, struct sg_bytes *ret_words, struct sg_error *err);
void sg_poster_close(struct sg_poster *poster); /* takes a zeroed one */

/* Appends the requests that posting it would make, with no secret read and none shown. */
int sg_post_preview(const struct sg_post_target *target, const struct sg_post_parcel *parcel,
                    struct sg_bytes *out, struct sg_error *err);

/* How an outbox knows the target, as it is configured: by what is no secret. Blames the input where
 * a setting is missing. Loads no library. The caller frees *ret_place, which the way borrows. */
int sg_post_way(const struct sg_post_target *target, struct sg_outbox_way *ret, char **ret_place,
                struct sg_error *err);

#endif
