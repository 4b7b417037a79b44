/* SPDX-License-Identifier: MIT
 * The clock. */
#include "base/clock.h"

#include <time.h>

uint64_t sg_now_ns(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) < 0)
        return 0;
    return (uint64_t)now.tv_sec * SG_NS_PER_S + (uint64_t)now.tv_nsec;
}
