/* SPDX-License-Identifier: MIT
 * Stopped calls: looked into and answered. */
#include "fault/notice.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/pidfd.h"
#include "base/table.h"
#include "fault/pipes.h"
#include "fault/traced.h"

pid_t sg_notice_tid(const struct sg_notice *notice)
{
    return (pid_t)notice->request.pid;
}

/* A number from a line `NAME:\tNUMBER` of a file; false where there is none. */
static bool read_number(const char *path, const char *name, int base, uint64_t *ret)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_autofree char *start = sg_printf("%s:", name);
    if (!sg_file_peek(AT_FDCWD, path, 4096, &text))
        return false;
    const char *line = sg_bytes_text(&text);
    while (line && strncmp(line, start, strlen(start)) != 0) {
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    if (line)
        *ret = strtoull(line + strlen(start), NULL, base);
    return line != NULL;
}

pid_t sg_notice_process(const struct sg_notice *notice)
{
    char path[48];
    uint64_t process = notice->request.pid;
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)notice->request.pid);
    (void)read_number(path, "Tgid", 10, &process);
    return (pid_t)process;
}

uint64_t sg_notice_signals(pid_t tid, const char *set)
{
    char path[48];
    uint64_t signals = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)tid);
    (void)read_number(path, set, 16, &signals);
    return signals;
}

static void print_path(const struct sg_notice *notice, const char *folder, int fd, char room[64])
{
    (void)snprintf(room, 64, "/proc/%d/%s/%d", (int)notice->request.pid, folder, fd);
}

bool sg_notice_socket(const struct sg_notice *notice, int fd, int *ret_family, int *ret_type)
{
    static const struct {
        const char *protocol;
        int family, type;
    } rows[] = {
        {"TCP", AF_INET, SOCK_STREAM},         {"TCPv6", AF_INET6, SOCK_STREAM},
        {"MPTCP", AF_INET, SOCK_STREAM},       {"MPTCPv6", AF_INET6, SOCK_STREAM},
        {"UDP", AF_INET, SOCK_DGRAM},          {"UDPv6", AF_INET6, SOCK_DGRAM},
        {"UNIX-STREAM", AF_UNIX, SOCK_STREAM},
    };
    char name[SG_PROTOCOL_NAME];
    if (!sg_diag_protocol(sg_notice_tid(notice), fd, name))
        return false;
    *ret_family = AF_UNSPEC;
    *ret_type = 0;
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        if (strcmp(rows[i].protocol, name) != 0)
            continue;
        *ret_family = rows[i].family;
        *ret_type = rows[i].type;
    }
    return true;
}

uint32_t sg_notice_inode(const struct sg_notice *notice, int fd)
{
    char path[64], target[64];
    print_path(notice, "fd", fd, path);
    ssize_t length = readlink(path, target, sizeof target - 1);
    target[length > 0 ? length : 0] = 0;
    return strncmp(target, "socket:[", 8) == 0 ? (uint32_t)strtoul(target + 8, NULL, 10) : 0;
}

bool sg_notice_blocks(const struct sg_notice *notice, int fd)
{
    char path[64];
    uint64_t flags = 0;
    print_path(notice, "fdinfo", fd, path);
    return !read_number(path, "flags", 8, &flags) || !(flags & O_NONBLOCK);
}

int sg_notice_duplicate(const struct sg_notice *notice, int fd)
{
    return sg_pidfd_duplicate(sg_notice_process(notice), sg_notice_tid(notice), fd);
}

int sg_notice_give(const struct sg_notice *notice, int fd, bool close_on_exec)
{
    struct seccomp_notif_addfd gift = {.id = notice->request.id,
                                       .srcfd = (uint32_t)fd,
                                       .newfd_flags = close_on_exec ? O_CLOEXEC : 0};
    return ioctl(notice->listener, SECCOMP_IOCTL_NOTIF_ADDFD, &gift);
}

bool sg_notice_read(const struct sg_notice *notice, uint64_t address, void *to, size_t length)
{
    struct iovec ours = {.iov_base = to, .iov_len = length};
    struct iovec theirs = {.iov_base = (void *)(uintptr_t)address, .iov_len = length};
    return length == 0 ||
           process_vm_readv(sg_notice_tid(notice), &ours, 1, &theirs, 1, 0) == (ssize_t)length;
}

bool sg_notice_write(const struct sg_notice *notice, uint64_t address, const void *from,
                     size_t length)
{
    struct iovec ours = {.iov_base = (void *)(uintptr_t)from, .iov_len = length};
    struct iovec theirs = {.iov_base = (void *)(uintptr_t)address, .iov_len = length};
    return process_vm_writev(sg_notice_tid(notice), &ours, 1, &theirs, 1, 0) == (ssize_t)length;
}

bool sg_notice_is_alive(const struct sg_notice *notice)
{
    uint64_t id = notice->request.id;
    if (notice->thread)
        return true; /* it is stopped */
    return ioctl(notice->listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

static void answer(const struct sg_notice *notice, const struct seccomp_notif_resp *response)
{
    /* It fails with ENOENT where the caller was killed meanwhile. */
    (void)ioctl(notice->listener, SECCOMP_IOCTL_NOTIF_SEND, response);
}

void sg_notice_continue(const struct sg_notice *notice)
{
    struct seccomp_notif_resp response = {.id = notice->request.id,
                                          .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};
    if (notice->thread)
        sg_traced_continue(notice->thread);
    else
        answer(notice, &response);
}

void sg_notice_return(const struct sg_notice *notice, int64_t value)
{
    struct seccomp_notif_resp response = {.id = notice->request.id, .val = value};
    if (notice->thread)
        sg_traced_answer(notice->thread, value);
    else
        answer(notice, &response);
}

void sg_notice_fail(const struct sg_notice *notice, int error)
{
    struct seccomp_notif_resp response = {.id = notice->request.id, .error = -error};
    if (notice->thread)
        sg_traced_answer(notice->thread, -error);
    else
        answer(notice, &response);
}

size_t sg_notice_source(const struct sg_notice *notice, int fd, uint64_t offset_at, size_t count)
{
    struct stat about;
    off_t offset = 0;
    int waiting = 0;
    sg_autoclose int from = sg_notice_duplicate(notice, fd);
    if (from < 0 || fstat(from, &about) < 0)
        return count;
    if (S_ISFIFO(about.st_mode) && sg_pipe_is_held(notice, fd))
        return 0;
    if (S_ISFIFO(about.st_mode) && ioctl(from, FIONREAD, &waiting) == 0)
        return (size_t)waiting < count ? (size_t)waiting : count;
    if (!S_ISREG(about.st_mode))
        return count;
    if (!offset_at)
        offset = lseek(from, 0, SEEK_CUR);
    else if (!sg_notice_read(notice, offset_at, &offset, sizeof offset))
        return count;
    size_t rest = about.st_size > offset ? (size_t)(about.st_size - offset) : 0;
    return rest < count ? rest : count;
}
