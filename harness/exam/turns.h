/* SPDX-License-Identifier: MIT
 * Turns. A program of which a thread spins never comes to rest; but what its other threads had to do
 * they have done when each thread that runs has had a turn at a processor, and no byte moved. */
#ifndef SG_EXAM_TURNS_H
#define SG_EXAM_TURNS_H

#include "exam/parts.h"

/* From where on the turn of one thread counts. */
struct sg_turn {
    pid_t tid;
    uint64_t from_ns; /* the processor time that it had used by then */
};

/* Of the programs' threads since a byte moved last. All zero: nothing seen yet. */
struct sg_turns {
    struct sg_turn *items;
    size_t count;
};

/* Whether each thread that runs now has used `ms` of processor time since it was seen to run first,
 * as the last look at the programs has it. */
bool sg_turns_are_over(struct sg_turns *turns, const struct sg_exam *exam, uint64_t ms);
/* The next turns are others. */
void sg_turns_forget(struct sg_turns *turns);
void sg_turns_done(struct sg_turns *turns);

#endif
