/* SPDX-License-Identifier: MIT
 * Files in memory, made for the program. */
#include "fault/memory_file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/memfd.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* Where the program sees /tmp, which is a file system of the case's own in a jail with a view. The
 * machine's is not there for it: nothing bounds how many files it holds. */
static int make_file(const struct sg_notice *notice)
{
    enum { MODE = 0777 }; /* as memfd_create() gives it: it has no name, and so is nobody else's */
    struct stat ours, theirs;
    char folder[48];
    (void)snprintf(folder, sizeof folder, "/proc/%d/root/tmp", (int)sg_notice_tid(notice));
    if (stat("/tmp", &ours) < 0 || stat(folder, &theirs) < 0 || ours.st_dev == theirs.st_dev) {
        errno = ENOSYS;
        return -1;
    }
    int fd = open(folder, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, MODE);
    if (fd >= 0)
        (void)fchmod(fd, MODE);
    return fd;
}

void sg_memory_file_serve(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    const unsigned known = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    unsigned flags = (unsigned)notice->request.data.args[1];
    (void)supervisor;
    sg_autoclose int fd = notice->thread || flags & ~known ? -1 : make_file(notice);
    int theirs = fd < 0 ? -1 : sg_notice_give(notice, fd, flags & MFD_CLOEXEC);
    if (theirs >= 0)
        sg_notice_return(notice, theirs);
    else if (notice->thread)
        sg_notice_fail(notice, ENOSYS);
    else
        sg_notice_fail(notice, flags & ~known ? EINVAL : errno);
}
