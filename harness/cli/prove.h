/* SPDX-License-Identifier: MIT
 * The part of `sockgrade spec` that proves a spec. */
#ifndef SG_CLI_PROVE_H
#define SG_CLI_PROVE_H

#include "cli/command.h"
#include "spec/library.h"

/* Complains about options that a proof does not know; 0, or the exit status. */
int sg_prove_check_options(struct sg_call *call);
/* Proves `spec`, which operand `operand` names, prints what came of it, and returns the exit
 * status. */
int sg_spec_prove(struct sg_call *call, const struct sg_spec *spec, size_t operand);

#endif
