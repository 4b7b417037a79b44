/* SPDX-License-Identifier: MIT
 * Descriptors of a program, looked up: a socket in the kernel's tables by its inode, an epoll
 * descriptor by what its entry in /proc says that it watches. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "program/ends.h"

enum { MOST_ROWS = 1 << 16, MOST_DEPTH = 4 };

struct looking_up {
    struct sg_ends *ends;
    pid_t tid;
    int depth; /* of epoll descriptors in epoll descriptors */
};

static bool look_up(const struct looking_up *looking, int fd, short events, struct sg_end *ret);

static bool keep_row(void *state, const struct sg_socket_row *row)
{
    struct sg_ends *ends = state;
    if (ends->count == ends->capacity) {
        ends->capacity = ends->capacity ? ends->capacity * 2 : 64;
        ends->rows = sg_realloc_array(ends->rows, ends->capacity, sizeof *ends->rows);
    }
    ends->rows[ends->count++] = *row;
    return ends->count < MOST_ROWS;
}

static const struct sg_socket_row *find_row(struct sg_ends *ends, uint32_t inode)
{
    if (!ends->listed) {
        sg_diag_each(ends->diag, IPPROTO_TCP, ~(1u << SG_TCP_TIME_WAIT), keep_row, ends);
        sg_diag_each(ends->diag, IPPROTO_UDP, ~0u, keep_row, ends);
        ends->listed = true;
    }
    for (size_t i = 0; i < ends->count; i++) {
        if (ends->rows[i].inode == inode)
            return &ends->rows[i];
    }
    return NULL;
}

static bool tcp_is_ready(const struct sg_socket_row *row, short events)
{
    switch (row->state) {
    case SG_TCP_LISTEN:
        return row->receive_queue > 0 && events & POLLIN;
    case SG_TCP_SYN_SENT:
        return false;
    case SG_TCP_ESTABLISHED:
        return (row->receive_queue > 0 && events & POLLIN) || (!row->full && events & POLLOUT);
    case SG_TCP_FIN_WAIT1:
    case SG_TCP_FIN_WAIT2:
        return (row->receive_queue > 0 && events & POLLIN) || events & POLLOUT;
    case SG_TCP_CLOSE_WAIT:
        return events & POLLIN || (!row->full && events & POLLOUT);
    default:
        return true; /* it is at its end, and says so */
    }
}

static bool look_up_local(const struct looking_up *looking, uint32_t inode, short events,
                          struct sg_end *ret)
{
    struct sg_local_row row;
    if (events & POLLOUT || !sg_diag_find_local(looking->ends->diag, inode, &row))
        return false;
    ret->listens = row.listens;
    ret->ready = row.receive_queue > 0 || row.ended;
    return true;
}

/* Not in the tables; a thread that sleeps on one has found it empty, and what comes to it wakes the
 * thread. */
static bool is_raw(const char *protocol)
{
    static const char *const names[] = {"PACKET", "RAW", "PING"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strncmp(protocol, names[i], strlen(names[i])) == 0)
            return true;
    }
    return false;
}

static bool look_up_socket(const struct looking_up *looking, int fd, uint32_t inode, short events,
                           struct sg_end *ret)
{
    char protocol[SG_PROTOCOL_NAME];
    ret->kind = SG_END_SOCKET;
    bool stream = sg_diag_protocol(looking->tid, fd, protocol) && strstr(protocol, "TCP");
    if (strncmp(protocol, "UNIX", 4) == 0)
        return look_up_local(looking, inode, events, ret);
    if (is_raw(protocol)) {
        ret->raw = true;
        ret->ready = (events & POLLOUT) != 0;
        return true;
    }
    const struct sg_socket_row *row = find_row(looking->ends, inode);
    ret->internet = true;
    ret->datagrams = !stream;
    if (!row) {
        ret->ready = true; /* of TCP: never connected, or reset; a call on it fails at once */
        return stream;
    }
    ret->local = row->local;
    ret->remote = row->remote;
    ret->connected = sg_address_port(&row->remote) != 0;
    ret->listens = stream && row->state == SG_TCP_LISTEN;
    ret->ready = stream ? tcp_is_ready(row, events)
                        : (row->receive_queue > 0 && events & POLLIN) || events & POLLOUT;
    return true;
}

