/* SPDX-License-Identifier: MIT
 * Client of the greeting server: reads the greeting to the end of the stream, prints it, sends a message.
 *
 * client HOST PORT MESSAGE */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/stream.h"

/* Returns how many bytes the greeting had. */
static size_t print_greeting(int fd)
{
    char bytes[4096];
    size_t length = 0;
    for (;;) {
        ssize_t received = receive(fd, bytes, sizeof bytes);
        if (received < 0)
            fail("recv");
        if (received == 0)
            return length;
        print_all(bytes, (size_t)received);
        length += (size_t)received;
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOST PORT MESSAGE\n", argv[0]);
        return 2;
    }
    int fd = connect_to(argv[1], argv[2]);
    if (print_greeting(fd) == 0) {
        errno = 0;
        fail("the server closed the connection without a greeting");
    }
    /* The server may be gone by now: a message that nobody takes is no error. */
    (void)send_all(fd, argv[3], strlen(argv[3]));
    close(fd);
    return 0;
}
