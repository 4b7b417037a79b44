/* SPDX-License-Identifier: MIT
 * What can be started of a built submission: scripts, executable files, Java classes. */
#ifndef SG_PROGRAM_CANDIDATES_H
#define SG_PROGRAM_CANDIDATES_H

#include "program/files.h"
#include "program/source.h"
#include "program/submission.h"

enum { SG_MOST_SOURCE_BYTES = 4 << 20 };

/* Something that can be started. */
struct sg_candidate {
    char *path; /* shown; for Java the source */
    char *stem; /* the name without its extension */
    struct sg_words_list command;
    bool is_source; /* the path is that of its source */
    bool is_class;  /* a compiled Java class: what was made of it (a jar, a script) comes first */
    enum sg_source_end end; /* which one its source plays */
};

struct sg_candidates {
    struct sg_submission *submission; /* borrowed */
    struct sg_files files;            /* of its tree; the caller's */
    struct sg_candidate *items;
    size_t count;
};

/* Fills the list from the files, in their order; gives executable files back the right to be
 * executed. */
void sg_candidates_collect(struct sg_candidates *finding);
void sg_candidates_done(struct sg_candidates *candidates); /* not the files */

#endif
