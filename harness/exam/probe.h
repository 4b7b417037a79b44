/* SPDX-License-Identifier: MIT
 * Playing a failed case again with one thing changed, to tell causes apart. */
#ifndef SG_EXAM_PROBE_H
#define SG_EXAM_PROBE_H

#include "exam/request.h"

struct sg_exam;

/* How a case went that was played again. */
struct sg_probe_answer {
    bool ran; /* else the machine failed */
    bool failed;
    const struct sg_step *step; /* where it failed */
};

/* examiner.c: plays request->one, changed as request->probe says, in a process and a network of its own.
 * Blocks until that is over. */
void sg_play_again(const struct sg_exam_request *request, struct sg_probe_answer *ret);

/* Runs the probes that can tell something about the failure, and notes them in the evidence. The programs
 * of the case are stopped first. */
void sg_exam_probe(struct sg_exam *exam);

#endif
