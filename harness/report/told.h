/* SPDX-License-Identifier: MIT
 * What a report for other programs tells of a case, in plain text, and quoted. Of a hidden case a student is
 * told no more than what its cause is about. */
#ifndef SG_REPORT_TOLD_H
#define SG_REPORT_TOLD_H

#include "report/report.h"

/* The one sentence on a case that did not pass; "" for one that did. The result's own. */
const char *sg_told(const struct sg_case_result *result, bool for_student);
/* Appends that sentence, what was seen and what to do, a line each. */
void sg_told_all(const struct sg_case_result *result, bool for_student, struct sg_bytes *out);

/* Appends text between double quotes, as JSON and YAML read it. What programs printed is made harmless
 * first (base/utf8.h). */
void sg_add_quoted(struct sg_bytes *out, const char *text);
/* Seconds with a point and six decimals, whatever the locale. */
void sg_add_seconds(struct sg_bytes *out, uint64_t ns);

#endif
