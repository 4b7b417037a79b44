/* SPDX-License-Identifier: MIT
 * What is sent, in exact segments. */
#ifndef SG_EXAM_SEGMENT_H
#define SG_EXAM_SEGMENT_H

#include "exam/parts.h"

/* Sends `message` on `connection`, cut as `split` says, or as the program's faults say where it
 * leaves that open. Returns when all is on its way, or it is known that it will not be. */
void sg_exam_send(struct sg_exam *exam, struct sg_connection *connection,
                  const struct sg_split *split, struct sg_slice message);
/* Lets the program take what was sent and go to rest, or stop short of that, so that what is done
 * next always meets it in the same place. */
void sg_exam_let_notice(struct sg_exam *exam, struct sg_connection *connection); /* our end of it */
void sg_exam_let_take(struct sg_exam *exam, struct sg_connection *connection);
/* The program has taken from its socket all that was sent, or never will. */
bool sg_exam_has_taken(struct sg_exam *exam, struct sg_connection *connection);
/* The faults of a program, or NULL; the one that shortens what it receives, or NULL; and how many
 * bytes segment `index` of a connection may then have. */
const struct sg_program_faults *sg_exam_faults(const struct sg_exam *exam, const char *program);
const struct sg_fault *sg_exam_short_receives(const struct sg_exam *exam, const char *program);
size_t sg_exam_draw_receive(const struct sg_exam *exam, const struct sg_fault *fault,
                            const struct sg_connection *connection, size_t index);

#endif
