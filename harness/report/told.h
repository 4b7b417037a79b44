/* SPDX-License-Identifier: MIT
 * What a report for other programs tells of a case, in plain text, and quoted. Of a hidden case a
 * student is told no more than what its cause is about. */
#ifndef SG_REPORT_TOLD_H
#define SG_REPORT_TOLD_H

#include "report/report.h"

/* The one sentence on a case that did not pass; "" for one that did. The result's own. */
const char *sg_told(const struct sg_case_result *result, bool for_student);
/* Appends that sentence, what was seen and what to do, a line each. */
void sg_told_all(const struct sg_case_result *result, bool for_student, struct sg_bytes *out);

/* No text of one case takes more than this in a report for other programs. */
enum { SG_TOLD_MOST = 16 << 10 };
/* What one case may take of `budget` bytes, so that all of them stay within it; at most
 * SG_TOLD_MOST. */
size_t sg_told_share(const struct sg_run *run, size_t budget);
/* Appends text made harmless (base/utf8.h), its first `most` bytes; says how much it left out. */
void sg_add_cut(struct sg_bytes *out, const char *text, size_t most);
/* sg_told() and sg_told_all() so cut, without a line break at the end; the caller frees them. */
char *sg_told_cut(const struct sg_case_result *result, bool for_student, size_t most);
char *sg_told_all_cut(const struct sg_case_result *result, bool for_student, size_t most);

/* What a case adds to the sum, and to what could be had; both 0 where it is not charged. */
int64_t sg_told_points(const struct sg_case_result *result);
int64_t sg_told_max_points(const struct sg_case_result *result);
/* "61 of 100 points"; the caller frees it. */
char *sg_told_sum(const struct sg_run *run);
/* The file that the diagnosis is about, as the repository names it that holds the submission; NULL
 * where none is known or may be told. The caller frees it. */
char *sg_told_file(const struct sg_run *run, const struct sg_case_result *result, bool for_student);
/* What the environment says, "" where nothing. */
const char *sg_told_variable(const struct sg_report_options *options, const char *name);

/* Appends text between double quotes, as JSON and YAML read it. What programs printed is made
 * harmless first (base/utf8.h). */
void sg_add_quoted(struct sg_bytes *out, const char *text);
/* Seconds with a point and six decimals, whatever the locale. */
void sg_add_seconds(struct sg_bytes *out, uint64_t ns);

#endif
