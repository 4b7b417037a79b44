/* SPDX-License-Identifier: MIT
 * Which failures have one cause, so that a report tells it once. */
#ifndef SG_REPORT_CAUSES_H
#define SG_REPORT_CAUSES_H

#include "result/result.h"

/* Whether both failed, and of the same cause. */
bool sg_is_alike(const struct sg_case_result *a, const struct sg_case_result *b);
/* The case that is told for all those that failed like case `index`: the first of them that may be
 * told in full (`for_student`: that is not hidden), else the first. */
size_t sg_teller(const struct sg_run *run, size_t index, bool for_student);
/* The failed case for whose sake case `index` was skipped, however many lie between; SIZE_MAX:
 * none. */
size_t sg_skipped_for(const struct sg_run *run, size_t index);
/* The case that its reason names; SIZE_MAX: none. */
size_t sg_needed_by(const struct sg_run *run, size_t index);

#endif
