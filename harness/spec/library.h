/* SPDX-License-Identifier: MIT
 * Specs as files: found by id, loaded with those that they extend, checked. */
#ifndef SG_SPEC_LIBRARY_H
#define SG_SPEC_LIBRARY_H

#include "base/error.h"
#include "spec/assignment.h"

enum { SG_MOST_SPEC_FOLDERS = 32, SG_MOST_EXTENDS = 8 };

/* Where specs are looked for, in this order. */
struct sg_library {
    char *folders[SG_MOST_SPEC_FOLDERS];
    size_t count;
};

/* Adds the folders of `colon_separated` (may be NULL). */
void sg_library_add(struct sg_library *library, const char *colon_separated);
void sg_library_done(struct sg_library *library); /* takes NULL */
/* The path of the spec `id`, which the caller frees. Blames the input where there is none, with the
 * nearest id. */
int sg_library_find(const struct sg_library *library, const char *id, char **ret_path,
                    struct sg_error *err);
/* The ids of all specs in the library, sorted, each once. The caller frees each and the array. */
void sg_library_list(const struct sg_library *library, char ***ret_ids, size_t *ret_count);

/* A loaded assignment and all that it points into. */
struct sg_spec {
    struct sg_assignment assignment;
    struct sg_arena arena;
    struct sg_document documents[SG_MOST_EXTENDS]; /* its own file and those that it extends */
    size_t document_count;
    const char
        *ids[SG_MOST_EXTENDS]; /* its own, then those of what it extends, the nearest first */
    size_t id_count;
};

/* A spec that extends its own id extends the one of that name in a later folder: an instructor's
 * echo.yaml may add to the program's.
 *
 * Loads the spec at `path` with those that it extends. Returns -1 where a file cannot be read; else
 * 0, and the spec is right if `complaints` is empty. `ret` stays where it is until sg_spec_done. */
int sg_spec_load(const struct sg_library *library, const char *path, struct sg_spec *ret,
                 struct sg_complaints *complaints, struct sg_error *err);
/* The same for text in memory; `name` stands for the path. */
void sg_spec_parse(const struct sg_library *library, const char *name, struct sg_slice text,
                   struct sg_spec *ret, struct sg_complaints *complaints);
void sg_spec_done(struct sg_spec *spec); /* takes NULL */

#endif
