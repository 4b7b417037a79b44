/* SPDX-License-Identifier: MIT
 * The reference of a language in Markdown, from the tables that load it. */
#ifndef SG_SPEC_DOCUMENT_H
#define SG_SPEC_DOCUMENT_H

#include "spec/schema.h"

/* Appends a section for everything that `root` is made of: its keys or forms, what they take, and
 * what they are for; and a table of the actions of a play where there are steps. */
void sg_spec_document(const struct sg_type *root, struct sg_bytes *out);

#endif
