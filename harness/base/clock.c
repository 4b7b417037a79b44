/* SPDX-License-Identifier: MIT
 * The clock. */
#include "base/clock.h"

#include <time.h>

static uint64_t read_clock(clockid_t clock)
{
    struct timespec now;
    if (clock_gettime(clock, &now) < 0)
        return 0;
    return (uint64_t)now.tv_sec * SG_NS_PER_S + (uint64_t)now.tv_nsec;
}

uint64_t sg_now_ns(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

uint64_t sg_date_ns(void)
{
    return read_clock(CLOCK_REALTIME);
}
