/* SPDX-License-Identifier: MIT
 * Proves a spec: grades right programs and their broken twins with it, several at a time and each
 * several times, and says whether it tells them apart. */
#ifndef SG_PROVE_PROVE_H
#define SG_PROVE_PROVE_H

#include "program/machine.h"
#include "prove/proof.h"

struct sg_proving {
    const struct sg_assignment *assignment;
    const struct sg_twins *twins;
    const struct sg_machine *machine; /* probed */
    const char *references;           /* as in sg_grading */
    uint64_t seed;
    int jobs;                    /* programs at a time, at least 1 */
    size_t repeat;               /* how often a reference is graded */
    size_t twin_runs;            /* how often a twin is */
    int role;                    /* 0: both */
    const char *const *patterns; /* of names of twins; none: all */
    size_t pattern_count;
    /* Called when one of them has been graded. May be NULL. */
    void (*progress)(void *state, const char *name, size_t done, size_t all);
    void *progress_state;
};

/* Grades them all; judge the proof with sg_proof_judge. Returns -1 where the machine fails, or
 * this process is asked to stop (base/stop.h). */
int sg_prove(const struct sg_proving *proving, struct sg_proof *ret, struct sg_error *err);

#endif
