/* SPDX-License-Identifier: MIT
 * How much force a machine allows: for each technique the best that works there (machine.h finds
 * out). A rung that is higher has the larger number. */
#ifndef SG_PROGRAM_RUNGS_H
#define SG_PROGRAM_RUNGS_H

#include <stdbool.h>
#include <stddef.h>

enum sg_network_rung {
    SG_NETWORK_NONE,
    SG_NETWORK_MAPPED,  /* each case has a loopback address, where binds and connects are led */
    SG_NETWORK_PRIVATE, /* each case has a network namespace */
};

enum sg_fault_rung {
    SG_FAULTS_NONE,
    SG_FAULTS_PTRACE,  /* calls are stopped and changed by ptrace(2) */
    SG_FAULTS_SECCOMP, /* calls are stopped by a seccomp filter and made by us */
};

enum sg_jail_rung {
    SG_JAIL_NONE,
    SG_JAIL_LANDLOCK, /* the host's file system, of which a program may use its own folders alone */
    SG_JAIL_FULL,     /* a file system, processes, and a host name of its own */
};

struct sg_rungs {
    enum sg_network_rung network;
    enum sg_fault_rung faults;
    enum sg_jail_rung jail;
    bool duplicates;     /* a program's descriptors can be duplicated; else they are looked up */
    bool user_namespace; /* namespaces come with one of users; else they are root's */
    size_t
        other_processes; /* of the same user outside of any jail; without a namespace of users they
                               count against a program's limit */
};

#endif
