/* SPDX-License-Identifier: MIT
 * CSV as spreadsheets write it: RFC 4180, by commas, semicolons or tabs. */
#ifndef SG_CLASS_CSV_H
#define SG_CLASS_CSV_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"

struct sg_csv_row {
    size_t line; /* where it begins, from 1 */
    size_t count;
    char **cells;
};

/* A zeroed struct is empty. */
struct sg_csv {
    struct sg_arena arena;
    char separator; /* the one that stands most often in the first line */
    struct sg_csv_row *rows;
    size_t count;
};

/* Reads all of `text`; a byte order mark and rows without text are left out. Fails where it is no
 * UTF-8, a quote is not closed, or it is beyond its bounds (blame: the input). */
int sg_csv_parse(struct sg_slice text, struct sg_csv *ret, struct sg_error *err);
void sg_csv_done(struct sg_csv *csv); /* takes a zeroed one */

#endif
