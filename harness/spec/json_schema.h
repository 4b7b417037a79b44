/* SPDX-License-Identifier: MIT
 * The JSON Schema (2020-12) of a file that the loader reads, for editors. */
#ifndef SG_SPEC_JSON_SCHEMA_H
#define SG_SPEC_JSON_SCHEMA_H

#include "spec/schema.h"

/* Appends the schema of `root`, made from the tables that load it: what it refuses the loader
 * refuses as well. The loader knows more (quotes, units out of range, names that must be
 * defined). */
void sg_spec_json_schema(const struct sg_type *root, const char *id, const char *title,
                         struct sg_bytes *out);

#endif
