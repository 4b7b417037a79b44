/* SPDX-License-Identifier: MIT
 * A database of results as the page of a class. */
#ifndef SG_CLI_CLASS_PAGE_H
#define SG_CLI_CLASS_PAGE_H

#include "cli/command.h"
#include "store/store.h"

/* Appends the page of those that --submission chooses; `linked`: ID.html of each that was graded is
 * written beside it. Returns an exit status; what is wrong has been said. */
int sg_class_page_write(struct sg_call *call, struct sg_store *store,
                        const struct sg_store_run *run, bool linked, struct sg_bytes *out);

#endif
