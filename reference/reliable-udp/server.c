/* SPDX-License-Identifier: MIT
 * Receives a file over UDP by stop-and-wait: takes each number once and in its order, acknowledges each
 * datagram that it knows, and writes what they carry until an empty one ends it.
 *
 * server HOST PORT FILE */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/time.h>

#include "common/datagram.h"
#include "common/stream.h"
#include "reliable-udp/number.h"

enum { LINGER_SECONDS = 10 };

static unsigned char datagram[LARGEST_DATAGRAM];

/* The acknowledgement of the last datagram may be lost as any other: it is sent for as long as the client
 * asks for it. What begins with another number, behind the end, is no part of this file. */
static void linger(int fd, uint32_t due)
{
    struct timeval patience = {.tv_sec = LINGER_SECONDS};
    struct address from;
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) < 0)
        fail("setsockopt");
    while (receive_datagram(fd, datagram, sizeof datagram, &from) >= NUMBER_BYTES) {
        if (read_number(datagram) < due)
            (void)send_datagram(fd, datagram, NUMBER_BYTES, &from);
    }
}

static bool is_same(const struct address *a, const struct address *b)
{
    return a->length == b->length && memcmp(&a->bytes, &b->bytes, a->length) == 0;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOST PORT FILE\n", argv[0]);
        return 2;
    }
    int fd = bind_to(argv[1], argv[2]);
    FILE *file = fopen(argv[3], "wb");
    if (!file)
        fail(argv[3]);
    struct address client = {.length = 0};
    uint32_t due = 0; /* the next number that is new */
    bool ended = false;
    while (!ended) {
        struct address from;
        ssize_t length = receive_datagram(fd, datagram, sizeof datagram, &from);
        if (length < NUMBER_BYTES || length > MOST_DATAGRAM_BYTES)
            continue; /* no datagram of this protocol */
        uint32_t number = read_number(datagram);
        if (!client.length && number <= 1) {
            client = from; /* who comes first is served, and begins with 0 or with 1 */
            due = number;
        }
        if (!is_same(&from, &client) || number > due)
            continue;
        if (number == due) {
            size_t count = (size_t)length - NUMBER_BYTES;
            if (fwrite(datagram + NUMBER_BYTES, 1, count, file) != count)
                fail(argv[3]);
            ended = count == 0;
            if (ended && fclose(file) != 0)
                fail(
                    argv[3]); /* before it is acknowledged: from then on the file is ours to keep */
            due++;
        }
        /* An old number is acknowledged as well: its acknowledgement was lost, or it came twice. */
        if (send_datagram(fd, datagram, NUMBER_BYTES, &client) < 0)
            perror("sendto");
    }
    linger(fd, due);
    return 0;
}
