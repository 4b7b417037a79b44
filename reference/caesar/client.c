/* SPDX-License-Identifier: MIT
 * Caesar client: sends MODE, SHIFT and TEXT as one request, prints the answer with its dot.
 *
 * client HOST PORT MODE SHIFT TEXT */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/stream.h"

enum { LONGEST = 1 << 20 };

static char request[LONGEST], answer[LONGEST];

int main(int argc, char **argv)
{
    if (argc != 6 || strlen(argv[3]) != 1 || strlen(argv[4]) != 2) {
        fprintf(stderr, "usage: %s HOST PORT e|d SHIFT TEXT\n", argv[0]);
        return 2;
    }
    int fd = connect_to(argv[1], argv[2]);
    int request_length =
        snprintf(request, sizeof request, "%s%s%s.", argv[3], argv[4], argv[5]);
    if (send_all(fd, request, (size_t)request_length) < 0)
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
