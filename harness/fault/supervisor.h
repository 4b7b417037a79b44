/* SPDX-License-Identifier: MIT
 * Answers a program's calls that the filter stopped, and tells what they asked for and got. */
#ifndef SG_FAULT_SUPERVISOR_H
#define SG_FAULT_SUPERVISOR_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"
#include "wire/address.h"

enum sg_call_kind {
    SG_CALL_BIND,    /* done: `result` is 0 or an errno */
    SG_CALL_LISTEN,  /* done, likewise; `address` is the socket's own */
    SG_CALL_CONNECT, /* about to be made by the program itself */
};

struct sg_call {
    enum sg_call_kind kind;
    pid_t tid;
    int type; /* SOCK_STREAM, SOCK_DGRAM */
    union sg_address address;
    int result;
};

struct sg_supervisor {
    int fd; /* where notifications are read; -1: none */
    /* Called for each call on an internet socket: before a bind or connect is made (so that the
     * address can be made reachable) and again after a bind or listen, with its result. */
    void (*before)(void *state, const struct sg_call *call);
    void (*after)(void *state, const struct sg_call *call);
    void *state;
};

/* Answers all calls that wait; true where there was one. Never blocks. */
bool sg_supervisor_serve(struct sg_supervisor *supervisor);
void sg_supervisor_close(struct sg_supervisor *supervisor);

#endif
