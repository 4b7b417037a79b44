/* SPDX-License-Identifier: MIT
 * Archives, unpacked by a child process with bounds on everything.
 *
 * Nothing of an archive leaves its folder: of its entries only regular files and folders are taken,
 * by names without '..', and no link is ever made or followed. What is left out is remarked. */
#ifndef SG_CLASS_ARCHIVE_H
#define SG_CLASS_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/tree.h"
#include "class/remarks.h"

enum { SG_SUBMISSION_MOST_DEPTH = SG_DEEPEST_FOLDERS };

struct sg_unpack_limits {
    /* Of each submission. In the archive of a class what has the first `share` parts of its path in
     * common is of one; 0: the archive is one submission. */
    size_t share;
    size_t most_files;
    uint64_t most_bytes;
    /* Of all. */
    size_t total_files;
    uint64_t total_bytes;
};
extern const struct sg_unpack_limits sg_unpack_submission, sg_unpack_class;

/* Whether a file of this name is an archive that can be read. `ret_stem` (may be NULL) is how many
 * bytes of the name stand before what says so. */
bool sg_archive_known(const char *name, size_t *ret_stem);
/* Whether it is one that cannot: RAR, 7z. */
bool sg_archive_foreign(const char *name);

/* Unpacks `file` into the existing folder `folder`. What is wrong with the archive is remarked,
 * with paths below `folder`; -1 is the machine's fault. Blocks until the child is done; where the
 * process is asked to stop, the child is ended. */
int sg_archive_unpack(const char *file, const char *folder, const struct sg_unpack_limits *limits,
                      struct sg_remarks *ret, struct sg_error *err);
/* The same in this process. */
int sg_archive_unpack_here(const char *file, const char *folder,
                           const struct sg_unpack_limits *limits, struct sg_remarks *ret,
                           struct sg_error *err);

#endif
