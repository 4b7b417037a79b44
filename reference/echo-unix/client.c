/* SPDX-License-Identifier: MIT
 * Echo client over a local socket: sends a message, reads as many bytes back, prints them.
 *
 * client PATH MESSAGE */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/local.h"
#include "common/stream.h"

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s PATH MESSAGE\n", argv[0]);
        return 2;
    }
    const char *message = argv[2];
    size_t left = strlen(message);
    int fd = connect_at(argv[1]);
    if (send_all(fd, message, left) < 0)
        fail("send");
    while (left > 0) {
        char bytes[4096];
        ssize_t received = receive(fd, bytes, left < sizeof bytes ? left : sizeof bytes);
        if (received < 0)
            fail("recv");
        if (received == 0) {
            errno = 0;
            fail("the server closed the connection before the echo was whole");
        }
        print_all(bytes, (size_t)received);
        left -= (size_t)received;
    }
    print_all("\n", 1);
    close(fd);
    return 0;
}
