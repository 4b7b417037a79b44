/* SPDX-License-Identifier: MIT
 * Rounds that come to nothing. A server that waits with a time limit, poll() for half a second say,
 * and takes the same wait up again each time, cannot be proven to be still. But when each of its
 * limits has ended several times, no byte was taken meanwhile, and every other thread slept on, it
 * is not waited for until the deadline: no answer may take as long as that. One that naps once,
 * however long, has the whole of its time. */
#ifndef SG_EXAM_ROUNDS_H
#define SG_EXAM_ROUNDS_H

#include "exam/settle.h"

/* The wait of one thread. */
struct sg_round {
    pid_t tid;
    long syscall;
    uint64_t argument; /* the first of the call */
    uint64_t switches;
    bool bounded;
    unsigned ended; /* how often its limit has */
};

/* Of the programs' threads since something moved last. All zero: nothing seen yet. */
struct sg_rounds {
    struct sg_round *items;
    size_t count;
    size_t capacity;
    uint64_t taken;        /* bytes, by the programs */
    uint64_t from_idle_ns; /* what the wait had been charged when they began */
};

/* Notes what sg_exam_settle() has just seen of programs that are still but for time limits;
 * `idle_ns` is what the wait has been charged. */
void sg_rounds_look(struct sg_rounds *rounds, struct sg_exam *exam, uint64_t idle_ns);
bool sg_rounds_are_empty(const struct sg_rounds *rounds, uint64_t idle_ns);
/* Something has moved. */
void sg_rounds_forget(struct sg_rounds *rounds);
void sg_rounds_done(struct sg_rounds *rounds);

#endif
