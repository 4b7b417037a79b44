/* SPDX-License-Identifier: MIT
 * The ladder of a case: a row per event, a line for each side. */
#ifndef SG_REPORT_LADDER_H
#define SG_REPORT_LADDER_H

#include "report/paint.h"
#include "result/result.h"

/* Appends the ladder of `result`, shortened around its end where it is long. */
void sg_ladder(const struct sg_paint *paint, const struct sg_case_result *result);

#endif
