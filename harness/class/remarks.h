/* SPDX-License-Identifier: MIT
 * What is to be said about a place in a tree of files. */
#ifndef SG_CLASS_REMARKS_H
#define SG_CLASS_REMARKS_H

#include <stdbool.h>
#include <stddef.h>

struct sg_remark {
    char *path;  /* the file or folder that it is about, below the tree's top; "": all of it */
    char *text;  /* in words */
    bool spoils; /* what is there is not what was handed in, and must not be graded */
};

/* A zeroed struct is empty. */
struct sg_remarks {
    struct sg_remark *items;
    size_t count;
    size_t bytes;  /* of their paths and texts */
    size_t unsaid; /* those beyond the bounds */
};

/* Adds it, unless the same has been said of `path`. One that spoils nothing is only counted where
 * there are many; one that spoils is always added, and whoever adds it gives up once they are
 * full. */
void sg_remarks_add(struct sg_remarks *remarks, const char *path, bool spoils, const char *text);
bool sg_remarks_full(const struct sg_remarks *remarks);
void sg_remarks_done(struct sg_remarks *remarks);
/* Whether `path` is `top` or below it; all is below "". */
bool sg_path_is_below(const char *path, const char *top);

#endif
