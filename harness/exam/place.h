/* SPDX-License-Identifier: MIT
 * Places in the source of the judged program. */
#ifndef SG_EXAM_PLACE_H
#define SG_EXAM_PLACE_H

#include "exam/parts.h"

/* Where it waits, into the evidence. This may end it. */
void sg_exam_locate(struct sg_exam_program *program);
/* Where the stopped thread `tid` makes the call that is the next of exam->faults. */
void sg_exam_locate_fault(struct sg_exam_program *program, pid_t tid);
/* … what Python has said of it since. */
void sg_exam_read_place(struct sg_exam *exam);
/* Where the stopped thread `tid` gets the signal that ends its program; `state` is a struct
 * sg_exam_program. */
void sg_exam_locate_fall(void *state, pid_t tid);

#endif
