/* SPDX-License-Identifier: MIT
 * What the tables cannot say: that names are defined, needs have no cycle, points add up, and a
 * play makes sense from its first step to its last. */
#ifndef SG_SPEC_CHECK_H
#define SG_SPEC_CHECK_H

#include "spec/assignment.h"

/* Complains of everything that is wrong with `assignment`; true where nothing is. */
bool sg_check_assignment(const struct sg_assignment *assignment, struct sg_complaints *complaints);

enum { SG_MOST_DATA_BYTES = 64 << 20 };

/* The parts of it: payload (a definition, or what a step sends), and the play of one case. */
void sg_check_data(const struct sg_assignment *assignment, const struct sg_case *one,
                   const struct sg_data *data, struct sg_complaints *complaints);
void sg_check_actors(const struct sg_assignment *assignment, const struct sg_case *one,
                     struct sg_complaints *complaints); /* of a play that is not all right */
void sg_check_play(const struct sg_assignment *assignment, const struct sg_case *one,
                   struct sg_complaints *complaints);
/* " (did you mean 'x'?)", or "" where nothing is near; the caller frees it. */
char *sg_check_suggest(const struct sg_nearest *nearest);

#endif
