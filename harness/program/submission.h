/* SPDX-License-Identifier: MIT
 * A submission, from the folder that was handed in to programs that can be started: copied, built,
 * its server and client found. */
#ifndef SG_PROGRAM_SUBMISSION_H
#define SG_PROGRAM_SUBMISSION_H

#include "base/error.h"
#include "program/files.h"
#include "program/manifest.h"
#include "program/rungs.h"
#include "program/usage.h"
#include "program/words.h"
#include "result/result.h"

enum sg_found_kind {
    SG_FOUND_NONE, /* nothing that could be it: `message` says what was looked for */
    SG_FOUND_PROGRAM,
    SG_FOUND_SEVERAL,        /* none is guessed: `message` lists them */
    SG_FOUND_BUILD_FAILED,   /* its source was not compiled */
    SG_FOUND_NO_INTERPRETER, /* the machine lacks what would run or compile it */
};

/* The program of one role. */
struct sg_found {
    enum sg_found_kind kind;
    struct sg_words_list command;     /* words, perhaps with `$names` */
    bool whole;                       /* the manifest gave the command with its arguments */
    struct sg_words_list environment; /* "NAME=value" */
    struct sg_words_list input;       /* lines for standard input, with `$names` */
    char *directory;                  /* below the submission; NULL: its top */
    bool exceeded;                    /* BUILD_FAILED: it went beyond a limit */
    char *message;                    /* where it is no program: why, and what would help */
};

enum { SG_MOST_SUBMISSION_FILES = 20000, SG_MOST_SUBMISSION_BYTES = 512 << 20 };

struct sg_submission {
    char *path;                  /* as the user named it */
    char *top;                   /* the folder of its files: `path`, or the one folder in it */
    char *id;                    /* the name of its folder */
    char *folder;                /* scratch space of this submission, removed with it */
    char *tree;                  /* the copy that is built: folder/tree */
    struct sg_words_list hidden; /* what programs are not to see (sg_submission_hide) */
    struct sg_manifest manifest;
    struct sg_build_result build;
    struct sg_found server, client;
    char **notes;
    size_t note_count;
};

/* Reads the manifest of the submission at `path`. Complaints about it are in `complaints`. The
 * struct stays where it is until _done, which must be called in any case. */
int sg_submission_open(const char *path, struct sg_submission *ret,
                       struct sg_complaints *complaints, struct sg_error *err);
/* Copies it into a new scratch folder, builds the copy in a jail without a network, and finds its
 * programs, under the names that `assignment` calls them by. A build that fails is a result, not an
 * error. */
int sg_submission_build(struct sg_submission *submission, const struct sg_assignment *assignment,
                        const struct sg_rungs *rungs, struct sg_error *err);
/* Programs do not see `path` (NULL: nothing), where they have a view of their own. Before it is
 * built. */
void sg_submission_hide(struct sg_submission *submission, const char *path);
void sg_submission_done(struct sg_submission *submission); /* takes a zeroed one */

/* The parts: what to run to build it, in which order (build_rules.c); running it (build.c); finding
 * what came out (find.c). */
struct sg_build_step {
    char *command;    /* for /bin/sh -c, in the submission's folder */
    char *fallback;   /* tried where `command` fails; NULL: none */
    const char *tool; /* a compiler or the like that it needs; NULL: the submission's matter */
    char *source; /* the one source, or the makefile, that it builds; NULL: all of the submission */
    bool failed;
    enum sg_excess excess; /* the limit that it went beyond, which ended it */
    char *output;          /* what it printed, shortened */
};
struct sg_build_plan {
    struct sg_build_step *steps;
    size_t count;
};
void sg_build_plan_make(const struct sg_submission *submission, const struct sg_files *files,
                        struct sg_build_plan *ret);
/* Why a step failed, in words: what it ran, and the line of its output that says most. */
void sg_build_step_describe(const struct sg_build_step *step, struct sg_bytes *out);
int sg_build_plan_run(const struct sg_submission *submission, const struct sg_rungs *rungs,
                      struct sg_build_plan *plan, struct sg_error *err);
void sg_build_plan_done(struct sg_build_plan *plan);
/* Whether programs that are started find `program`, a name or a path. */
bool sg_is_installed(const char *program);
/* The step failed since this machine lacks its tool. */
bool sg_build_step_lacks_tool(const struct sg_build_step *step);

/* The programs of Java sources by class: where the build puts classes, below the submission. */
#define SG_JAVA_CLASSES ".sockgrade/classes"
void sg_find_programs(struct sg_submission *submission, const struct sg_assignment *assignment,
                      const struct sg_build_plan *plan, struct sg_error *err);

#endif
