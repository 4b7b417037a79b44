/* SPDX-License-Identifier: MIT
 * The message of a client. */
#ifndef SG_EXAM_CLIENT_MESSAGE_H
#define SG_EXAM_CLIENT_MESSAGE_H

#include "exam/parts.h"

/* Adds it as one line of standard input can have it: blanks stand for the ends of lines in it. */
void sg_exam_make_line(struct sg_slice text, struct sg_bytes *out);
/* `message` is the wanted one as it came in such a line: the newline that ended it may be there,
 * and be counted in the length of a frame, and the blanks at its ends may be gone, as many
 * languages read a line. */
bool sg_exam_is_fed_line(const struct sg_exam *exam, struct sg_slice message, struct sg_slice want);

#endif
