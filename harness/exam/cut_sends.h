/* SPDX-License-Identifier: MIT
 * Whether a program went on rightly after sends of which only a part was taken, where nobody knows
 * what it had to send. */
#ifndef SG_EXAM_CUT_SENDS_H
#define SG_EXAM_CUT_SENDS_H

#include "exam/parts.h"

/* What the sends on a connection that has ended tell: LOST, AGAIN, MORE, or NONE where all is
 * right. `ret_index`: of the send that shows it in exam->faults; not set for NONE. */
enum sg_failure_kind sg_exam_judge_cut_sends(const struct sg_exam *exam,
                                             const struct sg_connection *connection,
                                             size_t *ret_index);

#endif
