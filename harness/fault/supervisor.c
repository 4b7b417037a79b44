/* SPDX-License-Identifier: MIT
 * Answers calls that the filter stopped.
 *
 * A bind or a listen is made here, on a duplicate of the program's own socket (pidfd_getfd): so its
 * result is known, and a listener is known before the program's listen() returns. A connect is left
 * to the program, because it may block. No call is ever held: each is answered before the next is
 * read. */
#include "fault/supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"

/* The process that thread `tid` belongs to; pidfd_open wants processes before Linux 6.9. */
static pid_t process_of(pid_t tid)
{
    char path[48];
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)tid);
    sg_autobytes struct sg_bytes status = {0};
    if (!sg_file_peek(AT_FDCWD, path, 4096, &status))
        return tid;
    const char *line = strstr(sg_bytes_text(&status), "\nTgid:");
    return line ? (pid_t)strtol(line + 6, NULL, 10) : tid;
}

static int duplicate(pid_t tid, int fd)
{
    sg_autoclose int process = pidfd_open(process_of(tid), 0);
    return process < 0 ? -1 : pidfd_getfd(process, fd, 0);
}

/* The address that a bind or connect names; false where it cannot be read or is no internet one. */
static bool read_address(const struct seccomp_notif *request, union sg_address *ret)
{
    uint64_t length = request->data.args[2];
    *ret = (union sg_address){0};
    if (length < sizeof(sa_family_t) || length > sizeof *ret)
        return false;
    struct iovec ours = {.iov_base = ret, .iov_len = (size_t)length};
    struct iovec theirs = {.iov_base = (void *)(uintptr_t)request->data.args[1],
                           .iov_len = (size_t)length};
    if (process_vm_readv((pid_t)request->pid, &ours, 1, &theirs, 1, 0) != (ssize_t)length)
        return false;
    int family = ret->any.sa_family;
    return (family == AF_INET && length >= sizeof ret->v4) ||
           (family == AF_INET6 && length >= sizeof ret->v6);
}

static void answer(const struct sg_supervisor *supervisor, uint64_t id, int error, bool go_on)
{
    struct seccomp_notif_resp response = {
        .id = id,
        .error = -error,
        .flags = go_on ? SECCOMP_USER_NOTIF_FLAG_CONTINUE : 0,
    };
    /* ENOENT: the caller was killed meanwhile. */
    (void)ioctl(supervisor->fd, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

static bool is_alive(const struct sg_supervisor *supervisor, uint64_t id)
{
    return ioctl(supervisor->fd, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

static bool learn_type(int fd, struct sg_call *call)
{
    socklen_t length = sizeof call->type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &call->type, &length) == 0;
}

static void serve_bind(struct sg_supervisor *supervisor, const struct seccomp_notif *request)
{
    struct sg_call call = {.kind = SG_CALL_BIND, .tid = (pid_t)request->pid};
    sg_autoclose int fd = duplicate(call.tid, (int)request->data.args[0]);
    if (fd < 0 || !read_address(request, &call.address) || !learn_type(fd, &call) ||
        !is_alive(supervisor, request->id)) {
        answer(supervisor, request->id, 0, true);
        return;
    }
    supervisor->before(supervisor->state, &call);
    if (bind(fd, &call.address.any, (socklen_t)request->data.args[2]) < 0)
        call.result = errno;
    supervisor->after(supervisor->state, &call);
    answer(supervisor, request->id, call.result, false);
}

static void serve_listen(struct sg_supervisor *supervisor, const struct seccomp_notif *request)
{
    struct sg_call call = {.kind = SG_CALL_LISTEN, .tid = (pid_t)request->pid};
    sg_autoclose int fd = duplicate(call.tid, (int)request->data.args[0]);
    socklen_t length = sizeof call.address;
    if (fd < 0 || getsockname(fd, &call.address.any, &length) < 0 || !learn_type(fd, &call) ||
        (call.address.any.sa_family != AF_INET && call.address.any.sa_family != AF_INET6) ||
        !is_alive(supervisor, request->id)) {
        answer(supervisor, request->id, 0, true);
        return;
    }
    if (listen(fd, (int)request->data.args[1]) < 0)
        call.result = errno;
    length = sizeof call.address;
    (void)getsockname(fd, &call.address.any, &length);
    supervisor->after(supervisor->state, &call);
    answer(supervisor, request->id, call.result, false);
}

static void serve_connect(struct sg_supervisor *supervisor, const struct seccomp_notif *request)
{
    struct sg_call call = {.kind = SG_CALL_CONNECT, .tid = (pid_t)request->pid};
    sg_autoclose int fd = duplicate(call.tid, (int)request->data.args[0]);
    if (fd >= 0 && read_address(request, &call.address) && learn_type(fd, &call))
        supervisor->before(supervisor->state, &call);
    answer(supervisor, request->id, 0, true);
}

bool sg_supervisor_serve(struct sg_supervisor *supervisor)
{
    bool served = false;
    while (supervisor->fd >= 0) {
        struct pollfd poll_fd = {.fd = supervisor->fd, .events = POLLIN};
        if (poll(&poll_fd, 1, 0) <= 0)
            return served;
        if (!(poll_fd.revents & POLLIN)) {
            sg_supervisor_close(supervisor); /* the last process with the filter is gone */
            return served;
        }
        struct seccomp_notif request = {0};
        if (ioctl(supervisor->fd, SECCOMP_IOCTL_NOTIF_RECV, &request) < 0)
            return served;
        served = true;
        switch (request.data.nr) {
        case SYS_bind:
            serve_bind(supervisor, &request);
            break;
        case SYS_listen:
            serve_listen(supervisor, &request);
            break;
        case SYS_connect:
            serve_connect(supervisor, &request);
            break;
        default:
            answer(supervisor, request.id, 0, true);
            break;
        }
    }
    return served;
}

void sg_supervisor_close(struct sg_supervisor *supervisor)
{
    if (supervisor->fd >= 0)
        (void)close(supervisor->fd);
    supervisor->fd = -1;
}
