/* SPDX-License-Identifier: MIT
 * Echo client over UDP, in its unconnected form: sends a message as one datagram, waits for the answer,
 * prints it. A datagram may be lost, so the wait has a limit.
 *
 * client HOST PORT MESSAGE */
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
    struct address server, from;
    int fd = open_to(argv[1], argv[2], &server);
    struct timeval patience = {.tv_sec = PATIENCE_SECONDS};
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) < 0)
        fail("setsockopt");
    if (send_datagram(fd, argv[3], strlen(argv[3]), &server) < 0)
        fail("sendto");
    ssize_t length = receive_datagram(fd, answer, sizeof answer, &from);
    if (length < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        errno = 0;
        fail("no answer came");
    }
    if (length < 0)
        fail("recvfrom");
    print_all(answer, (size_t)length);
    print_all("\n", 1);
    close(fd);
    return 0;
}
