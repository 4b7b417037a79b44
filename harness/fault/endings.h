/* SPDX-License-Identifier: MIT
 * Processes that are kept from ending, so that several end in one moment. It is the one call that is
 * held: what the process had to do it has done. */
#ifndef SG_FAULT_ENDINGS_H
#define SG_FAULT_ENDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "fault/notice.h"

/* Zeroed: nobody is kept. To be closed with sg_endings_close. */
struct sg_endings {
    bool on;
    pid_t first; /* the one process that may always end */
    struct sg_notice *items;
    size_t count;
};

/* From now on; `first` may always end. */
void sg_endings_hold(struct sg_endings *endings, pid_t first);
/* Answers an exit_group(): it goes on, or is kept. A traced one goes on. */
void sg_endings_meet(struct sg_endings *endings, const struct sg_notice *notice);
/* The thread is one that is kept. */
bool sg_endings_has(const struct sg_endings *endings, pid_t tid);
/* Lets all of them end, and those that come later. */
void sg_endings_release(struct sg_endings *endings);
void sg_endings_close(struct sg_endings *endings);

#endif
