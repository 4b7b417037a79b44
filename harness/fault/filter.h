/* SPDX-License-Identifier: MIT
 * The seccomp filter that stops a program at the calls the examiner must know of or interfere with,
 * and makes those fail that would only help it to leave its jail (refused.h). */
#ifndef SG_FAULT_FILTER_H
#define SG_FAULT_FILTER_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which calls the filter stops; SG_TRAP_SETUP belongs to all. */
enum sg_traps {
    SG_TRAP_SETUP = 1, /* bind, listen, connect, splice, and what arms timers or handles signals */
    SG_TRAP_SEND = 2,  /* everything that sends on a descriptor other than 0, 1 and 2 */
    SG_TRAP_RECV = 4,  /* everything that receives, likewise */
    SG_TRAP_ACCEPT = 8,
    SG_TRAP_TIMEOUTS = 16, /* setsockopt() of what may be a time limit */
    SG_TRAP_DATAGRAM = 32, /* sends that may name an address */
    SG_TRAP_EXIT = 64,     /* a process ends by itself */
};

/* What a filter is to do besides: the calls of refused.h fail. */
struct sg_filter_options {
    unsigned traps; /* enum sg_traps */
    bool offline;   /* no socket but local ones can be made */
    bool no_splice; /* splice() and sendfile() fail, where nobody is told (pipes.h) */
    bool raw;       /* raw sockets of IPv4 and packet sockets can be made, with what they need */
    bool unjailed;  /* nothing else keeps the program from other processes of its user */
};

enum { SG_MOST_FILTER_CODE = 384 };

/* Writes the program of a filter, which answers a call that it is to stop with `stop` (0: it stops
 * none), and returns its length; -1 and errno where there is no room for it. */
int sg_filter_make(const struct sg_filter_options *options, uint32_t stop,
                   struct sock_filter *items, size_t room);

/* Installs the filter in the calling thread, which has no_new_privs set, and returns the descriptor
 * on which its notifications are read, or -1 and errno. What the filter does not name, it allows;
 * what would go around it (io_uring, calls of another ABI) it answers with ENOSYS. */
int sg_filter_install(const struct sg_filter_options *options);

/* The same for a thread that is traced (tracer.h): its tracer is told. Returns 0, or -1 and
 * errno. */
int sg_filter_install_traced(const struct sg_filter_options *options);

/* The same where nobody is told: nothing is stopped, what is refused fails. Returns 0, or -1 and
 * errno. */
int sg_filter_install_alone(const struct sg_filter_options *options);

#endif
