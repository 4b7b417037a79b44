/* SPDX-License-Identifier: MIT
 * Forked child processes. */
#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

enum { KEPT_FD = 3, MOST_LIST_BYTES = 65536 };

void sg_child_tie(pid_t parent)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it ended before we asked */
        _exit(1);
}

int sg_child_begin(pid_t parent, int fd)
{
    sg_child_tie(parent);
    (void)setpgid(0, 0);
    if (fd != KEPT_FD)
        (void)dup3(fd, KEPT_FD, O_CLOEXEC);
    (void)close_range(KEPT_FD + 1, ~0U, 0);
    return KEPT_FD;
}

void sg_children_adopt(void)
{
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1);
}

/* The first child in a process group other than ours; 0: there is none. */
static pid_t first_apart(void)
{
    char path[64];
    sg_autobytes struct sg_bytes list = {0};
    (void)snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    if (!sg_file_peek(AT_FDCWD, path, MOST_LIST_BYTES, &list) || !list.length)
        return 0;
    for (char *at = (char *)list.data, *end;; at = end) {
        pid_t pid = (pid_t)strtol(at, &end, 10);
        if (end == at)
            return 0;
        if (getpgid(pid) != getpgrp())
            return pid;
    }
}

void sg_children_end(void)
{
    for (pid_t pid; (pid = first_apart()) > 0;) {
        (void)kill(pid, SIGKILL);
        while (waitpid(pid, NULL, 0) < 0) {
            if (errno != EINTR)
                return;
        }
    }
}
