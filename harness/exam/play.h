/* SPDX-License-Identifier: MIT
 * A case is played: its steps, and what is noted where one fails. */
#ifndef SG_EXAM_PLAY_H
#define SG_EXAM_PLAY_H

#include "exam/parts.h"

bool sg_exam_play(struct sg_exam *exam, const struct sg_steps *steps, struct sg_error *err);
/* Waits, but not for long, until everything is at rest; what programs have done so far is then part
 * of the transcript. */
void sg_exam_rest(struct sg_exam *exam);
/* Notes a failure (the first counts). Returns false. */
bool sg_exam_fail(struct sg_exam *exam, enum sg_failure_kind kind, const struct sg_step *step,
                  enum sg_outcome outcome);
/* As above, about `connection`, whose next bytes should have been `expected`. */
bool sg_exam_fail_data(struct sg_exam *exam, enum sg_failure_kind kind, const struct sg_step *step,
                       enum sg_outcome outcome, struct sg_connection *connection,
                       struct sg_slice expected);
/* As above, about a datagram that should have come to `peer`; `got` NULL: none came. */
bool sg_exam_fail_datagram(struct sg_exam *exam, enum sg_failure_kind kind,
                           const struct sg_step *step, enum sg_outcome outcome,
                           struct sg_exam_peer *peer, struct sg_slice expected,
                           const struct sg_datagram *got);

#endif
