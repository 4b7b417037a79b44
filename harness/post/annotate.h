/* SPDX-License-Identifier: MIT
 * Failures as annotations of a check run on GitHub. */
#ifndef SG_POST_ANNOTATE_H
#define SG_POST_ANNOTATE_H

#include <jansson.h>

#include "result/result.h"

/* Appends to `list` those from number `first` on, at most `most`. Returns how many there are in
 * all: one for each failed case whose line is known, in the order of the cases. */
size_t sg_annotate(const struct sg_run *run, size_t first, size_t most, json_t *list);

/* Appends text as GitHub shows it: its first `most` bytes, and what is beyond U+FFFF as \UXXXXXXXX,
 * which it does not keep. */
void sg_annotate_plain(struct sg_bytes *out, const char *text, size_t most);

#endif
