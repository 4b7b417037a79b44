/* SPDX-License-Identifier: MIT
 * Posting from a database, through its outbox, as commands do it. */
#ifndef SG_CLI_OUTBOX_H
#define SG_CLI_OUTBOX_H

#include "cli/posting.h"
#include "store/store.h"

/* The submissions that are meant. */
struct sg_meant {
    char *const *ids;
    size_t count;
};

/* Queues and sends them to all targets; with --dry-run prints what would be sent. Returns 0, or the
 * exit status where any has not arrived, which has been said. `brief`: what has arrived is only
 * counted. */
int sg_outbox_post(const struct sg_posting *posting, const struct sg_call *call,
                   struct sg_store *store, const struct sg_meant *meant, bool brief);

/* Prints what has become of everything in the outbox of the database that operand `index` names: of
 * one target, or of all (NULL). Returns the exit status. */
int sg_outbox_print_status(struct sg_call *call, size_t index, const char *target);

#endif
