/* SPDX-License-Identifier: MIT
 * Small helpers for tables of rows: their length, and the row that a mistyped word meant. */
#ifndef SG_BASE_TABLE_H
#define SG_BASE_TABLE_H

#include <stddef.h>

#define SG_COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The offset of `member`, and a compile error where it is not of type `ctype`. */
#define SG_AT(type, member, ctype) \
    (offsetof(type, member) + 0 * sizeof(char[_Generic(((type *)0)->member, ctype : 1)]))

/* Keeps the nearest of the words shown to it. Zeroed but for `word` it is ready. */
struct sg_nearest {
    const char *word;  /* what was typed */
    const char *found; /* the nearest so far, near enough to be meant; or NULL */
    size_t distance;
};
void sg_nearest_offer(struct sg_nearest *nearest, const char *candidate);

#endif
