/* SPDX-License-Identifier: MIT
 * What the files of the loader share: load.c walks the tree, scalar.c reads single values, matrix.c
 * knows the variables. */
#ifndef SG_SPEC_LOAD_PARTS_H
#define SG_SPEC_LOAD_PARTS_H

#include "spec/schema.h"

/* "'word'", "a list" or "a map"; may use `room`. */
const char *sg_load_describe(const struct sg_node *node, char *room, size_t size);
/* Complains that `type` is wanted at `node`. Returns false. */
bool sg_load_refuse(struct sg_loading *loading, const struct sg_node *node,
                    const struct sg_type *type);
/* The row of `word`, or NULL. */
const struct sg_choice *sg_choice_find(const struct sg_type *type, const char *word);
/* Loads a value of a type without parts. */
bool sg_load_scalar(struct sg_loading *loading, const struct sg_node *node,
                    const struct sg_type *type, void *out);

/* `text` with each `$name` of the scope replaced by its label; in the arena. */
const char *sg_matrix_fill(struct sg_loading *loading, const char *text);

/* One combination of a matrix: the scopes of its variables, innermost last, and its label. */
struct sg_combination {
    struct sg_scope scopes[SG_MOST_MATRIX_VARIABLES];
    const char *label; /* in the arena */
};

/* The number of combinations of `matrix`; 0 where it is no matrix (complained of). */
size_t sg_matrix_count(struct sg_loading *loading, const struct sg_node *matrix);
/* Fills `combination` for the `index`-th choice of all variables; the last one varies fastest.
 * Whoever asks for variable v sets used[v]. */
void sg_matrix_combine(struct sg_loading *loading, const struct sg_node *matrix, size_t index,
                       bool *used, struct sg_combination *combination);

#endif
