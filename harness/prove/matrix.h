/* SPDX-License-Identifier: MIT
 * The matrix of a proof: a line per case, a column per twin. */
#ifndef SG_PROVE_MATRIX_H
#define SG_PROVE_MATRIX_H

#include "prove/proof.h"
#include "report/paint.h"

enum { SG_MATRIX_COLUMNS = 40 }; /* twins side by side */

/* Appends the part of the matrix of `role` that has its twins number `first` and following, at most
 * SG_MATRIX_COLUMNS, and what each of them is. Returns how many there were. */
size_t sg_matrix_print(const struct sg_paint *paint, const struct sg_proof *proof, int role,
                       size_t first);

#endif
