/* SPDX-License-Identifier: MIT
 * The surroundings of a program: what it sees of the machine and what it may use.
 *
 * Who does what, in which order, where the machine allows all of it:
 *
 *   examiner   has its own user, network, mount, ipc, uts and cgroup namespace (sg_jail_enter):
 *              first of all, for a process of several threads could not. Prepares the view of the
 *              file system once (sg_jail_open), for all that it starts: that is what is dear.
 *   init       forked into a pid and mount namespace of its own, one per start (init.c). Adds what
 *              belongs to this program, moves into the view (view.h), forks the program, reaps all
 *              that is left behind. When it dies, everything in it dies. It keeps its rights in the
 *              user namespace, and so the program can neither trace nor see it.
 *   program    sets its limits, while it may still raise them; becomes an ordinary user, where it
 *              is not; leaves the session and its terminal; gives up new rights, without which a
 *              filter needs some; sets the filter of calls (fault/filter.h), which nothing of the
 *              above would pass; closes all descriptors but three, and is executed. execve() ends
 *              its rights in the namespace, but for CAP_NET_RAW where the spec lets it make raw
 *              sockets.
 *
 * What the kernel does not limit, the examiner looks after (usage.h).
 *
 * On lesser machines (rungs.h) there is no view and no pid namespace: Landlock rules bound what a
 * program may do with the host's files, and init adopts what the program leaves behind.
 *
 * A program never runs as root: in a user namespace it is the user outside, and every capability
 * ends with execve(); elsewhere root becomes a stand-in. */
#ifndef SG_PROGRAM_JAIL_H
#define SG_PROGRAM_JAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"
#include "program/rungs.h"
#include "program/toolchains.h"
#include "program/words.h"

/* Where a program's files are, in its own view. */
#define SG_JAIL_HOME "/home/student"
#define SG_JAIL_WORK "/home/student/work"

/* What a build may leave, and so what is copied for a program where there are no overlays. */
enum { SG_MOST_JAIL_FILES = 8, SG_MOST_TREE_FILES = 50000, SG_MOST_TREE_BYTES = 512 << 20 };

/* Files that programs see in a view instead of the host's; where the host has none, there is
 * none. */
struct sg_jail_files {
    struct sg_jail_file {
        const char *path; /* "/etc/hosts" */
        const char *text;
    } items[SG_MOST_JAIL_FILES];
    size_t count;
};

struct sg_jail {
    const struct sg_rungs *rungs;
    char *folder; /* an empty folder of this examination's own; owned */
    struct sg_toolchains toolchains;
    const struct sg_jail_files *files; /* of the case's own; NULL: none */
    /* Paths that they do not see although they lie in a folder of the system. */
    const struct sg_words_list *hidden;
};

/* The user that examiners and programs run as: the caller, or an ordinary user where that is
 * root. */
uid_t sg_jail_user(void);
gid_t sg_jail_group(void);

/* Moves the calling process (which has one thread) into namespaces of its own, as far as the rungs
 * have them, and makes it an ordinary user unless its namespaces are root's. `network`: a fresh
 * one, still without a loopback device that is up. */
int sg_jail_enter(const struct sg_rungs *rungs, bool network, struct sg_error *err);
/* Makes a jail that uses `scratch`, a folder of the submission's own with an empty folder `case` in
 * it, and prepares it for all programs of this examiner. `files` (NULL: none) is borrowed. Must be
 * ended with sg_jail_close, also where it failed. */
int sg_jail_open(struct sg_jail *jail, const struct sg_rungs *rungs, const char *scratch,
                 const struct sg_words_list *hidden, const struct sg_jail_files *files,
                 struct sg_error *err);
void sg_jail_close(struct sg_jail *jail); /* takes a zeroed one */

/* Puts a writable copy of the folder `tree` at `name` into the jail, by an overlay where the kernel
 * can, and returns its path, which the caller frees. */
int sg_jail_copy_tree(const struct sg_jail *jail, const char *tree, const char *name,
                      char **ret_path, struct sg_error *err);
/* Without an overlay. What a build leaves is measured before: what fails is the machine. */
int sg_jail_copy_files(const char *tree, const char *path, struct sg_error *err);

/* Where programs find themselves, as they see it: their home, and a folder for temporary files. The
 * caller frees both. */
char *sg_jail_home(const struct sg_jail *jail);
char *sg_jail_temporary(const struct sg_jail *jail);

struct sg_limits {
    size_t processes;
    size_t descriptors;
    size_t file_bytes;
    size_t data_bytes; /* RLIMIT_DATA; 0: none */
    size_t cpu_seconds;
    /* Looked after by us (usage.h); of all processes together. */
    size_t memory_bytes;
    size_t output_bytes;
    size_t tree_bytes, tree_files; /* of a build */
};
extern const struct sg_limits sg_limits_run, sg_limits_build;

/* In the program's process, before execve(): limits, no new privileges, a session of its own, and
 * where there is no view, Landlock rules for `work`. Returns NULL, or the name of the step that
 * failed (errno says why). */
const char *sg_jail_surrender(const struct sg_jail *jail, const struct sg_limits *limits,
                              const char *work, bool read_only);

/* After it, for a program that may make raw sockets: of all capabilities it keeps CAP_NET_RAW
 * beyond its execve(). That reaches as far as its user namespace, and so no other network than its
 * own. */
const char *sg_jail_keep_raw(void);

#endif
