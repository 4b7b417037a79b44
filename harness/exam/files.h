/* SPDX-License-Identifier: MIT
 * The files of a program's directory. */
#ifndef SG_EXAM_FILES_H
#define SG_EXAM_FILES_H

#include "exam/parts.h"

/* Opens that directory (O_PATH); -1: it is not there. */
int sg_exam_open_directory(const struct sg_exam_program *program);
int sg_exam_put_files(struct sg_exam *exam, struct sg_exam_program *program, struct sg_error *err);

#endif