/* Of a pipe no table tells. A thread that sleeps on it has found it not ready, and what makes it
 * ready would have woken the thread. (It could be opened once more; but a splice that waits holds
 * its lock, and whoever opens it would wait with it.) */
static bool look_up_pipe(const struct looking_up *looking, int fd, struct sg_end *ret)
{
    char path[64];
    struct stat status;
    ret->kind = SG_END_PIPE;
    (void)snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)looking->tid, fd);
    ret->input = looking->ends->input.st_ino && stat(path, &status) == 0 &&
                 status.st_ino == looking->ends->input.st_ino &&
                 status.st_dev == looking->ends->input.st_dev;
    return true;
}

static bool read_info(const struct looking_up *looking, int fd, struct sg_bytes *ret)
{
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", (int)looking->tid, fd);
    return sg_file_peek(AT_FDCWD, path, 1 << 18, ret);
}

static bool look_up_event(const struct looking_up *looking, int fd, const char *name, short events,
                          struct sg_end *ret)
{
    static const struct {
        const char *kind, *counter;
        int base;
    } rows[] = {
        {"[eventfd]", "eventfd-count:", 16},
        {"[timerfd]", "ticks:", 10},
        /* A signal or an event of a file would have woken it: there is nothing to be read. */
        {"[signalfd]", NULL, 0},
        {"inotify", NULL, 0},
        {"[pidfd]", NULL, 0},
    };
    sg_autobytes struct sg_bytes info = {0};
    ret->kind = SG_END_EVENT;
    if (events & POLLOUT) {
        ret->ready = true;
        return true;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].kind, name) != 0)
            continue;
        if (!rows[i].counter)
            return true;
        if (!read_info(looking, fd, &info))
            return false;
        const char *line = strstr(sg_bytes_text(&info), rows[i].counter);
        ret->ready = !line || strtoull(line + strlen(rows[i].counter), NULL, rows[i].base) > 0;
        return true;
    }
    return false;
}

/* Each line of its entry: `tfd: 7 events: 80002019 data: …`. */
static bool look_up_epoll(const struct looking_up *looking, int fd, struct sg_end *ret)
{
    const struct looking_up below = {looking->ends, looking->tid, looking->depth + 1};
    sg_autobytes struct sg_bytes info = {0};
    ret->kind = SG_END_EPOLL;
    if (below.depth > MOST_DEPTH || !read_info(looking, fd, &info))
        return false;
    for (const char *line = sg_bytes_text(&info); (line = strstr(line, "tfd:")); line += 4) {
        struct sg_end end = {0};
        char *rest;
        int watched = (int)strtol(line + 4, &rest, 10);
        const char *mask = strstr(rest, "events:");
        unsigned long events = mask ? strtoul(mask + 7, NULL, 16) : 0;
        /* Told of an edge once, it is not told again: being writable, as most are, is no news. */
        if (events & EPOLLET)
            events &= ~(unsigned long)EPOLLOUT;
        if (!look_up(&below, watched, (short)(events & (EPOLLIN | EPOLLOUT | EPOLLPRI)), &end))
            return false;
        ret->ready = ret->ready || (end.ready && events & (EPOLLIN | EPOLLOUT));
        ret->input = ret->input || end.input;
    }
    return true;
}

static bool look_up(const struct looking_up *looking, int fd, short events, struct sg_end *ret)
{
    char path[64], target[128];
    (void)snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)looking->tid, fd);
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length <= 0)
        return false;
    target[length] = 0;
    if (strncmp(target, "socket:[", 8) == 0)
        return look_up_socket(looking, fd, (uint32_t)strtoul(target + 8, NULL, 10), events, ret);
    if (strncmp(target, "pipe:[", 6) == 0)
        return look_up_pipe(looking, fd, ret);
    if (strcmp(target, "anon_inode:[eventpoll]") == 0)
        return look_up_epoll(looking, fd, ret);
    if (strncmp(target, "anon_inode:", 11) == 0)
        return look_up_event(looking, fd, target + 11, events, ret);
    ret->kind = SG_END_OTHER;
    ret->ready = true;
    return true;
}

bool sg_ends_look_up(struct sg_ends *ends, pid_t tid, int fd, short events, struct sg_end *ret)
{
    const struct looking_up looking = {.ends = ends, .tid = tid};
    *ret = (struct sg_end){0};
    return ends->diag && look_up(&looking, fd, events, ret);
}
