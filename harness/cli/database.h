/* SPDX-License-Identifier: MIT
 * A database of results that a command line names: opened, its submissions chosen. */
#ifndef SG_CLI_DATABASE_H
#define SG_CLI_DATABASE_H

#include "cli/command.h"
#include "store/store.h"

/* The ids that --submission chooses of one database (none given: all) and that were graded, in
 * their order. */
struct sg_chosen {
    char **ids;
    size_t count;
    size_t ungraded; /* … and how many were chosen that have no result */
};

/* Opens the database that operand `index` names; *ret_run is its run. 0, or the exit status of what
 * was said. Both are the caller's, also where it failed. */
int sg_database_open(struct sg_call *call, size_t index, struct sg_store **ret_store,
                     struct sg_store_run *ret_run);
/* As above; refuses where nothing is called as --submission says. */
int sg_database_choose(struct sg_call *call, struct sg_store *store, struct sg_chosen *ret);
void sg_chosen_done(struct sg_chosen *chosen);

#endif
