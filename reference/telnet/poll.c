/* SPDX-License-Identifier: MIT
 * Telnet without a protocol, as client.c, in one process that asks poll() where something can be done.
 *
 * client HOST PORT */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/stream.h"

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    char bytes[4096], answer[4096];
    size_t start = 0, end = 0; /* of the input that the server has not taken yet */
    int server = connect_to(argv[1], argv[2]), input_over = 0;
    fcntl(server, F_SETFL, O_NONBLOCK);
    for (;;) {
        struct pollfd input = {.fd = start == end && !input_over ? STDIN_FILENO : -1,
                               .events = POLLIN};
        struct pollfd ends[] = {input, {.fd = server, .events = POLLIN}};
        if (start < end)
            ends[1].events |= POLLOUT;
        if (poll(ends, 2, -1) < 0)
            continue;
        if (ends[0].revents) {
            ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
            start = 0;
            end = count > 0 ? (size_t)count : 0;
            input_over = count <= 0;
            if (input_over)
                shutdown(server, SHUT_WR);
        }
        if (start < end) {
            ssize_t count = send(server, bytes + start, end - start, 0);
            if (count < 0 && errno != EAGAIN && errno != EINTR)
                fail("send");
            start += count > 0 ? (size_t)count : 0;
        }
        if (ends[1].revents & ~POLLOUT) {
            ssize_t count = recv(server, answer, sizeof answer, 0);
            if (count == 0)
                return 0;
            if (count < 0 && errno != EAGAIN && errno != EINTR)
                fail("recv");
            if (count > 0)
                print_all(answer, (size_t)count);
        }
    }
}
