/* SPDX-License-Identifier: MIT
 * The first process of a program, which stands above all that it starts. */
#ifndef SG_PROGRAM_INIT_H
#define SG_PROGRAM_INIT_H

#include "program/process.h"

enum sg_init_kind {
    SG_INIT_ASKS = 1, /* for a tracer: the program's process waits for any byte in answer */
    SG_INIT_STARTED,  /* the program was executed; the filter's descriptor comes with it */
    SG_INIT_NO_EXEC,  /* execve() refused it: `value` is the errno */
    SG_INIT_FAILED,   /* the machine's fault: `text` */
    SG_INIT_ENDED,    /* the program has ended: `value` is its wait status */
};

/* What init tells the examiner. */
struct sg_init_record {
    int kind;
    int value;
    char text[256];
};

/* What init is given: its end of the socket pair and the program's ends of the pipes. */
struct sg_init {
    int control;
    int others; /* the examiner's end of the same */
    int streams[3];
};

_Noreturn void sg_init_run(struct sg_init *init, const struct sg_start *start);

#endif
