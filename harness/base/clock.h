/* SPDX-License-Identifier: MIT
 * Time: nanoseconds of CLOCK_MONOTONIC inside, milliseconds only in specs and results. */
#ifndef SG_BASE_CLOCK_H
#define SG_BASE_CLOCK_H

#include <stdint.h>
#include <sys/types.h>

#define SG_NS_PER_US UINT64_C(1000)
#define SG_NS_PER_MS UINT64_C(1000000)
#define SG_NS_PER_S  UINT64_C(1000000000)

uint64_t sg_now_ns(void);
/* Processor time that process `pid` has used, all threads; 0 when it is gone. */
uint64_t sg_process_cpu_ns(pid_t pid);

#endif
