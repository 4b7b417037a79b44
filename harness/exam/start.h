/* SPDX-License-Identifier: MIT
 * Starting programs. */
#ifndef SG_EXAM_START_H
#define SG_EXAM_START_H

#include "exam/parts.h"

/* Starts every program that listens, and waits until it does. */
bool sg_exam_start_listeners(struct sg_exam *exam, struct sg_error *err);
int sg_exam_start(struct sg_exam *exam, struct sg_exam_program *program, const struct sg_step *step,
                  struct sg_error *err);
/* Waits until it listens; false where it does not, and the failure is noted. */
bool sg_exam_await_listening(struct sg_exam *exam, struct sg_exam_program *program,
                             const struct sg_step *step);
/* The address that the program of the case is given. */
union sg_address sg_exam_host(const struct sg_exam *exam);

#endif
