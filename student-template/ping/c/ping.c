/* Ping: sends ICMP echo requests, and prints a line for each reply.
 *
 *     ./ping HOST COUNT
 *
 * This is a start. It builds and runs, and sends nothing yet: write what the TODOs name, from the first to the
 * last. After each of them, `sockgrade check` says how far you are. At home a raw socket needs root (sudo); the
 * grader lets your program make one. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* An echo request as it is on the wire (RFC 792): all numbers in network byte order. */
struct echo {
    uint8_t type; /* 8: a request; 0: a reply */
    uint8_t code; /* 0 */
    uint16_t checksum;
    uint16_t id;       /* whose it is: your process's number */
    uint16_t sequence; /* which one it is */
    uint8_t data[32];
};

/* TODO 1: return the checksum of a message (RFC 1071): the complement of the sum of all its 16-bit words, with
 * what goes beyond 16 bits added in again. Its own field is 0 meanwhile. */

/* TODO 2: send request number `sequence` to `host`, and return 1 when its reply has come, 0 when not.
 *
 *   socket()        AF_INET, SOCK_RAW, IPPROTO_ICMP
 *   sendto()        the whole struct, to the host (inet_pton() makes its address)
 *   recvfrom()      gives a packet with its IP header, whose length stands in it
 *
 * TODO 3: what comes may be somebody else's. It is your reply when sender, type, id, sequence and checksum are
 * right; anything else is passed over, and you go on waiting.
 *
 * TODO 4: a reply may be lost. Wait a second and no longer: poll(), or SO_RCVTIMEO. */
static int ping(const char *host, int sequence)
{
    fprintf(stderr, "ping: ping(%s, %d) is not written yet\n", host, sequence);
    exit(1);
}

int main(int argc, char *argv[])
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST COUNT\n", argv[0]);
        return 2;
    }
    int count = atoi(argv[2]), replies = 0;
    for (int sequence = 1; sequence <= count; sequence++) {
        if (ping(argv[1], sequence)) {
            printf("reply from %s: sequence %d\n", argv[1], sequence);
            replies++;
        }
    }
    return replies ? 0 : 1;
}
