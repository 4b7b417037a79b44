/* SPDX-License-Identifier: MIT
 * The seccomp filter that stops a program at the calls the examiner must know of. */
#ifndef SG_FAULT_FILTER_H
#define SG_FAULT_FILTER_H

/* Installs the filter in the calling thread, which has no_new_privs set, and returns the descriptor
 * on which its notifications are read, or -1 and errno. What the filter does not name, it allows;
 * what would go around it (io_uring, calls of another ABI) it answers with ENOSYS. */
int sg_filter_install(void);

#endif
