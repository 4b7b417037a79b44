/* SPDX-License-Identifier: MIT
 * What the commands that post have in common: posters opened before anything else, results handed
 * to each of them, and the one line where one could not be posted. */
#ifndef SG_CLI_POSTING_H
#define SG_CLI_POSTING_H

#include "cli/command.h"
#include "post/post.h"

/* A zeroed one posts nothing. */
struct sg_posting {
    const struct sg_post_target *targets[SG_MOST_REPEATED];
    struct sg_poster posters[SG_MOST_REPEATED];  /* one per target; with --dry-run none is open */
    size_t words[SG_MOST_REPEATED];              /* where in the command line each stands */
    struct sg_outbox_way ways[SG_MOST_REPEATED]; /* how outboxes know them: sg_posting_find_ways */
    char *places[SG_MOST_REPEATED];
    size_t count;
};

/* Opens a poster for every --post; then this process has no secrets any more, whether there was one
 * or not. Returns 0, or the exit status where a target is not known or not configured, which has
 * been said. Must be called before any process is forked. */
int sg_posting_open(struct sg_posting *posting, struct sg_call *call);
/* Opens one for target `name`, which is word `word` of the command line. As above, but leaves the
 * secrets of this process for the next. */
int sg_posting_add(struct sg_posting *posting, struct sg_call *call, const char *name, size_t word);

/* Fills in how outboxes know the targets, for who posts from a database. As sg_posting_add. */
int sg_posting_find_ways(struct sg_posting *posting, struct sg_call *call);

/* Posts a result file to all, or with --dry-run prints what would be sent. Returns 0, or the exit
 * status where any did not take it, which has been said. `path` is what the result is called, or
 * NULL. */
int sg_posting_send(const struct sg_posting *posting, const struct sg_call *call, const char *path,
                    struct sg_slice result);
void sg_posting_close(struct sg_posting *posting);

#endif
