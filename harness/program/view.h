/* SPDX-License-Identifier: MIT
 * The file system that a program sees in a mount namespace of its own: the system read-only, a /dev
 * of harmless devices, empty writable folders in memory, and nothing else of the host. */
#ifndef SG_PROGRAM_VIEW_H
#define SG_PROGRAM_VIEW_H

#include <stdint.h>

#include "program/jail.h"

/* Builds the view below jail->folder, for all programs of this examiner. */
int sg_view_build(const struct sg_jail *jail, struct sg_error *err);
/* Puts an overlay of `tree` at `name` below jail->folder, or a copy where the kernel has none.
 * Returns its path, which the caller frees. */
int sg_view_copy_tree(const struct sg_jail *jail, const char *tree, const char *name,
                      char **ret_path, struct sg_error *err);
/* In init: mounts `work` as the working directory (read-only where `read_only`) and a /proc, and
 * makes the view the root. */
int sg_view_enter(const struct sg_jail *jail, const char *work, bool read_only,
                  struct sg_error *err);

/* mount_flags.c: sets MOUNT_ATTR_RDONLY, _NOSUID or _NODEV on the mount at `path` and all below
 * it. */
int sg_mount_set_flags(const char *path, uint64_t flags, struct sg_error *err);

#endif
