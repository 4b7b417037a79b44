/* SPDX-License-Identifier: MIT
 * Grades one submission: finds out how to start its programs, then examines case after case,
 * several at a time, none before those that it needs. */
#ifndef SG_EXAM_GRADE_H
#define SG_EXAM_GRADE_H

#include "program/machine.h"
#include "program/submission.h"
#include "result/result.h"
#include "spec/assignment.h"

struct sg_grading {
    const struct sg_assignment *assignment;
    const struct sg_submission *submission; /* built */
    const struct sg_machine *machine;       /* probed */
    const char *references; /* the folder of the assignment's reference programs; NULL: none */
    uint64_t seed;
    int jobs;         /* examiners at a time, at least 1; at most SG_MOST_EXAMINERS are */
    bool keeps_bytes; /* transcripts hold all bytes, for captures */
    /* Which cases: a role (0: both) and names or patterns of glob(7) (none: all). What a chosen
     * case needs is not played with it. */
    int role;
    const char *const *patterns;
    size_t pattern_count;
    /* Called when a case has its result, in the order in which they end. May be NULL. */
    void (*progress)(void *state, const struct sg_case_result *result, size_t done, size_t all);
    void *progress_state;
    /* Called before the first case and after each but the last with all of them, `unfinished`:
     * those without a result are skipped. Borrowed for the time of the call. May be NULL. */
    void (*so_far)(void *state, const struct sg_run *run);
    void *so_far_state;
};

/* Fills ret->cases in the spec's order, and what else is known of the run. Returns -1 where nothing
 * could be graded at all, or where this process was asked to stop (base/stop.h). */
int sg_grade(const struct sg_grading *grading, struct sg_run *ret, struct sg_error *err);

#endif
