/* SPDX-License-Identifier: MIT
 * Echo server over UDP: sends each datagram back, whole, to where it came from.
 *
 * server HOST PORT */
#include <stdio.h>

#include "common/datagram.h"

static char datagram[LARGEST_DATAGRAM];

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    int fd = bind_to(argv[1], argv[2]);
    for (;;) {
        struct address client;
        ssize_t length = receive_datagram(fd, datagram, sizeof datagram, &client);
        /* 0 is no end: an empty datagram is a datagram. An error is about one client, and there are
         * others. */
        if (length >= 0 && send_datagram(fd, datagram, (size_t)length, &client) < 0)
            perror("sendto");
    }
}
