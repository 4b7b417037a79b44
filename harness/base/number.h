/* SPDX-License-Identifier: MIT
 * Numbers from text, with nothing left over and nothing guessed. */
#ifndef SG_BASE_NUMBER_H
#define SG_BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

struct sg_bytes;

/* Each reads all of `text`; false, and *ret untouched, where it is not such a number or too
 * large. */
bool sg_number_parse(const char *text, int64_t *ret);       /* decimal, optional '-' */
bool sg_duration_parse(const char *text, uint64_t *ret_ns); /* "250ms", "2s", "1.5s" */
bool sg_size_parse(const char *text, uint64_t *ret_bytes);  /* "512", "64KiB", "1MiB" */
bool sg_thousandths_parse(const char *text, int64_t *ret);  /* "2", "0.5", "3.125" */

/* Appends thousandths as the shortest decimal: 2000 is "2", 333 is "0.333". */
void sg_thousandths_print(struct sg_bytes *out, int64_t thousandths);

#endif
