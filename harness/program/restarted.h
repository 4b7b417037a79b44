/* SPDX-License-Identifier: MIT
 * A timed wait that a stop has interrupted: the kernel goes on with it under another number. */
#ifndef SG_PROGRAM_RESTARTED_H
#define SG_PROGRAM_RESTARTED_H

#include "program/process_tree.h"

/* The number of the call that a thread in restart_syscall() goes on with; -1: it cannot be told. */
long sg_restarted_call(const struct sg_thread *thread);

#endif
