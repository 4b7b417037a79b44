/* SPDX-License-Identifier: MIT
 * What counts as one submission while an archive is unpacked, and what it may grow to. */
#ifndef SG_CLASS_SHARE_H
#define SG_CLASS_SHARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sg_share {
    char *path; /* the folder, or file, that it is */
    size_t files;
    uint64_t bytes;
    bool spoiled;
};

/* Found by their paths. A zeroed struct is empty. */
struct sg_shares {
    struct sg_share **items;
    size_t count;
    size_t *places; /* a table of hashes: an index into `items`, plus one; 0: free */
    size_t place_count;
};

/* The path of the share that `path` belongs to: its first `depth` parts; with a depth of 0 all are
 * one. The caller frees it. */
char *sg_share_path(const char *path, size_t depth);
/* The share that `path` belongs to, made where it is new. */
struct sg_share *sg_share_of(struct sg_shares *shares, const char *path, size_t depth);
void sg_shares_done(struct sg_shares *shares);

#endif
