/* SPDX-License-Identifier: MIT
 * There are four such calls (restart_syscall(2)), and the arguments are still theirs. */
#include "program/restarted.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>

#include "base/clock.h"
#include "program/proc.h"

static bool is_time(const struct sg_thread *thread, uint64_t address)
{
    struct timespec limit;
    return sg_proc_read_memory(thread->tid, address, &limit, sizeof limit) && limit.tv_sec >= 0 &&
           limit.tv_nsec >= 0 && limit.tv_nsec < (long)SG_NS_PER_S;
}

/* A lock that still has the value which is slept on. */
static bool is_lock(const struct sg_thread *thread)
{
    const uint64_t *arguments = thread->arguments;
    const uint64_t operation = arguments[1] & ~(uint64_t)FUTEX_CLOCK_REALTIME;
    uint32_t value;
    return (operation == FUTEX_WAIT_PRIVATE || operation == FUTEX_WAIT_BITSET_PRIVATE) &&
           is_time(thread, arguments[3]) &&
           sg_proc_read_memory(thread->tid, arguments[0], &value, sizeof value) &&
           value == (uint32_t)arguments[2];
}

long sg_restarted_call(const struct sg_thread *thread)
{
    enum { CLOCKS = 16, MOST_POLLED = 1024 };
    const uint64_t *arguments = thread->arguments;
    if (is_lock(thread))
        return SYS_futex;
    if (arguments[0] < CLOCKS && arguments[1] == 0 && is_time(thread, arguments[2]))
        return SYS_clock_nanosleep;
    bool none = arguments[1] == 0, few = arguments[1] < MOST_POLLED;
    if ((none || !few) && is_time(thread, arguments[0]))
        return SYS_nanosleep;
#ifdef SYS_poll
    if (few && (int)arguments[2] > 0)
        return SYS_poll;
#endif
    return -1;
}
