/* SPDX-License-Identifier: MIT
 * A child process that builds one program and grades it some times. */
#ifndef SG_PROVE_WORKER_H
#define SG_PROVE_WORKER_H

#include <sys/types.h>

#include "prove/prove.h"

struct sg_worker {
    pid_t pid; /* 0: none */
    int fd;    /* where its answer comes; -1: all of it has come */
    struct sg_bytes answer;
    size_t most;   /* bytes of all its runs */
    bool too_much; /* it answered more */
    struct sg_subject *subject;
};

/* Starts one that grades `subject` `runs` times. Its files are in the new folder `folder`, which
 * the caller removes. */
int sg_worker_start(struct sg_worker *worker, const struct sg_proving *proving,
                    struct sg_subject *subject, size_t runs, const char *folder,
                    struct sg_error *err);
/* Reads what has come; true where it has ended, or should. Never blocks. */
bool sg_worker_read(struct sg_worker *worker);
/* Ends it where it still runs; its answer goes to its subject. False where it did not end by
 * itself, and so may have left processes behind. */
bool sg_worker_finish(struct sg_worker *worker, const struct sg_proving *proving);

#endif
