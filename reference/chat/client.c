/* SPDX-License-Identifier: MIT
 * Chat client: what is typed goes to the server, what others say is printed, both at once. It ends when its
 * standard input ends, or when the server does.
 *
 * client HOST PORT */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "common/stream.h"

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    char bytes[4096];
    int server = connect_to(argv[1], argv[2]);
    struct pollfd ends[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                            {.fd = server, .events = POLLIN}};
    for (;;) {
        if (poll(ends, 2, -1) < 0)
            continue;
        if (ends[1].revents) {
            ssize_t received = receive(server, bytes, sizeof bytes);
            if (received <= 0)
                break; /* the server has ended, or is gone */
            print_all(bytes, (size_t)received);
        }
        if (ends[0].revents) {
            ssize_t typed = read(STDIN_FILENO, bytes, sizeof bytes);
            if (typed <= 0 || send_all(server, bytes, (size_t)typed) < 0)
                break;
        }
    }
    close(server);
    return 0;
}
