/* SPDX-License-Identifier: MIT
 * Stillness of a program in a timed wait that a stop has interrupted: the kernel goes on with it as
 * restart_syscall(), and only the arguments tell which it was. */
#include "program/still.h"

#include <criterion/criterion.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

enum { LIMIT_S = 60 };
static const struct timespec limit = {.tv_sec = LIMIT_S};

static void nap(void)
{
    (void)syscall(SYS_nanosleep, &limit, NULL);
}

static void nap_by_a_clock(void)
{
    (void)clock_nanosleep(CLOCK_MONOTONIC, 0, &limit, NULL);
}

static void lock(void)
{
    uint32_t value = 7;
    (void)syscall(SYS_futex, &value, FUTEX_WAIT_PRIVATE, 7, &limit, NULL, 0);
}

static void lock_until(void)
{
    uint32_t value = 7;
    struct timespec until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LIMIT_S;
    (void)syscall(SYS_futex, &value, FUTEX_WAIT_BITSET_PRIVATE, 7, &until, NULL, ~0u);
}

static void poll_a_pipe(void)
{
    int ends[2];
    struct pollfd fd = {.events = POLLIN};
    if (pipe(ends) < 0)
        abort();
    fd.fd = ends[0];
    (void)poll(&fd, 1, LIMIT_S * 1000);
}

static void poll_nothing(void)
{
    (void)poll(NULL, 0, LIMIT_S * 1000);
}

static void await_call(pid_t pid, long number)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/%d/syscall", (int)pid);
    for (long now = -1; now != number;) {
        FILE *file = fopen(path, "r");
        cr_assert(file);
        if (fscanf(file, "%ld", &now) != 1)
            now = -1;
        (void)fclose(file);
        (void)sched_yield();
    }
}

/* Starts a child that waits so, stops and continues it, and looks at it. */
static struct sg_still look_at(void (*waits)(void), long number)
{
    struct sg_still still = {0};
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        waits();
        _exit(0);
    }
    await_call(pid, number);
    (void)kill(pid, SIGSTOP);
    cr_assert(waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status));
    (void)kill(pid, SIGCONT);
    await_call(pid, SYS_restart_syscall);
    do {
        sg_still_look(&still, getpid(), -1);
    } while (still.count == 1 && !still.waits[0].call); /* not asleep yet */
    (void)kill(pid, SIGKILL);
    (void)waitpid(pid, NULL, 0);
    return still;
}

static void expect(void (*waits)(void), long number, enum sg_wait_target target)
{
    struct sg_still still = look_at(waits, number);
    cr_expect_eq(still.verdict, SG_STILL_BOUNDED);
    cr_assert_eq(still.count, 1);
    cr_expect_eq(still.waits[0].target, target);
    cr_expect(still.bound_ns > (LIMIT_S - 30) * SG_NS_PER_S &&
              still.bound_ns <= LIMIT_S * SG_NS_PER_S);
    sg_still_done(&still);
}

Test(still, a_nap_goes_on)
{
    expect(nap, SYS_nanosleep, SG_TARGET_TIME);
    expect(nap_by_a_clock, SYS_clock_nanosleep, SG_TARGET_TIME);
}

Test(still, a_wait_for_a_lock_goes_on)
{
    expect(lock, SYS_futex, SG_TARGET_LOCK);
    expect(lock_until, SYS_futex, SG_TARGET_LOCK);
}

#ifdef SYS_poll
Test(still, a_poll_goes_on)
{
    expect(poll_a_pipe, SYS_poll, SG_TARGET_SEVERAL);
    expect(poll_nothing, SYS_poll, SG_TARGET_TIME);
}
#endif
