/* SPDX-License-Identifier: MIT
 * Child processes of ours that are forked and not executed: what they let go of, and that they and
 * all below them end. */
#ifndef SG_BASE_CHILD_H
#define SG_BASE_CHILD_H

#include <sys/types.h>

/* For a child, first of all. It ends with `parent`, leaves the terminal's foreground (Ctrl-C is the
 * parent's matter) and closes every descriptor but 0, 1, 2 and `fd`, which gets the number 3.
 * Returns that. */
int sg_child_begin(pid_t parent, int fd);
/* Makes sure of "ends with its parent" again: the kernel forgets it when the user changes. */
void sg_child_tie(pid_t parent);

/* From now on what children leave behind becomes a child of this process. */
void sg_children_adopt(void);
/* Kills and reaps all children that sg_child_begin() set apart from this process, and those that
 * they left behind. Blocks until they are gone. */
void sg_children_end(void);

#endif
