/* SPDX-License-Identifier: MIT
 * The intake of a class: from folders and the archives of course systems to one folder per
 * submission, and whose it is. */
#ifndef SG_CLASS_INTAKE_H
#define SG_CLASS_INTAKE_H

#include <stddef.h>

#include "base/error.h"

/* A student; NULL what is not known. Where the layout gives the id by which its course system takes
 * marks back (Canvas's user, Moodle's participant, Gradescope's sid), `id` is that one; else the
 * roster's. */
struct sg_member {
    char *id, *name, *email, *login;
};

/* One submission of the class. */
struct sg_entry {
    char *id;   /* stable, unique, safe as a file name */
    char *path; /* its folder, ready to be graded, below the scratch folder */
    struct sg_member *members;
    size_t member_count; /* at least one */
    char *attempt;       /* what says which attempt it is; NULL */
    char **notes;        /* what was left out, mended or renamed, in words */
    size_t note_count;
};

struct sg_intake {
    char *layout; /* what the paths were recognised as */
    struct sg_entry *entries;
    size_t entry_count;
    /* What an instructor must look at: what is not among the entries, or nobody's. */
    char **complaints;
    size_t complaint_count;
};

/* NULL what is not given. `scratch` is an existing private folder; what is below it belongs to the
 * caller. */
struct sg_intake_options {
    const char *layout, *id_regex, *roster, *scratch;
};

/* Reads all `paths` (folders of submissions, submissions, archives of either). The entries are in
 * the order of their ids. What is wrong with a submission is a complaint; an error is a path, a
 * roster, a layout or an expression that cannot be used (blame: the input), or a machine that
 * fails. *ret is to be ended by sg_intake_done() in any case. Blocks on files and, while an archive
 * is unpacked, on a child process. */
int sg_intake_open(const char *const *paths, size_t count, const struct sg_intake_options *options,
                   struct sg_intake *ret, struct sg_error *err);
void sg_intake_done(struct sg_intake *intake); /* takes NULL and a zeroed one */

/* The names that `layout` may have, in the order in which they are tried; NULL behind the last. */
const char *sg_intake_layout_name(size_t index);
/* What is recognised by it, in words. */
const char *sg_intake_layout_help(size_t index);

#endif
