/* SPDX-License-Identifier: MIT
 * Descriptors of other processes. */
#ifndef SG_BASE_PIDFD_H
#define SG_BASE_PIDFD_H

#include <sys/types.h>

/* A duplicate of descriptor `fd` of process `pid` (pidfd_getfd(2)), or -1. Where the first thread
 * of the process has ended it is had by `tid`, one of its threads that lives: from Linux 6.9 on;
 * before that errno is ENOSYS. The caller owns it. */
int sg_pidfd_duplicate(pid_t pid, pid_t tid, int fd);

#endif
