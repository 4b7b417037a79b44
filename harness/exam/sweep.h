/* SPDX-License-Identifier: MIT
 * Ends what a killed examiner leaves behind, where no pid namespace does it. */
#ifndef SG_EXAM_SWEEP_H
#define SG_EXAM_SWEEP_H

#include <stddef.h>
#include <sys/types.h>

/* The children that a process has. */
struct sg_children {
    pid_t *pids;
    size_t count;
};

/* From now on the calling process becomes the parent of what its descendants leave behind. *ret
 * gets its children of now, which are none of that; to be freed with sg_children_done. */
void sg_sweep_begin(struct sg_children *ret);
void sg_children_done(struct sg_children *children);
/* Kills all children and what is below them, but for `spared` and `examiners`; returns when they
 * are gone. */
void sg_sweep(const struct sg_children *spared, const struct sg_children *examiners);
void sg_kill_below(pid_t pid); /* all that is below it now */

#endif
