/* SPDX-License-Identifier: MIT
 * Datagrams that a client numbers. */
#ifndef SG_EXAM_NUMBERED_H
#define SG_EXAM_NUMBERED_H

#include "exam/parts.h"

/* The data behind `data` where it is a datagram with a number; else NULL. */
const struct sg_data *sg_exam_numbered(const struct sg_exam *exam, const struct sg_data *data);
/* What we send as a client is the end of a file. */
bool sg_exam_is_end(const struct sg_exam *exam, const struct sg_exam_peer *peer,
                    const struct sg_step *step);
/* Takes those that have come before and come again, up to one that has not, or is the `wanted`
 * one. */
void sg_exam_pass_over_old(struct sg_datagram_end *socket, struct sg_slice wanted);
bool sg_exam_sends_numbers(const struct sg_steps *steps);
bool sg_exam_expect_numbered(struct sg_exam *exam, struct sg_exam_peer *peer,
                             const struct sg_step *step, const struct sg_data *numbered);

#endif
