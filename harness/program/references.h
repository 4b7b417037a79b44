/* SPDX-License-Identifier: MIT
 * The reference programs of an assignment, for whoever runs them. */
#ifndef SG_PROGRAM_REFERENCES_H
#define SG_PROGRAM_REFERENCES_H

#include "base/error.h"

/* Copies the folder `from` (NULL: there is none) to *ret, which is in `folder` and which the caller
 * frees: where they lie, the ordinary user who runs them may have no right to look (below /root,
 * say). */
int sg_bring_references(const char *from, const char *folder, char **ret, struct sg_error *err);

#endif
