/* SPDX-License-Identifier: MIT
 * What this machine allows, found out by trying it. */
#ifndef SG_PROGRAM_MACHINE_H
#define SG_PROGRAM_MACHINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum sg_ability {
    SG_ABLE_NAMESPACES,  /* user, mount, ipc, uts, pid: an ordinary user can make them */
    SG_ABLE_NETWORK,     /* a network namespace whose loopback device comes up */
    SG_ABLE_MOUNTS,      /* a view of the file system of its own, with a /proc */
    SG_ABLE_OVERLAY,     /* copies by overlay; without it files are copied */
    SG_ABLE_SOCKET_DIAG, /* the kernel's tables of sockets */
    SG_ABLE_LISTENER,    /* seccomp user notification */
    SG_ABLE_DUPLICATE,   /* pidfd_getfd() of a child's descriptor */
    SG_ABLE_PROC,        /* children, schedstat and syscall in /proc */
    SG_ABLE_PTRACE,      /* watching a child's calls */
    SG_ABLE_IPV6,        /* ::1 */
    SG_ABILITY_COUNT,
};

struct sg_trial {
    bool tried;
    bool works;
    char reason[160]; /* why not */
};

struct sg_machine {
    struct sg_trial trials[SG_ABILITY_COUNT];
};

/* Tries everything, each in a child process of its own; takes some milliseconds. */
void sg_machine_probe(struct sg_machine *machine);

/* "private networks", for people; and what is lost without it. */
const char *sg_ability_name(enum sg_ability ability);
const char *sg_ability_loss(enum sg_ability ability);

/* Whether anything can be graded. Blames the machine where not, with the first reason. */
int sg_machine_check(const struct sg_machine *machine, struct sg_error *err);

/* The rungs in force, as the result file names them. */
const char *sg_machine_network(const struct sg_machine *machine); /* "private", "none" */
const char *sg_machine_faults(const struct sg_machine *machine);  /* "seccomp", "none" */
const char *sg_machine_jail(const struct sg_machine *machine);    /* "full", "none" */

#endif
