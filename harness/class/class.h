/* SPDX-License-Identifier: MIT
 * Grades a class into a database: many submissions side by side, each by a process of its own, so
 * that none holds up or brings down another. */
#ifndef SG_CLASS_CLASS_H
#define SG_CLASS_CLASS_H

#include "class/intake.h"
#include "program/machine.h"
#include "program/words.h"
#include "spec/library.h"
#include "store/outbox.h"
#include "store/store.h"

/* How a class stands. */
struct sg_class_sum {
    size_t count; /* submissions */
    size_t done, running;
    size_t kept;                            /* of those done: their results were there already */
    size_t passed, failed, refused, errors; /* of those done */
};

struct sg_class {
    const struct sg_assignment *assignment;
    const struct sg_machine *machine; /* probed */
    const char *references; /* the folder of the assignment's reference programs; NULL: none */
    const struct sg_words_list *hidden; /* paths that programs are not to see */
    const char *scratch; /* a folder of this run's own, in which workers have theirs */
    const char *key;     /* of the run (sg_class_identify); a result with another one is not kept */
    uint64_t seed;
    int jobs;   /* examiners at a time, over all submissions */
    int repeat; /* how often each is graded, at least 1 */
    int role;   /* this and the patterns as in exam/grade.h */
    const char *const *patterns;
    size_t pattern_count;
    bool only_failed; /* keep nothing of a submission that did not pass everything */
    const struct sg_outbox_way
        *ways; /* on which results are to leave: each is queued as it is stored */
    size_t way_count;
    /* Called when there is something new. May be NULL. */
    void (*progress)(void *state, const struct sg_class_sum *sum);
    void *progress_state;
};

/* Grades those of the entries whose result in the store is not of the same content and the same
 * run, and stores each as soon as it is there. What remains of a stopped or failed call (-1) are
 * whole results. */
int sg_class_grade(const struct sg_class *class, const struct sg_entry *entries, size_t count,
                   struct sg_store *store, struct sg_class_sum *ret, struct sg_error *err);
/* Whether that would leave this submission as it is. */
int sg_class_would_keep(const struct sg_class *class, const struct sg_entry *entry,
                        struct sg_store *store, bool *ret, struct sg_error *err);
/* What its results are of: fills what the store's run says of assignment, spec, program, seed and
 * cases, and its key. The spec is the one of class->assignment. */
int sg_class_identify(const struct sg_class *class, const struct sg_spec *spec,
                      struct sg_store_run *ret, struct sg_error *err);
/* Where the submission is, as results say it: its path; its id where it was unpacked into our
 * scratch folder. The caller frees it. */
char *sg_class_shown_path(const struct sg_class *class, const struct sg_entry *entry);

#endif
