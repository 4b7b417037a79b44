/* SPDX-License-Identifier: MIT
 * The marks of a class, for the course system that takes them back. */
#ifndef SG_CLI_GRADEBOOK_H
#define SG_CLI_GRADEBOOK_H

#include "cli/command.h"
#include "store/store.h"

/* Whether what --gradebook asks for is there. 0, or the exit status of what was said. */
int sg_gradebook_check(struct sg_call *call);
/* Writes the gradebooks that --gradebook asks for, of the submissions that --submission chooses. 0,
 * or the exit status of what was said. */
int sg_gradebook_write(struct sg_call *call, struct sg_store *store,
                       const struct sg_store_run *run);

#endif
