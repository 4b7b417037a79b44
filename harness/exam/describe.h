/* SPDX-License-Identifier: MIT
 * What a result says of a run as a whole (the submission, its build, what was in force, notes), and
 * of a case before it is played. */
#ifndef SG_EXAM_DESCRIBE_H
#define SG_EXAM_DESCRIBE_H

#include "exam/grade.h"

/* Fills *ret but for its cases and its time; to be ended by sg_run_done(). */
void sg_describe_run(const struct sg_grading *grading, struct sg_run *ret);
/* What the result of a case says of the case itself. */
void sg_describe_case(const struct sg_case *one, enum sg_status status, struct sg_case_result *ret);
/* Adds a note on the calls of the submission's programs that no submission may make, where its
 * cases tell of any. */
void sg_note_refused(struct sg_run *run);

#endif
