/* SPDX-License-Identifier: MIT
 * Time: nanoseconds of CLOCK_MONOTONIC inside, milliseconds only in specs and results. */
#ifndef SG_BASE_CLOCK_H
#define SG_BASE_CLOCK_H

#include <stdint.h>

#define SG_NS_PER_US UINT64_C(1000)
#define SG_NS_PER_MS UINT64_C(1000000)
#define SG_NS_PER_S  UINT64_C(1000000000)

uint64_t sg_now_ns(void);
/* Since 1970, for what is told to people and other machines, or comes from them. */
uint64_t sg_date_ns(void);

#endif
