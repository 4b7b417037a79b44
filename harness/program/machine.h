/* SPDX-License-Identifier: MIT
 * What this machine allows, found out by trying it. */
#ifndef SG_PROGRAM_MACHINE_H
#define SG_PROGRAM_MACHINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "program/rungs.h"

enum sg_ability {
    SG_ABLE_USER_NAMESPACES, /* … with mounts, ipc and names of their own, for an ordinary user */
    SG_ABLE_ROOT_NAMESPACES, /* the same without a namespace of users, for root */
    SG_ABLE_NETWORK,         /* a network namespace whose loopback device comes up */
    SG_ABLE_MOUNTS,          /* a view of the file system of its own, with a /proc */
    SG_ABLE_OVERLAY,         /* copies by overlay; without it files are copied */
    SG_ABLE_SOCKET_DIAG,     /* the kernel's tables of sockets */
    SG_ABLE_LISTENER,        /* seccomp user notification */
    SG_ABLE_DUPLICATE,       /* pidfd_getfd() of a child's descriptor */
    SG_ABLE_PROC,            /* children, schedstat and syscall in /proc */
    SG_ABLE_PTRACE,          /* watching a child's calls */
    SG_ABLE_TRACE,           /* stopping them by ptrace, where a filter says so */
    SG_ABLE_LANDLOCK,        /* rules for the host's files */
    SG_ABLE_IPV6,            /* ::1 */
    SG_ABLE_RAW,             /* a link to other machines, and raw sockets of an ordinary user's */
    SG_ABILITY_COUNT,
};

struct sg_trial {
    bool tried;
    bool works;
    char reason[160]; /* why not */
};

struct sg_machine {
    struct sg_trial trials[SG_ABILITY_COUNT];
    struct sg_rungs rungs; /* the best that works */
};

/* Tries everything but SG_ABLE_RAW, each in a child process of its own; takes some milliseconds.
 * Fails, and blames the machine, where it has no room for a scratch folder. */
int sg_machine_probe(struct sg_machine *machine, struct sg_error *err);
/* Tries SG_ABLE_RAW, which few need: what is known of a machine that was probed. */
void sg_machine_probe_raw(const struct sg_machine *machine, struct sg_trial *ret);

/* "private networks", for people; and what is lost without it. */
const char *sg_ability_name(enum sg_ability ability);
const char *sg_ability_loss(enum sg_ability ability);

/* Whether anything can be graded. Blames the machine where not, with the first reason. */
int sg_machine_check(const struct sg_machine *machine, struct sg_error *err);

/* What can be asked for, by a word of `--require`: "private", "faults", "jail". Blames the machine
 * where it has less; -2 where there is no such word. */
int sg_machine_require(const struct sg_machine *machine, const char *word, struct sg_error *err);

/* What the rungs mean, one sentence for each of network, faults and jail (0 to 2) …; and whether
 * that is less than the best. */
enum { SG_TECHNIQUES = 3 };
const char *sg_machine_meaning(const struct sg_machine *machine, int technique);
bool sg_machine_is_lesser(const struct sg_machine *machine, int technique);

/* The rungs as the result file names them: "private", "mapped"; "seccomp", "ptrace"; "full",
 * "landlock"; "none". */
const char *sg_machine_network(const struct sg_machine *machine);
const char *sg_machine_faults(const struct sg_machine *machine);
const char *sg_machine_jail(const struct sg_machine *machine);

#endif
