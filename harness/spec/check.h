/* SPDX-License-Identifier: MIT
 * What the tables cannot say: that names are defined, needs have no cycle, points add up, and a play
 * makes sense from its first step to its last. */
#ifndef SG_SPEC_CHECK_H
#define SG_SPEC_CHECK_H

#include "spec/assignment.h"

/* Complains of everything that is wrong with `assignment`; true where nothing is. */
bool sg_check_assignment(const struct sg_assignment *assignment, struct sg_complaints *complaints);

/* The parts of it: payload (also that inside steps), and the play of one case. */
void sg_check_data(const struct sg_assignment *assignment, const struct sg_case *one,
                   const struct sg_data *data, struct sg_complaints *complaints);
void sg_check_play(const struct sg_assignment *assignment, const struct sg_case *one,
                   struct sg_complaints *complaints);

#endif
