/* SPDX-License-Identifier: MIT
 * The time and the processor time that a wait may take. */
#ifndef SG_EXAM_ACCOUNT_H
#define SG_EXAM_ACCOUNT_H

#include "exam/turns.h"

/* What a wait has been charged so far. */
struct sg_account {
    bool open;      /* the programs' counters have been read once */
    bool for_rest;  /* nothing is waited for but that all is at rest */
    uint64_t at_ns; /* when it was last brought up to date */
    uint64_t idle_ns;
    uint64_t cpu_ns;         /* since anything moved last */
    uint64_t all_cpu_ns;     /* … and before that */
    uint64_t before_rest_ns; /* … before nothing but rest was waited for */
    uint64_t watched_ns;     /* of which so much had passed when a spin was looked for */
    uint64_t moved;          /* bytes that had moved when that was asked last */
    size_t faults;           /* calls that had been interfered with when it was opened */
    struct sg_turns turns;
    uint64_t taken;     /* bytes that the programs had taken when half of their time was over */
    unsigned stretches; /* how often they were given their time anew, since they took more */
};

/* `for_rest`: nothing is waited for but that all is at rest. */
struct sg_account sg_account_open(bool for_rest);
/* Bytes, connections or ends have come: what has been charged is forgotten. */
void sg_account_forget(struct sg_account *account);
void sg_account_done(struct sg_account *account);
/* Charges what has passed; true where the wait has taken too long, and *ret says in which way.
 * `idle_ns`: how long the programs may be idle. Now and then watches a busy program (spin.h), which
 * blocks so long. */
bool sg_account_is_over(struct sg_exam *exam, struct sg_account *account, uint64_t idle_ns,
                        enum sg_outcome *ret);

/* Looks whether a program is beyond a limit (program/usage.h), where a wait was too short for
 * it. */
void sg_account_look(struct sg_exam *exam);

#endif
