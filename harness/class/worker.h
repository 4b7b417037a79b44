/* SPDX-License-Identifier: MIT
 * The process that grades one submission and hands its result to its parent through a pipe. If it
 * dies, that submission has an error, and no grade. */
#ifndef SG_CLASS_WORKER_H
#define SG_CLASS_WORKER_H

#include <stdbool.h>

#include "base/answerer.h"
#include "class/class.h"
#include "class/content.h"

/* What a worker is to do. It is copied by fork(): nothing of it need stay. */
struct sg_worker_task {
    const struct sg_class *class;
    const struct sg_entry *entry;
    const char
        *known; /* the digest of the content whose result is there already; NULL: there is none */
    const char *folder; /* its own, for all that it writes */
    int jobs;
};

enum sg_class_answer_kind {
    SG_CLASS_ANSWER_KEPT, /* the content is what is known */
    SG_CLASS_ANSWER_GRADED,
    SG_CLASS_ANSWER_REFUSED,
    SG_CLASS_ANSWER_ERROR,
};

/* Its strings and lists are freed by sg_class_answer_done. */
struct sg_class_answer {
    enum sg_class_answer_kind kind;
    struct sg_digest content; /* "" where it could not be read */
    struct sg_run run;        /* GRADED */
    struct sg_stability *stability;
    char *reason; /* REFUSED, ERROR */
};

int sg_class_worker_start(struct sg_answerer *worker, const struct sg_worker_task *task,
                          struct sg_error *err);
/* Reads what has come; true where the worker has ended, or should. Never blocks. */
bool sg_class_worker_read(struct sg_answerer *worker);
/* Ends it, if it has not ended; its answer becomes *ret. */
void sg_class_worker_finish(struct sg_answerer *worker, struct sg_class_answer *ret);
void sg_class_answer_done(struct sg_class_answer *answer);

#endif
