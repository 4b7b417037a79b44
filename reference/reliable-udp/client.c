/* SPDX-License-Identifier: MIT
 * Sends a file over UDP by stop-and-wait: one numbered datagram at a time, again and again until its
 * number comes back; an empty one ends.
 *
 * client HOST PORT FILE
 *
 * The first number is 0, or what FIRST_NUMBER in the environment says. */
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "common/datagram.h"
#include "common/stream.h"
#include "reliable-udp/number.h"

enum { FIRST_PATIENCE_MS = 50, MOST_PATIENCE_MS = 1000, MOST_ATTEMPTS = 10 };

static long now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits until the acknowledgement of `number` has come; false where it does not within `patience_ms`. Any
 * other is an old one, which changes nothing, also not how long is waited. */
static bool is_acknowledged(int fd, uint32_t number, long patience_ms)
{
    unsigned char answer[NUMBER_BYTES + 1];
    long deadline = now_ms() + patience_ms;
    for (long left = patience_ms; left > 0; left = deadline - now_ms()) {
        struct pollfd socket = {.fd = fd, .events = POLLIN};
        if (poll(&socket, 1, (int)left) <= 0)
            continue;
        ssize_t length = recv(fd, answer, sizeof answer, 0);
        if (length < 0 && errno == ECONNREFUSED)
            fail("recv"); /* there is no server */
        if (length == NUMBER_BYTES && read_number(answer) == number)
            return true;
    }
    return false;
}

/* Sends a datagram until it is acknowledged. Each time the wait is twice as long: a path that is busy gets
 * no busier. */
static void deliver(int fd, const unsigned char *datagram, size_t length)
{
    long patience_ms = FIRST_PATIENCE_MS;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        if (send(fd, datagram, length, 0) < 0)
            fail("send");
        if (is_acknowledged(fd, read_number(datagram), patience_ms))
            return;
        patience_ms = patience_ms * 2 < MOST_PATIENCE_MS ? patience_ms * 2 : MOST_PATIENCE_MS;
    }
    errno = 0;
    fail("no acknowledgement came");
}

int main(int argc, char **argv)
{
    unsigned char datagram[MOST_DATAGRAM_BYTES];
    const char *first = getenv("FIRST_NUMBER");
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOST PORT FILE\n", argv[0]);
        return 2;
    }
    FILE *file = fopen(argv[3], "rb");
    if (!file)
        fail(argv[3]);
    struct address server;
    int fd = open_to(argv[1], argv[2], &server);
    /* From here on the kernel takes nothing from anybody else. */
    if (connect(fd, (struct sockaddr *)&server.bytes, server.length) < 0)
        fail("connect");
    size_t count = 1;
    for (uint32_t number = first ? (uint32_t)atoi(first) : 0; count > 0; number++) {
        count = fread(datagram + NUMBER_BYTES, 1, MOST_DATA_BYTES, file);
        if (ferror(file))
            fail(argv[3]);
        write_number(datagram, number);
        deliver(fd, datagram, NUMBER_BYTES + count);
    }
    fclose(file);
    close(fd);
    return 0;
}
