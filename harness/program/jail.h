/* SPDX-License-Identifier: MIT
 * The surroundings of a program: what it sees of the machine and what it may use.
 *
 * Who does what, in which order:
 *
 *   examiner   has its own user, network, mount, ipc and uts namespace (sg_jail_enter_namespaces)
 *              and prepares the view of the file system once (sg_jail_build_view): the system
 *              read-only, a /dev of harmless devices, an empty /tmp, and nothing else of the host.
 *   init       forked into a pid and mount namespace of its own, one per start (start.c). Adds what
 *              belongs to this program, moves into the view (sg_jail_enter_view), forks the program,
 *              reaps all that is left behind. When it dies, everything in it dies.
 *   program    gives up what is left of its rights (sg_jail_surrender) and is executed.
 *
 * The user in the namespace is the user outside, never root: every capability ends with execve(). */
#ifndef SG_PROGRAM_JAIL_H
#define SG_PROGRAM_JAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

/* Where a program's files are, in its own view. */
#define SG_JAIL_HOME "/home/student"
#define SG_JAIL_WORK "/home/student/work"

enum { SG_MOST_TOOL_FOLDERS = 16 };

struct sg_jail {
    char *folder; /* an empty folder of this case's own; the view is built in it */
    /* More folders that programs may read, at their own place (compilers outside /usr). */
    const char *tools[SG_MOST_TOOL_FOLDERS];
    size_t tool_count;
};

/* The user that examiners and programs run as: the caller, or an ordinary user where that is root. */
uid_t sg_jail_user(void);
gid_t sg_jail_group(void);

/* Gives up root for good, where the caller is root. */
int sg_jail_drop_root(struct sg_error *err);

/* Moves the calling process (which has one thread) into namespaces of its own. `network`: a fresh
 * one, still without a loopback device that is up. */
int sg_jail_enter_namespaces(bool network, struct sg_error *err);

/* Builds the view below jail->folder, for all programs of this examiner. */
int sg_jail_build_view(const struct sg_jail *jail, struct sg_error *err);
/* Puts a writable copy of the folder `tree` at `name` below jail->folder, by an overlay where the
 * kernel can, and returns its path, which the caller frees. */
int sg_jail_copy_tree(const struct sg_jail *jail, const char *tree, const char *name,
                      char **ret_path, struct sg_error *err);

/* In init: mounts `work` as the working directory (read-only where `read_only`) and a /proc, and
 * makes the view the root. */
int sg_jail_enter_view(const struct sg_jail *jail, const char *work, bool read_only,
                       struct sg_error *err);

struct sg_limits {
    size_t processes;
    size_t descriptors;
    size_t file_bytes;
    size_t data_bytes; /* RLIMIT_DATA; 0: none */
    size_t cpu_seconds;
};
extern const struct sg_limits sg_limits_run, sg_limits_build;

/* In the program's process, before execve(): limits, no new privileges, a session of its own.
 * Returns NULL, or the name of the step that failed (errno says why). */
const char *sg_jail_surrender(const struct sg_limits *limits);

#endif
