/* SPDX-License-Identifier: MIT
 * What an examiner is asked to do: one case of an assignment, with one submission. */
#ifndef SG_EXAM_REQUEST_H
#define SG_EXAM_REQUEST_H

#include "diagnose/evidence.h"
#include "program/submission.h"
#include "spec/assignment.h"

struct sg_exam_request {
    const struct sg_assignment *assignment;
    const struct sg_case *one;
    const struct sg_submission *submission;
    struct sg_way ways[2];  /* of the student's server and client */
    const char *references; /* the folder of this assignment's reference programs; NULL: none */
    const struct sg_rungs *rungs;
    uint64_t seed;
    bool keeps_bytes;    /* the transcript holds all bytes, not the first of each event */
    bool observes;       /* a trial run, to learn how the program wants to be started */
    bool feeds_nothing;  /* … in which it gets no message on its standard input */
    enum sg_probe probe; /* what is changed about the case; NONE: nothing */
    const char *alone;   /* SG_PROBE_ALONE: the one peer that takes its steps; borrowed */
};

#endif
