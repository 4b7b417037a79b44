/* SPDX-License-Identifier: MIT
 * The folder of --artifacts: what each case that did not pass left behind, whole. */
#ifndef SG_CLI_ARTIFACTS_H
#define SG_CLI_ARTIFACTS_H

#include "base/error.h"
#include "result/result.h"

/* Makes the folder. Blames the input where it cannot be. */
int sg_artifacts_prepare(const char *folder, struct sg_error *err);
/* Writes DIR/ROLE-CASE.json for every case that failed, was inconclusive or ended in an error: the
 * case of the result file with all of its transcript; none of a hidden case. Files of the same name are replaced, others
 * stay. Blames the input where the folder cannot be written. */
int sg_artifacts_write(const char *folder, const struct sg_run *run, struct sg_error *err);

#endif
