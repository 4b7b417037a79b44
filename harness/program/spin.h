/* SPDX-License-Identifier: MIT
 * Does a busy thread go round in circles: the same reads that bring nothing, or sends that fail,
 * over and over? */
#ifndef SG_PROGRAM_SPIN_H
#define SG_PROGRAM_SPIN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "fault/tracer.h"
#include "program/process.h"
#include "program/where.h"

struct sg_spin {
    bool proven; /* calls that brought nothing, again and again, and nothing else; or polls alone */
    bool at_end; /* they returned 0: the end of a stream */
    bool in_reads;         /* reads, and no sends: it does not wait to send something */
    const char *call;      /* "recv" */
    size_t times;          /* how often in what was watched */
    struct sg_where where; /* one of these calls in its source; line 0: not known */
};

/* Watches the system calls of thread `tid` for a moment (ptrace(2): at most some hundred calls and
 * 50 ms of its processor time; `briefly`, for one that was seen to spin before: until it does so
 * again) and lets it go on as it was. Blocks so long, but calls `serve` with `state` when `asked` (a
 * descriptor, or -1) is readable: a call that the thread waits to be answered holds it up for ever
 * otherwise. `tracer` is the one that it is traced by already, or NULL. */
struct sg_spin sg_spin_watch(pid_t tid, bool briefly, struct sg_tracer *tracer, int asked,
                             sg_process_serve *serve, void *state);

#endif
