/* SPDX-License-Identifier: MIT
 * The file that a spec is proven with: right programs (references), and broken ones (twins).
 *
 * A twin is a reference with one bug, written as edits of its sources: what the bug is stands in
 * the file, and a twin cannot drift away from its reference. */
#ifndef SG_PROVE_TWINS_H
#define SG_PROVE_TWINS_H

#include "base/error.h"
#include "spec/schema.h"

struct sg_names {
    const char **items;
    size_t count;
};

/* A right program for both roles. */
struct sg_reference {
    const char *name;
    const struct sg_node *node;
    struct sg_names files; /* below the folder of the file */
    const char *build;     /* a shell command; NULL: by the rules of submissions */
    const char *server, *client;
    int client_form; /* enum sg_client_form; 0: not said */
};

/* A text of one file, and what stands in its place. */
struct sg_edit {
    const struct sg_node *node;
    const char *file;
    const char *replace;
    const char *by;
};

struct sg_codes_list {
    int *items; /* enum sg_code */
    size_t count;
};

struct sg_twin {
    const char *name;
    const struct sg_node *node;
    const struct sg_reference *reference;
    const char *of; /* its name; NULL: the first */
    int role;
    const char *bug;
    struct sg_codes_list earns; /* each must be among its diagnoses … */
    struct sg_codes_list also;  /* … these may be, and no others */
    struct {
        struct sg_edit *items;
        size_t count;
    } edits;
};

/* Owns all of it. */
struct sg_twins {
    struct sg_document document;
    struct sg_arena arena;
    char *folder; /* that `files` are in */
    int64_t version;
    struct {
        struct sg_reference *items;
        size_t count;
    } references;
    struct {
        struct sg_twin *items;
        size_t count;
    } twins;
};

extern const struct sg_type sg_type_twins;

/* Reads `path`. Returns -1 where it cannot be read; else 0, and all is right if `complaints` is
 * empty: every edit fits its reference in exactly one place. `ret` stays where it is until
 * sg_twins_done. */
int sg_twins_read(const char *path, struct sg_twins *ret, struct sg_complaints *complaints,
                  struct sg_error *err);
void sg_twins_done(struct sg_twins *twins); /* takes NULL */

/* Appends `file` of a reference, with the edits of `twin` (NULL: none) made. */
int sg_twins_file(const struct sg_twins *twins, const struct sg_twin *twin, const char *file,
                  struct sg_bytes *ret, struct sg_error *err);

/* Writes a submission into the new folder `path`: a reference, or one of its twins. */
int sg_twins_make(const struct sg_twins *twins, const struct sg_reference *reference,
                  const struct sg_twin *twin, const char *path, struct sg_error *err);

#endif
