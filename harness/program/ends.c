/* SPDX-License-Identifier: MIT
 * Descriptors of a program, seen on duplicates. */
#include "program/ends.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/pidfd.h"

void sg_ends_open(struct sg_ends *ends, const struct sg_diag *diag, int input)
{
    *ends = (struct sg_ends){.diag = diag};
    if (input < 0 || fstat(input, &ends->input) < 0)
        ends->input.st_ino = 0;
}

void sg_ends_close(struct sg_ends *ends)
{
    free(ends->rows);
    *ends = (struct sg_ends){0};
}

static bool has_name(const union sg_address *address)
{
    const struct sockaddr_un *local = &address->local;
    return sg_address_is_local(address) && (local->sun_path[0] || local->sun_path[1]);
}

static void look_at_socket(int fd, short events, struct sg_end *ret)
{
    int type = 0, listens = 0;
    socklen_t length = sizeof type;
    (void)getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length);
    length = sizeof listens;
    (void)getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length);
    ret->listens = listens != 0;
    ret->datagrams = type == SOCK_DGRAM;
    length = sizeof ret->local;
    if (getsockname(fd, &ret->local.any, &length) == 0) {
        int family = ret->local.any.sa_family;
        ret->internet = family == AF_INET || family == AF_INET6;
        ret->raw = type == SOCK_RAW || family == AF_PACKET;
    }
    length = sizeof ret->remote;
    ret->connected = getpeername(fd, &ret->remote.any, &length) == 0;
    ret->named = has_name(&ret->local) || has_name(&ret->remote);
    struct timeval limit = {0};
    length = sizeof limit;
    int option = events & POLLOUT ? SO_SNDTIMEO : SO_RCVTIMEO;
    if (getsockopt(fd, SOL_SOCKET, option, &limit, &length) == 0)
        ret->limit_ns =
            (uint64_t)limit.tv_sec * SG_NS_PER_S + (uint64_t)limit.tv_usec * SG_NS_PER_US;
}

static enum sg_end_kind kind_of_anonymous(pid_t tid, int fd)
{
    char path[64], target[64];
    (void)snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)tid, fd);
    ssize_t length = readlink(path, target, sizeof target - 1);
    target[length > 0 ? length : 0] = 0;
    if (strncmp(target, "anon_inode:", 11) != 0)
        return SG_END_OTHER;
    return strstr(target, "eventpoll") ? SG_END_EPOLL : SG_END_EVENT;
}

static bool is_input(const struct sg_ends *ends, const struct stat *status)
{
    return ends->input.st_ino && status->st_ino == ends->input.st_ino &&
           status->st_dev == ends->input.st_dev;
}

/* Whether the interest list of an epoll descriptor holds our pipe to standard input. */
static bool epoll_watches_input(const struct sg_ends *ends, const struct sg_thread *thread,
                                int epoll)
{
    char path[64];
    struct stat status;
    (void)snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", (int)thread->tid, epoll);
    sg_autobytes struct sg_bytes info = {0};
    if (!ends->input.st_ino || !sg_file_peek(AT_FDCWD, path, 1 << 16, &info))
        return false;
    for (const char *line = sg_bytes_text(&info); (line = strstr(line, "tfd:")); line += 4) {
        int number = (int)strtol(line + 4, NULL, 10);
        sg_autoclose int fd = sg_pidfd_duplicate(thread->pid, thread->tid, number);
        if (fd >= 0 && fstat(fd, &status) == 0 && is_input(ends, &status))
            return true;
    }
    return false;
}

bool sg_ends_look(struct sg_ends *ends, const struct sg_thread *thread, int fd, short events,
                  struct sg_end *ret)
{
    struct stat status;
    sg_autoclose int duplicate = sg_pidfd_duplicate(thread->pid, thread->tid, fd);
    *ret = (struct sg_end){0};
    if (duplicate < 0 && (errno == EPERM || errno == ENOSYS))
        return sg_ends_look_up(ends, thread->tid, fd, events, ret);
    if (duplicate < 0 || fstat(duplicate, &status) < 0)
        return false;
    if (S_ISSOCK(status.st_mode)) {
        ret->kind = SG_END_SOCKET;
        ret->inode = (uint32_t)status.st_ino;
        look_at_socket(duplicate, events, ret);
    } else if (S_ISFIFO(status.st_mode)) {
        ret->kind = SG_END_PIPE;
    } else {
        ret->kind = kind_of_anonymous(thread->tid, fd);
    }
    ret->input = is_input(ends, &status) ||
                 (ret->kind == SG_END_EPOLL && epoll_watches_input(ends, thread, fd));
    struct pollfd poll_fd = {.fd = duplicate, .events = events};
    ret->ready = poll(&poll_fd, 1, 0) != 0;
    return true;
}
