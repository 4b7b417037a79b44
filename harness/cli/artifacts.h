/* SPDX-License-Identifier: MIT
 * The folder of --artifacts: what cases left behind. */
#ifndef SG_CLI_ARTIFACTS_H
#define SG_CLI_ARTIFACTS_H

#include "base/error.h"
#include "result/result.h"

/* Writes DIR/ROLE-CASE.json for every case that failed, was inconclusive or ended in an error: the
 * case of the result file; and DIR/ROLE-CASE.pcapng for every case that was played, its
 * conversation. Of a hidden case there is neither transcript nor capture. Files of the same name
 * are replaced, others stay. Blames the input where the folder cannot be written. */
int sg_artifacts_write(const char *folder, const struct sg_run *run, struct sg_error *err);

#endif
