/* SPDX-License-Identifier: MIT
 * All results of a class, cell by cell: for who shows it whole. Strings last as long as the
 * visit. */
#ifndef SG_STORE_CELLS_H
#define SG_STORE_CELLS_H

#include <stdbool.h>

#include "base/error.h"
#include "result/result.h"
#include "store/store.h"

struct sg_store_cell {
    const char *submission, *role, *name;
    enum sg_status status;
    const char *code; /* NULL: none */
    bool unstable;    /* its runs did not agree */
};
/* Submissions in the order of sg_store_each, the cases of each in that of the spec; until `visit`
 * returns other than 0. */
typedef int sg_store_cell_visit(void *state, const struct sg_store_cell *cell,
                                struct sg_error *err);
int sg_store_each_cell(struct sg_store *store, sg_store_cell_visit *visit, void *state,
                       struct sg_error *err);

/* All that is known of who a submission is by: where it lay, and of each member number, name,
 * e-mail, login (any may be NULL). One visit for each of them. */
typedef int sg_store_told_visit(void *state, const char *submission, const char *told,
                                struct sg_error *err);
int sg_store_each_identity(struct sg_store *store, sg_store_told_visit *visit, void *state,
                           struct sg_error *err);

/* The sentences that a diagnosis was told in, the commonest first (a hundred at most), each with
 * one of the submissions; those of hidden cases only where they are wanted. */
int sg_store_each_message(struct sg_store *store, const char *code, bool hidden,
                          sg_store_told_visit *visit, void *state, struct sg_error *err);

/* When the first and the last submission was graded, ISO 8601; "": none was. */
struct sg_store_when {
    char first[40], last[40];
};
int sg_store_get_when(struct sg_store *store, struct sg_store_when *ret, struct sg_error *err);

#endif
