/* SPDX-License-Identifier: MIT
 * A child process that builds one program and grades it some times. */
#ifndef SG_PROVE_WORKER_H
#define SG_PROVE_WORKER_H

#include "base/answerer.h"
#include "prove/prove.h"

struct sg_worker {
    struct sg_answerer answerer;
    struct sg_subject *subject;
};

/* Starts one that grades `subject` `runs` times. Its files are in the new folder `folder`, which
 * the caller removes. */
int sg_worker_start(struct sg_worker *worker, const struct sg_proving *proving,
                    struct sg_subject *subject, size_t runs, const char *folder,
                    struct sg_error *err);
/* Ends it where it still runs; its answer goes to its subject. False where it did not end by
 * itself, and so may have left processes behind. */
bool sg_worker_finish(struct sg_worker *worker, const struct sg_proving *proving);

#endif
