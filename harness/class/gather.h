/* SPDX-License-Identifier: MIT
 * From the pieces of a submission to one folder that can be graded. */
#ifndef SG_CLASS_GATHER_H
#define SG_CLASS_GATHER_H

#include "class/draft.h"

/* Makes `target` (which must not exist) from the pieces of `draft`: copies them within bounds,
 * unpacks a student's own archive, takes one wrapping folder away, tidies. `scratch` is an existing
 * folder for what is needed meanwhile. Adds to the notes of `draft`, and sets `spoiled` where it
 * cannot be graded; -1 is the machine's fault. */
int sg_gather(struct sg_draft *draft, const char *target, const char *scratch,
              struct sg_error *err);

/* The steps. Each adds to the notes or spoils. */
int sg_gather_copy(struct sg_draft *draft, const char *target, struct sg_error *err);
int sg_gather_tidy(struct sg_draft *draft, const char *target, struct sg_error *err);

#endif
