/* SPDX-License-Identifier: MIT
 * Client of the echo of one sentence: sends it, reads up to the '.', prints the answer.
 *
 * client HOST PORT MESSAGE */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/stream.h"

enum { LONGEST = 1 << 20 };

static char answer[LONGEST];

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOST PORT MESSAGE\n", argv[0]);
        return 2;
    }
    int fd = connect_to(argv[1], argv[2]);
    if (send_all(fd, argv[3], strlen(argv[3])) < 0)
        fail("send");
    ssize_t length = receive_until(fd, '.', answer, sizeof answer);
    if (length < 0)
        fail("recv");
    if (length == 0 || answer[length - 1] != '.') {
        errno = 0;
        fail("the server closed the connection before the dot");
    }
    print_all(answer, (size_t)length);
    print_all("\n", 1);
    close(fd);
    return 0;
}
