/* SPDX-License-Identifier: MIT
 * sockgrade: grades socket assignments. */
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <unistd.h>

#include "base/stop.h"
#include "cli/command.h"

/* Where a standard stream was closed, no file of ours may get its number. What stands in for it is
 * open the other way round, so that reading or writing it fails. */
static void fill_streams(void)
{
    static const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0)
            (void)open("/dev/null", modes[fd]); /* the lowest number that is free */
    }
}

/* Memory that was given back would be asked for again a moment later, thousands of times in a case:
 * the page faults would cost more than all else. */
static void keep_memory(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, 16 << 20);
    (void)mallopt(M_TRIM_THRESHOLD, 64 << 20);
    (void)mallopt(M_TOP_PAD, 1 << 20);
}

int main(int argc, char **argv)
{
    keep_memory();
    fill_streams();
    (void)signal(SIGPIPE, SIG_IGN); /* a reader that has gone is an error of write() */
    (void)signal(SIGXFSZ, SIG_IGN); /* so is a file that may grow no more */
    int status = sg_command_main(argc - 1, argv + 1);
    sg_stop_obey();
    return status;
}
