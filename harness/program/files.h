/* SPDX-License-Identifier: MIT
 * The files of a submission, listed in a fixed order. */
#ifndef SG_PROGRAM_FILES_H
#define SG_PROGRAM_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

struct sg_file_entry {
    char *path;       /* below the submission: "src/server.c" */
    const char *name; /* its last part */
    mode_t mode;
    size_t size;
};

struct sg_files {
    struct sg_file_entry *items;
    size_t count;
};

/* Lists the regular files below `folder`, sorted by path. Left out: names that begin with a dot,
 * and the folders that tools fill (node_modules, __pycache__, CMakeFiles, target/…/deps, virtual
 * environments). At most 20,000 files and 12 levels are looked at. */
int sg_files_list(const char *folder, struct sg_files *ret, struct sg_error *err);
void sg_files_done(struct sg_files *files);
/* Whether the file `path` is in the list. */
bool sg_files_has(const struct sg_files *files, const char *path);
/* Whether a copy of a submission goes without the file or folder `name` (version control,
 * tools). */
bool sg_files_is_clutter(const char *name);

#endif
