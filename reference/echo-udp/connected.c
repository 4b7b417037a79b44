/* SPDX-License-Identifier: MIT
 * Echo client over UDP, as client.c, in its connected form: connect() sends nothing, but from then on the
 * kernel takes no datagram but the server's, and tells of a server that is not there.
 *
 * connected HOST PORT MESSAGE */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "common/datagram.h"
#include "common/stream.h"

enum { PATIENCE_SECONDS = 3 };

static char answer[LARGEST_DATAGRAM];

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOST PORT MESSAGE\n", argv[0]);
        return 2;
    }
    struct address server;
    int fd = open_to(argv[1], argv[2], &server);
    if (connect(fd, (struct sockaddr *)&server.bytes, server.length) < 0)
        fail("connect");
    struct timeval patience = {.tv_sec = PATIENCE_SECONDS};
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) < 0)
        fail("setsockopt");
    if (send(fd, argv[3], strlen(argv[3]), 0) < 0)
        fail("send");
    ssize_t length = receive(fd, answer, sizeof answer);
    if (length < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        errno = 0;
        fail("no answer came");
    }
    if (length < 0)
        fail("recv");
    print_all(answer, (size_t)length);
    print_all("\n", 1);
    close(fd);
    return 0;
}
