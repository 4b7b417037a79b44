/* SPDX-License-Identifier: MIT
 * The JSON form of results: the result file, and what an examiner sends to its parent. */
#ifndef SG_RESULT_JSON_H
#define SG_RESULT_JSON_H

#include "base/error.h"
#include "result/result.h"

/* Appends the result file of `run`, as schema/result.schema.json describes it. A hidden case's
 * transcript and evidence are left out where `for_student` is true. */
void sg_run_to_json(const struct sg_run *run, bool for_student, struct sg_bytes *out);

/* Reads back what the above wrote but for the assignment's title, which it does not hold. Must be
 * freed with sg_run_done; on failure *ret is zeroed and the input is blamed. */
int sg_run_from_json(struct sg_slice json, struct sg_run *ret, struct sg_error *err);

/* One case in one line, and back: for a student as the result file has it; else with all bytes of
 * its transcript. What is read back must be freed with sg_case_result_done; on failure *ret is
 * zeroed and the machine is blamed. */
void sg_case_to_json(const struct sg_case_result *result, bool for_student, struct sg_bytes *out);
int sg_case_from_json(struct sg_slice json, struct sg_case_result *ret, struct sg_error *err);

/* The parts of a result file that posting needs. Blames the input where it is none. */
struct sg_run_summary {
    char *assignment;
    char *submission;
    int64_t points, max_points;
    size_t failed, errors;
};
int sg_run_summary_from_json(struct sg_slice json, struct sg_run_summary *ret,
                             struct sg_error *err);
void sg_run_summary_done(struct sg_run_summary *summary);

#endif
