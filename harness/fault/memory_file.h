/* SPDX-License-Identifier: MIT
 * memfd_create(): the memory of what it makes is counted by no limit once it is no longer mapped.
 * Instead the program gets a file in its own /tmp that has no name there, and is bounded with it. */
#ifndef SG_FAULT_MEMORY_FILE_H
#define SG_FAULT_MEMORY_FILE_H

#include "fault/supervisor.h"

/* Answers a memfd_create() that the filter stopped. What it makes cannot be sealed (EPERM); flags
 * that Linux 5.10 does not know, and huge pages, are refused (EINVAL). Traced programs, and those that
 * have no /tmp of their own, are told that there is no such call (ENOSYS). */
void sg_memory_file_serve(struct sg_supervisor *supervisor, const struct sg_notice *notice);

#endif
