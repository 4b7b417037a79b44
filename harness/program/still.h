/* SPDX-License-Identifier: MIT
 * Is a program still: does every thread of it wait for something that only we can bring about?
 *
 * The proof takes no time. It looks at every thread twice; where both looks show the same threads,
 * asleep in the same calls, with the same counts of processor time and of turns on a processor,
 * nothing ran between them, and the first look is a picture of one moment. In that picture each
 * thread must be blocked without a time limit in a call that is not ready now. What is in flight in
 * the network is the caller's to check, between two proofs or before one (exam/settle.c). */
#ifndef SG_PROGRAM_STILL_H
#define SG_PROGRAM_STILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "fault/endings.h"
#include "fault/tracer.h"
#include "program/process_tree.h"
#include "wire/diag.h"

enum sg_stillness {
    SG_STILL_NOT,     /* something runs, is ready, or cannot be judged */
    SG_STILL_BOUNDED, /* as PROVEN, but for a time limit of the program's own */
    SG_STILL_PROVEN,  /* nothing will happen until we act */
    SG_STILL_GONE,    /* no thread is left */
};

enum sg_wait_target {
    SG_TARGET_OTHER,
    SG_TARGET_INPUT,      /* its standard input, which we hold open */
    SG_TARGET_LISTENER,   /* a listening socket */
    SG_TARGET_CONNECTION, /* connected, over TCP: `local`, `remote`; or a local socket: `inode` */
    SG_TARGET_DATAGRAM,   /* a UDP socket */
    SG_TARGET_RAW,        /* a raw socket, or one for packets */
    SG_TARGET_PIPE,       /* a pipe, or a socket pair, of its own */
    SG_TARGET_SEVERAL,    /* poll, select, epoll */
    SG_TARGET_LOCK,       /* of its own: also a semaphore, an eventfd, a signal in a signalfd */
    SG_TARGET_CHILD,
    SG_TARGET_TIME,
};

/* What one thread waits for. */
struct sg_wait {
    pid_t pid, tid;
    const char *call; /* "recv", "accept", "epoll_wait": the name that a programmer knows */
    bool writes;      /* it waits to write */
    int fd;           /* -1: none */
    size_t size;      /* bytes that it asked for; 0: not known */
    enum sg_wait_target target;
    union sg_address local, remote;
    uint32_t inode; /* of the socket, where it is known */
    bool bounded;
    uint64_t bound_ns; /* the time limit that it set; the time left is at most this */
    bool for_input;    /* standard input is among what it waits for */
    bool service;      /* a thread of the language's runtime, not of the program */
};

struct sg_still {
    enum sg_stillness verdict;
    uint64_t bound_ns; /* BOUNDED: the shortest time limit */
    bool for_input;    /* some thread waits for standard input (among other things) */
    /* Set by the caller. */
    bool timers; /* the program has armed a timer, or a time limit, that /proc cannot show */
    const struct sg_diag *diag;       /* the socket tables of its network */
    const struct sg_tracer *tracer;   /* that it is traced by; or NULL */
    const struct sg_endings *endings; /* its processes that are kept from ending; or NULL */
    struct sg_wait *waits;
    size_t count;
    size_t capacity;
    struct sg_tree first, second; /* the two looks */
};

/* Looks at all that descends from `init`. `input` is our end of the program's standard input, or
 * -1. */
void sg_still_look(struct sg_still *still, pid_t init, int input);
void sg_still_done(struct sg_still *still);

#endif
