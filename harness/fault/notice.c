/* SPDX-License-Identifier: MIT
 * Stopped calls: looked into and answered. */
#include "fault/notice.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/uio.h>

#include "base/bytes.h"
#include "base/file.h"

pid_t sg_notice_tid(const struct sg_notice *notice)
{
    return (pid_t)notice->request.pid;
}

pid_t sg_notice_process(const struct sg_notice *notice)
{
    char path[48];
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)notice->request.pid);
    sg_autobytes struct sg_bytes status = {0};
    if (!sg_file_peek(AT_FDCWD, path, 4096, &status))
        return sg_notice_tid(notice);
    const char *line = strstr(sg_bytes_text(&status), "\nTgid:");
    return line ? (pid_t)strtol(line + 6, NULL, 10) : sg_notice_tid(notice);
}

int sg_notice_duplicate(const struct sg_notice *notice, int fd)
{
    /* pidfd_open() wants processes, not threads, before Linux 6.9. */
    sg_autoclose int process = pidfd_open(sg_notice_process(notice), 0);
    return process < 0 ? -1 : pidfd_getfd(process, fd, 0);
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
    answer(notice, &response);
}

void sg_notice_return(const struct sg_notice *notice, int64_t value)
{
    struct seccomp_notif_resp response = {.id = notice->request.id, .val = value};
    answer(notice, &response);
}

void sg_notice_fail(const struct sg_notice *notice, int error)
{
    struct seccomp_notif_resp response = {.id = notice->request.id, .error = -error};
    answer(notice, &response);
}
