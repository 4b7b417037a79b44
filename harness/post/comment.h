/* SPDX-License-Identifier: MIT
 * A grade and a comment on it, for a gradebook. */
#ifndef SG_POST_COMMENT_H
#define SG_POST_COMMENT_H

#include "post/target.h"

/* Appends the points in decimal: what the result came to, scaled to what the assignment is worth
 * there where `worth` says that ("20"; NULL: as they are). The same number everywhere: rounded
 * once, to thousandths. */
void sg_grade_add(const struct sg_run_summary *summary, const char *worth, struct sg_bytes *out);
/* Whether `worth` is such a number. Blames the input, and names `variable`. */
int sg_grade_check_worth(const char *worth, const char *variable, struct sg_error *err);

/* Appends what the student is told: the sum, and each case that failed with its diagnosis; with
 * `mark`, a last line that holds the key. At most a few kilobytes, and nothing in it that a page
 * would obey. */
void sg_comment_add(const struct sg_post_job *job, bool mark, struct sg_bytes *out);
/* The part of that line by which a comment is known again; the caller frees it. */
char *sg_comment_mark(const struct sg_post_job *job);

#endif
