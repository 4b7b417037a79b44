/* SPDX-License-Identifier: MIT
 * Digests (SHA-256, in hexadecimal): of what is graded, and of what it is graded with. */
#ifndef SG_CLASS_CONTENT_H
#define SG_CLASS_CONTENT_H

#include <stddef.h>

#include "base/error.h"

enum { SG_DIGEST_LENGTH = 64 };
struct sg_digest {
    char text[SG_DIGEST_LENGTH + 1];
};

/* Of the names, contents, kinds and executable bits of all that grading copies of the folder
 * `path`; not of times, owners, or where the folder is. What we may not read counts as empty.
 * Blames the input where there is more than a submission may have. */
int sg_digest_tree(const char *path, struct sg_digest *ret, struct sg_error *err);
int sg_digest_file(const char *path, struct sg_digest *ret, struct sg_error *err);
/* Of a list of texts; where one ends and the next begins is part of it. */
void sg_digest_texts(const char *const *texts, size_t count, struct sg_digest *ret);

#endif
