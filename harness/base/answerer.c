/* SPDX-License-Identifier: MIT
 * A fork and a pipe. */
#include "base/answerer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"

int sg_answerer_start(struct sg_answerer *answerer, size_t most, int *ret_fd, struct sg_error *err)
{
    int ends[2];
    *answerer = (struct sg_answerer){.fd = -1, .most = most, .started_ns = sg_now_ns()};
    answerer->heard_ns = answerer->started_ns;
    *ret_fd = -1;
    if (pipe2(ends, O_CLOEXEC) < 0)
        return sg_fail_os(err, "make a pipe");
    int failed = 0;
    pid_t parent = getpid(), pid = 0;
    if (fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0)
        failed = sg_fail_os(err, "make a pipe non-blocking");
    else if ((pid = fork()) < 0)
        failed = sg_fail_os(err, "fork");
    if (!failed && pid == 0) {
        *ret_fd = sg_child_begin(parent, ends[1]);
        return 0;
    }
    (void)close(ends[1]);
    if (failed) {
        (void)close(ends[0]);
        return -1;
    }
    answerer->pid = pid;
    answerer->fd = ends[0];
    return 0;
}

bool sg_answerer_read(struct sg_answerer *answerer)
{
    enum { SOME = 65536 };
    while (answerer->fd >= 0 && !answerer->too_much) {
        ssize_t count = read(answerer->fd, sg_bytes_reserve(&answerer->answer, SOME), SOME);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN)
            return false;
        if (count <= 0) {
            (void)close(answerer->fd);
            answerer->fd = -1;
            continue;
        }
        answerer->answer.length += (size_t)count;
        answerer->heard_ns = sg_now_ns();
        answerer->too_much = answerer->answer.length > answerer->most;
    }
    return true;
}

bool sg_answerer_is_done(const struct sg_answerer *answerer)
{
    return answerer->fd < 0 && !answerer->too_much;
}

int sg_answerer_end(struct sg_answerer *answerer)
{
    int status = 0;
    if (!answerer->pid)
        return 0;
    if (answerer->fd >= 0) {
        (void)kill(answerer->pid, SIGKILL);
        (void)close(answerer->fd);
    }
    while (waitpid(answerer->pid, &status, 0) < 0 && errno == EINTR) {
    }
    answerer->pid = 0;
    answerer->fd = -1;
    return status;
}

void sg_answerer_done(struct sg_answerer *answerer)
{
    sg_bytes_done(&answerer->answer);
    *answerer = (struct sg_answerer){.fd = -1};
}
