/* SPDX-License-Identifier: MIT
 * Duplicates by pidfd_getfd(). */
#include "base/pidfd.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/pidfd.h>

#include "base/file.h"

#ifndef PIDFD_THREAD
#define PIDFD_THREAD O_EXCL /* linux/pidfd.h, Linux 6.9 */
#endif

int sg_pidfd_duplicate(pid_t pid, pid_t tid, int fd)
{
    sg_autoclose int process = pidfd_open(pid, 0);
    int duplicate = process < 0 ? -1 : pidfd_getfd(process, fd, 0);
    if (duplicate >= 0 || errno == EPERM || errno == ENOSYS || tid == pid)
        return duplicate;
    sg_autoclose int thread = pidfd_open(tid, PIDFD_THREAD);
    if (thread >= 0)
        return pidfd_getfd(thread, fd, 0);
    errno = errno == EINVAL ? ENOSYS : errno;
    return -1;
}
