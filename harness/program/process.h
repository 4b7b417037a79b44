/* SPDX-License-Identifier: MIT
 * A started program: its standard streams, its end, and everything that it leaves behind.
 *
 * Two processes stand between the examiner and the program's code: see jail.h. The examiner talks
 * to init over a socket pair of records; init tells when the program was executed and how it ended.
 * Killing init ends all of its pid namespace, and waiting for init returns when that is done; where
 * there is no pid namespace, init adopts all orphans, and ends when none is left. */
#ifndef SG_PROGRAM_PROCESS_H
#define SG_PROGRAM_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/bytes.h"
#include "base/error.h"
#include "fault/tracer.h"
#include "program/jail.h"

enum sg_life {
    SG_LIFE_NONE,    /* not started */
    SG_LIFE_RUNNING, /* the program itself runs */
    SG_LIFE_ENDED,   /* it has ended; what it left behind may still run */
    SG_LIFE_GONE,    /* nothing of it runs any more */
};

/* What a program wrote to one of its streams: all up to a bound, then the count. */
struct sg_output {
    int fd; /* our end of the pipe; -1: closed */
    struct sg_bytes bytes;
    size_t dropped; /* bytes beyond the bound */
};

enum { SG_MOST_OUTPUT_BYTES = 4 << 20 };

struct sg_process {
    enum sg_life life;
    pid_t init;               /* 0: none */
    bool contained;           /* in a pid namespace that ends with init */
    struct sg_tracer *tracer; /* that it is traced by; or NULL */
    int control;              /* records from init; -1: none */
    int filter;               /* seccomp notifications; -1: none. Whoever serves it may take it. */
    int input;                /* our end of the program's standard input; -1: closed */
    struct sg_bytes to_feed;  /* all that its standard input is to get … */
    size_t fed;               /* … and how much of it the pipe has taken */
    struct sg_output out, err;
    pid_t pid;  /* of the program itself, as we see it; 0: not known */
    int status; /* as wait() gives it, once ENDED */
};

struct sg_start {
    const struct sg_jail *jail;
    const struct sg_limits *limits;
    const char *work; /* a folder, mounted as the working directory */
    bool read_only;
    bool offline;   /* no socket but local ones: for what runs on the host's network */
    bool no_splice; /* for what nobody watches: its reader could be made to wait (fault/pipes.h) */
    bool raw_sockets;                 /* it may make them, in its own network namespace */
    unsigned traps;                   /* of the seccomp filter (fault/filter.h); 0: no filter */
    struct sg_tracer *tracer;         /* that stops its calls; NULL: a seccomp listener does */
    struct sg_supervisor *supervisor; /* that serves what the tracer stops */
    const char *const *argv;          /* ended by NULL; a name without '/' is looked up in PATH */
    const char *const *more_environment; /* "NAME=value", ended by NULL; or NULL */
    const char *directory;               /* below the working directory; NULL: itself */
};

/* Starts the program. Returns -1 where the machine fails; a program that cannot be executed (no
 * such file, no interpreter) sets *ret_exec_errno, returns 0 and leaves `life` NONE. The process
 * must be ended with sg_process_end. */
int sg_process_start(struct sg_process *process, const struct sg_start *start, int *ret_exec_errno,
                     struct sg_error *err);

/* Reads what init says and what the program wrote, and goes on feeding it. True where anything
 * moved. Never blocks. */
bool sg_process_read(struct sg_process *process);
/* Descriptors to poll() for reading: at most 3; returns how many. */
size_t sg_process_watch(const struct sg_process *process, int fds[3]);

/* Stops all processes of the program, and returns when all of them have stopped; lets them go on.
 * Until then their calls are served by `serve`, for a thread whose call waits does not stop. */
typedef void sg_process_serve(void *state);
void sg_process_freeze(const struct sg_process *process, sg_process_serve *serve, void *state);
void sg_process_thaw(const struct sg_process *process);
/* Whether the program is run by CPython, which can be asked where it is (faulthandler). */
bool sg_process_is_python(const struct sg_process *process);
/* Sends a signal to the program itself; false where it is gone. */
bool sg_process_signal(const struct sg_process *process, int signal);
/* Gives it more for its standard input. What the pipe does not take at once follows as it is read.
 * False where nothing was taken. */
bool sg_process_feed(struct sg_process *process, struct sg_slice bytes);
void sg_process_close_input(struct sg_process *process);

/* Kills everything of the program and returns when nothing of it is left. Reads the rest of what it
 * wrote. What it printed and how it ended stay readable until _done. */
void sg_process_end(struct sg_process *process);
void sg_process_done(struct sg_process *process);

#endif
