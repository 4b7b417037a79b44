/* SPDX-License-Identifier: MIT
 * Landlock rules: what a program may do with the host's files where it has no view of its own. */
#ifndef SG_PROGRAM_LANDLOCK_H
#define SG_PROGRAM_LANDLOCK_H

#include <stdbool.h>

#include "program/jail.h"

/* Bounds the calling process, which has no_new_privs set: it may read and execute the system, write
 * to jail->folder, /tmp and (unless `read_only`) `work`, and use the harmless devices. Nothing else
 * of the host's files, no process outside. Returns 0, or -1 and errno. */
int sg_landlock_restrict(const struct sg_jail *jail, const char *work, bool read_only);

#endif
