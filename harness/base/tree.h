/* SPDX-License-Identifier: MIT
 * Trees of files: copied within bounds, removed whatever their owner did to their rights. */
#ifndef SG_BASE_TREE_H
#define SG_BASE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

/* Makes a folder for scratch files, called NAME-XXXXXX: in TMPDIR; where that is not set in
 * `otherwise`, or in /var/tmp where no program can be started from there (a file system mounted
 * noexec). Returns its path, which the caller frees; NULL where it cannot be made, and `err` says
 * where. */
char *sg_make_scratch(const char *name, const char *otherwise, struct sg_error *err);

/* Removes `path` and all below it, following no link. Folders that were made unreadable are opened
 * again first. What cannot be removed is left, and said. */
int sg_remove_tree(const char *path, struct sg_error *err);
/* Folders nested deeper than this are neither copied nor measured. */
enum { SG_DEEPEST_FOLDERS = 64 };

/* Copies the regular files, folders and symbolic links below `from` to `to`, which must not exist,
 * or with `into` may: it is added to then, and no file in it is written over. Everything else
 * (devices, FIFOs, sockets) is left out. `skip` (may be NULL) ends a name's copying. Fails beyond
 * `most_files` or `most_bytes` (blame: the input). */
struct sg_copy_limits {
    size_t most_files;
    size_t most_bytes;
    bool (*skip)(const char *name);
    bool into;
    size_t *left_out; /* counts what is no file, folder or link; may be NULL */
};
int sg_copy_tree(const char *from, const char *to, const struct sg_copy_limits *limits,
                 struct sg_error *err);

/* Gives `path` and all below it to a user and group, following no link. Does nothing unless root
 * asks. */
int sg_give_tree(const char *path, uid_t user, gid_t group, struct sg_error *err);

/* What is in a folder and below, as far as `most` goes: it is counted no further. Links are not
 * followed, what cannot be read is left out, and folders nested too deep count as more than `most`.
 * What is within `most` can be copied within the same limits. */
struct sg_tree_size {
    size_t files;
    size_t bytes; /* on the disk; of a file with holes, what it seems to hold */
};
struct sg_tree_size sg_measure_tree(const char *path, const struct sg_tree_size *most);

#endif
