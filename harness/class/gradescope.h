/* SPDX-License-Identifier: MIT
 * Gradescope's submission_metadata.yml: who handed in what, and when. */
#ifndef SG_CLASS_GRADESCOPE_H
#define SG_CLASS_GRADESCOPE_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"

struct sg_submitter {
    const char *name, *sid, *email; /* NULL: not there */
};

struct sg_gradescope_entry {
    const char *key;     /* "submission_123", or the name of a file */
    const char *created; /* NULL: not there */
    struct sg_submitter *submitters;
    size_t count;
};

/* Owns all of it. A zeroed struct is empty. */
struct sg_gradescope {
    struct sg_arena arena;
    struct sg_gradescope_entry *entries;
    size_t count;
};

/* Reads the text, in order of the file; results and histories, which are most of it, are passed
 * over. Fails where it is no YAML, or not of this shape (blame: the input). */
int sg_gradescope_parse(struct sg_slice text, struct sg_gradescope *ret, struct sg_error *err);
void sg_gradescope_done(struct sg_gradescope *gradescope); /* takes a zeroed one */

/* Nanoseconds since 1970 of "2026-05-09 14:30:45.123 +0700", "…T…Z"; 0 where it is no such time. */
int64_t sg_gradescope_time(const char *text);

#endif
