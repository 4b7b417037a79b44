/* SPDX-License-Identifier: MIT
 * Where the program's own files are: beside it in its build tree, below its prefix when
 * installed. */
#ifndef SG_CLI_PATHS_H
#define SG_CLI_PATHS_H

#include "spec/library.h"

/* Each returns a path that the caller frees, or NULL where there is no such folder. */
char *sg_path_specs(void);
char *sg_path_templates(void);
char *sg_path_explanations(void);
char *sg_path_catalogues(void); /* of translations: base/language.h */
/* The reference programs of a spec, or of the one that it extends: a spec that adds cases to
 * another is about the same programs. */
char *sg_path_references_of(const struct sg_spec *spec);

/* The spec folders in their order: SOCKGRADE_SPECS, then the program's own. */
void sg_paths_library(struct sg_library *library);

#endif
