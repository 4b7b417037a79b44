/* SPDX-License-Identifier: MIT
 * submission.yaml: what a student says about building and starting their programs. */
#ifndef SG_PROGRAM_MANIFEST_H
#define SG_PROGRAM_MANIFEST_H

#include "base/error.h"
#include "spec/assignment.h"

struct sg_texts {
    const char **items;
    size_t count;
};

struct sg_setting {
    const char *name;
    const char *value;
};

/* How one program is started. */
struct sg_manifest_program {
    const struct sg_node *node; /* NULL: the manifest does not name it */
    int form;                   /* 1: `line`, 2: `run_words`, 3: the long form's own */
    const char *line;
    struct sg_texts words;
    struct sg_manifest_run {
        int form;
        const char *line;
        struct sg_texts words;
    } run;
    struct {
        struct sg_setting *items;
        size_t count;
    } environment;
    struct sg_texts input; /* lines fed to standard input */
    const char *directory;
};

struct sg_manifest {
    struct sg_document document;
    struct sg_arena arena;
    const char *assignment; /* NULL: not said */
    const char *build;      /* a shell command; NULL: by the rules */
    struct sg_manifest_program server, client;
    struct {
        struct sg_manifest_named {
            const char *name;
            const struct sg_node *name_node;
            struct sg_manifest_program program;
        } * items;
        size_t count;
    } named;         /* under another key: what the assignment calls a program, or a mistake */
    int client_form; /* enum sg_client_form; 0: not said */
    struct {
        int *items; /* enum sg_chat_custom */
        size_t count;
    } chat; /* what its chat server does beyond passing lines on */
};

extern const struct sg_type sg_type_manifest;
extern const struct sg_type sg_type_manifest_form; /* of `client_form` */

/* Reads FOLDER/submission.yaml; without one *ret is empty. Returns -1 where it cannot be read or is
 * wrong: what is wrong is in `complaints`, or in `err` where there is no place to show. `ret` stays
 * where it is until sg_manifest_done, which must be called in either case: complaints point into
 * it. */
int sg_manifest_read(const char *folder, struct sg_manifest *ret, struct sg_complaints *complaints,
                     struct sg_error *err);
/* Gives each program that stands under another key its place, as `assignment` (NULL: not known)
 * calls its programs; complains of keys that are no such name. Returns -1 where there was one. */
int sg_manifest_settle(struct sg_manifest *manifest, const struct sg_assignment *assignment,
                       struct sg_complaints *complaints, struct sg_error *err);
bool sg_manifest_has_custom(const struct sg_manifest *manifest, enum sg_chat_custom custom);
void sg_manifest_done(struct sg_manifest *manifest); /* takes NULL */

#endif
