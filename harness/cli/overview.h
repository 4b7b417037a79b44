/* SPDX-License-Identifier: MIT
 * A class on the terminal: the plan of a run, its sum, and the table of a database. */
#ifndef SG_CLI_OVERVIEW_H
#define SG_CLI_OVERVIEW_H

#include "class/class.h"
#include "cli/command.h"
#include "store/store.h"

/* The plan of a dry run: its head, then a line for each submission. */
void sg_overview_begin_plan(const struct sg_store_run *run, struct sg_bytes *out);
void sg_overview_add_plan(const char *id, const char *path, bool kept, struct sg_bytes *out);

/* Prints what came of a run: how many, and which could not be graded. Returns the exit status of
 * printing. */
int sg_overview_print_sum(struct sg_call *call, struct sg_store *store,
                          const struct sg_store_run *run, const struct sg_class_sum *sum,
                          const char *path);
/* Prints the table of a database, or of what --submission chooses. Returns an exit status. */
int sg_overview_print(struct sg_call *call, struct sg_store *store, const struct sg_store_run *run);

#endif
