/* SPDX-License-Identifier: MIT
 * Stops a program's calls by ptrace(2), where the machine has no seccomp listener.
 *
 * Who is who: the examiner traces every thread of its programs, from before they are executed. The
 * first process of each program (program/init.h) stays their parent, and is told of an end only
 * after the examiner has seen it: the kernel keeps this order, and so nobody takes an end from the
 * other. The examiner asks for each thread by its number, never for any child, and leaves its own
 * children to those who started them. If it dies, the kernel kills all that it traces.
 *
 * How a call is stopped: the program's filter (filter.h) stops its thread at the entry of a call.
 * There the call goes on, is answered without being made, or goes on with other arguments; then it
 * is stopped once more at its end, where what was changed is put back. So the kernel itself does
 * what the program sees: a send of fewer bytes has sent them, a call that blocks is blocked, a
 * signal interrupts it. */
#ifndef SG_FAULT_TRACER_H
#define SG_FAULT_TRACER_H

#include <stdbool.h>
#include <stddef.h>

#include "fault/registers.h"

struct sg_supervisor;
struct sg_traced;

struct sg_tracer {
    int fd; /* readable when a thread may have stopped; -1: nothing is traced */
    struct sg_traced **threads;
    size_t count;
    size_t capacity;
    int killed_by; /* the signal that the kernel ended one of the processes with; 0: none */
};

int sg_tracer_open(struct sg_tracer *tracer); /* 0, or -1 and errno */
void sg_tracer_close(struct sg_tracer *tracer);

/* Begins to trace thread `tid`, whose calls (and those of all that it starts) `supervisor` serves.
 * 0, or -1 and errno. */
int sg_tracer_seize(struct sg_tracer *tracer, pid_t tid, struct sg_supervisor *supervisor);
/* Returns when a seized thread has been executed, or has ended. What it calls after that waits. */
void sg_tracer_await_exec(struct sg_tracer *tracer, pid_t tid);
/* Serves all threads that have stopped; true where there was one. Never blocks. */
bool sg_tracer_serve(struct sg_tracer *tracer);
/* Whether a thread that /proc shows as being in a stop of its tracer ('t') is stopped by a signal,
 * as one that is not traced would be. */
bool sg_tracer_is_stopped(const struct sg_tracer *tracer, pid_t tid);
/* Whether it is traced here, and not in the midst of a call that is looked at when it ends: then
 * its stops may be waited for by others, who hand over with sg_tracer_take what they do not
 * know. */
bool sg_tracer_may_watch(const struct sg_tracer *tracer, pid_t tid);
/* Deals with a stop of `tid` that somebody else has waited for. */
void sg_tracer_take(struct sg_tracer *tracer, pid_t tid, int status);
/* Takes note of the end of a thread that has been killed; without it, it would not be gone. */
void sg_tracer_bury(struct sg_tracer *tracer, pid_t tid);

#endif
