/* SPDX-License-Identifier: MIT
 * A call of a traced thread, from its entry to its end. */
#ifndef SG_FAULT_TRACED_H
#define SG_FAULT_TRACED_H

#include "fault/supervisor.h"
#include "fault/tracer.h"

enum { SG_MOST_PATCHES = 3, SG_MOST_PATCH_BYTES = 32 };

/* Memory of the program that holds something else for the time of one call. */
struct sg_patch {
    uint64_t address;
    size_t length;
    uint8_t before[SG_MOST_PATCH_BYTES];
};

/* What is done when a call has been made: `notice` is the one of its entry. */
typedef void sg_call_made(struct sg_supervisor *supervisor, const struct sg_notice *notice,
                          int64_t result);

struct sg_traced {
    pid_t tid;
    struct sg_supervisor *supervisor;
    bool stopped;               /* by a signal */
    struct sg_registers entry;  /* of the call in hand */
    struct sg_registers wanted; /* what it goes on with */
    int step;                   /* how many calls of ours have been made before it */
    bool ours;                  /* the call that is being made is one of ours */
    bool followed;              /* the call that is being made is looked at when it ends */
    bool repeats;               /* the kernel makes the call of `entry` again: a signal came */
    sg_call_made *made;         /* at the end of the call; NULL: nothing */
    struct sg_call call;        /* for whoever made it */
    size_t limit;               /* of a send that is made short; 0: none */
    size_t wanted_bytes;        /* what it was given */
    struct sg_patch patches[SG_MOST_PATCHES];
    size_t patch_count;
};

/* At the entry of a call; each lets the thread go on, so it is the last that is done. */
void sg_traced_continue(struct sg_traced *thread);
void sg_traced_answer(struct sg_traced *thread, int64_t result); /* the call is not made */
/* The call is made, with the arguments of `thread->wanted`; `made` learns its result. */
void sg_traced_follow(struct sg_traced *thread, sg_call_made *made);
/* Another call is made before it, with `length` bytes of `data` in the program's memory, whose
 * address becomes argument `index` (-1: none). Then the thread enters its own call again, with
 * thread->step one higher. */
void sg_traced_first(struct sg_traced *thread, long number, const uint64_t arguments[6], int index,
                     const void *data, size_t length);
/* Puts `bytes` into the program's memory until the call has been made; false where it cannot. */
bool sg_traced_patch(struct sg_traced *thread, uint64_t address, const void *bytes, size_t length);

/* The calls that are told of or changed (traced_calls.c, traced_send.c). */
void sg_traced_bind(struct sg_supervisor *supervisor, const struct sg_notice *notice);
void sg_traced_listen(struct sg_supervisor *supervisor, const struct sg_notice *notice);
void sg_traced_connect(struct sg_supervisor *supervisor, const struct sg_notice *notice);
void sg_traced_shorten(struct sg_supervisor *supervisor, const struct sg_notice *notice,
                       size_t most);

#endif
