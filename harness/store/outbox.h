/* SPDX-License-Identifier: MIT
 * The outbox: which results are to be sent where, and what has become of each.
 *
 * An entry is one result on its way to one place, and to one person where the place is a gradebook.
 * It is written in the transaction in which the result is, so that neither is there without the
 * other; and it has a key, by which whoever receives it knows whether it has arrived. The key
 * changes when the result does: an equal result that arrived is not sent again.
 * docs/results-database.md describes the table. */
#ifndef SG_STORE_OUTBOX_H
#define SG_STORE_OUTBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

enum sg_outbox_state {
    SG_OUTBOX_WAITING,
    SG_OUTBOX_SENDING, /* whoever was at it is at it, or died: nobody knows whether it arrived */
    SG_OUTBOX_ARRIVED,
    SG_OUTBOX_REFUSED, /* by the receiver, for good */
    SG_OUTBOX_HELD,    /* there is no result that may be sent; its reason says why */
};
const char *sg_outbox_state_word(enum sg_outbox_state state);

/* To whom a result goes. */
enum sg_outbox_person {
    SG_OUTBOX_NOBODY, /* one entry for a submission, whosever it is */
    /* One for each member, by this column; the submission's id where it is not known. */
    SG_OUTBOX_STUDENT,
    SG_OUTBOX_EMAIL,
    SG_OUTBOX_LOGIN,
};

/* A way on which results leave. */
struct sg_outbox_way {
    const char *target; /* its name */
    const char *place;  /* where that leads to, fit to be shown */
    enum sg_outbox_person person;
    bool is_grade; /* a result that the harness could not bring about is held */
};

/* Brings the entries of a submission up to date with its result. Inside a transaction of the
 * caller. */
int sg_outbox_queue(struct sg_store *store, const struct sg_outbox_way *way, const char *submission,
                    int64_t now_ms, struct sg_error *err);
/* The same for many, in a transaction of its own. */
int sg_outbox_queue_all(struct sg_store *store, const struct sg_outbox_way *way,
                        char *const *submissions, size_t count, int64_t now_ms,
                        struct sg_error *err);

/* What that would leave in the outbox for the way; nothing is written. As sg_outbox_list. */
struct sg_outbox_entry;
int sg_outbox_plan(struct sg_store *store, const struct sg_outbox_way *way,
                   char *const *submissions, size_t count, struct sg_outbox_entry **ret,
                   size_t *ret_count, struct sg_error *err);

struct sg_outbox_entry {
    char *target, *place, *submission;
    char *recipient; /* "": nobody in particular */
    char *key;       /* 32 hexadecimal digits */
    char *reason;    /* what was said of it last; "": nothing */
    enum sg_outbox_state state;
    int64_t attempts;
    int64_t queued_ms; /* since 1970; later for each result of the same way and recipient */
};
/* All entries, or those of one way: the least tried first. The caller frees the list with _done. */
int sg_outbox_list(struct sg_store *store, const struct sg_outbox_way *way,
                   struct sg_outbox_entry **ret, size_t *ret_count, struct sg_error *err);
void sg_outbox_list_done(struct sg_outbox_entry *entries, size_t count);

/* Marks an entry as being sent, and reads its result. 1; 0 where there is no such entry to be sent
 * (any more); -1. *ret is the caller's where 1 is returned. */
int sg_outbox_take(struct sg_store *store, const struct sg_outbox_entry *entry, struct sg_run *ret,
                   struct sg_error *err);
/* Writes down what became of it, unless there is a newer result by now. `reason` may be NULL. */
int sg_outbox_settle(struct sg_store *store, const struct sg_outbox_entry *entry,
                     enum sg_outbox_state state, const char *reason, struct sg_error *err);

/* Only one process at a time sends from a database. Returns a descriptor that keeps the others out
 * until sg_outbox_unlock() or the end of this process; -1 where there is another (which blames the
 * machine). */
int sg_outbox_lock(const struct sg_store *store, struct sg_error *err);
void sg_outbox_unlock(const struct sg_store *store, int lock);

#endif
