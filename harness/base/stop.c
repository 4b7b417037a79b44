/* SPDX-License-Identifier: MIT
 * Being asked to stop. */
#include "base/stop.h"

#include <signal.h>
#include <stddef.h>
#include <sys/signalfd.h>

static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

enum { COUNT = sizeof numbers / sizeof numbers[0] };

void sg_stop_defer(void)
{
    sigset_t deferred;
    (void)sigemptyset(&deferred);
    for (size_t i = 0; i < COUNT; i++) {
        struct sigaction action;
        /* Blocked, an ignored signal would stay pending as any other. */
        if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            (void)sigaddset(&deferred, numbers[i]);
    }
    (void)sigprocmask(SIG_BLOCK, &deferred, NULL);
}

int sg_stop_asked(void)
{
    sigset_t pending;
    if (sigpending(&pending) < 0)
        return 0;
    for (size_t i = 0; i < COUNT; i++) {
        if (sigismember(&pending, numbers[i]) == 1)
            return numbers[i];
    }
    return 0;
}

int sg_stop_open(void)
{
    sigset_t blocked, deferred;
    (void)sigemptyset(&deferred);
    if (sigprocmask(SIG_BLOCK, NULL, &blocked) < 0)
        return -1;
    for (size_t i = 0; i < COUNT; i++) {
        if (sigismember(&blocked, numbers[i]) == 1)
            (void)sigaddset(&deferred, numbers[i]);
    }
    return signalfd(-1, &deferred, SFD_CLOEXEC);
}

void sg_stop_obey(void)
{
    int number = sg_stop_asked();
    if (!number)
        return;
    sigset_t one;
    (void)sigemptyset(&one);
    (void)sigaddset(&one, number);
    (void)signal(number, SIG_DFL);
    (void)sigprocmask(SIG_UNBLOCK, &one, NULL);
}
