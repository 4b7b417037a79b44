/* SPDX-License-Identifier: MIT
 * Where in its source a program's thread is. */
#ifndef SG_PROGRAM_WHERE_H
#define SG_PROGRAM_WHERE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/bytes.h"

struct sg_where {
    char file[256]; /* as the compiler recorded it, below the submission where it is */
    int line;
    char function[64]; /* empty where it is not known */
};

/* The innermost frame of thread `tid` that has debug information of the program's own (no
 * library's). The thread sleeps in a system call and is not disturbed: its stack is read from
 * outside. False where there is none, as in a program that was compiled without -g. */
bool sg_where_blocked(pid_t tid, struct sg_where *ret);

/* Likewise of a thread that the caller traces and that is stopped, wherever it is. */
bool sg_where_stopped(pid_t tid, struct sg_where *ret);

/* Likewise of one that sleeps and that nobody traces. It is stopped for that: a stack with frame
 * pointers (Rust's library) cannot be read without all registers. A call of it that has a time
 * limit may end with EINTR. */
bool sg_where_interrupted(pid_t tid, struct sg_where *ret);

/* The innermost frame of the program's own in what Python's faulthandler wrote ("File "server.py",
 * line 12 in serve"): of the thread that runs, else of the first. */
bool sg_where_python(struct sg_slice text, struct sg_where *ret);

/* The first place of the program's own that a sanitizer's report names ("#1 0x… in serve
 * …/server.c:29"). */
bool sg_where_sanitizer(struct sg_slice text, struct sg_where *ret);

#endif
