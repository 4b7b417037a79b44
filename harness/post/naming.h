/* SPDX-License-Identifier: MIT
 * By what a gradebook knows a student: the words of a setting. */
#ifndef SG_POST_NAMING_H
#define SG_POST_NAMING_H

#include "base/error.h"
#include "store/outbox.h"

/* A row of a table that is ended by a row without a word. */
struct sg_post_naming {
    const char *word;
    enum sg_outbox_person person; /* where we look it up */
    const char *there;            /* what the target calls it */
};

/* The row of that word; NULL: there is none. */
const struct sg_post_naming *sg_post_naming_find(const struct sg_post_naming *rows,
                                                 const char *word);
/* Where its names are looked up. */
enum sg_outbox_person sg_post_naming_person(const struct sg_post_naming *rows, const char *word);
/* Blames the input, and names `variable`, where there is none. */
int sg_post_naming_check(const struct sg_post_naming *rows, const char *word, const char *variable,
                         struct sg_error *err);

#endif
