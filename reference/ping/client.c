/* SPDX-License-Identifier: MIT
 * ping HOST COUNT: sends ICMP echo requests, prints a line for each reply that is its own. */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 1000, DATA_BYTES = 32, ECHO_REQUEST = 8, ECHO_REPLY = 0 };

/* As it is on the wire: all numbers in network byte order. */
struct echo {
    uint8_t type, code;
    uint16_t checksum, id, sequence;
    uint8_t data[DATA_BYTES];
};

/* The one's complement of the sum of all 16-bit words (RFC 1071); 0 over a message whose checksum is right. */
static uint16_t checksum(const void *data, size_t length)
{
    const uint8_t *bytes = data;
    uint32_t sum = 0;
    for (size_t i = 0; i + 1 < length; i += 2)
        sum += (uint32_t)(bytes[i] << 8 | bytes[i + 1]);
    if (length % 2)
        sum += (uint32_t)bytes[length - 1] << 8;
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return htons((uint16_t)~sum);
}

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

static bool send_request(int fd, const struct sockaddr_in *host, uint16_t sequence)
{
    struct echo request = {.type = ECHO_REQUEST};
    request.id = htons((uint16_t)getpid());
    request.sequence = htons(sequence);
    memset(request.data, 'p', sizeof request.data);
    request.checksum = checksum(&request, sizeof request);
    return sendto(fd, &request, sizeof request, 0, (const struct sockaddr *)host, sizeof *host) >=
           0;
}

/* Whether a packet, which begins with its IP header, is the reply to our request. */
static bool is_reply(const uint8_t *packet, size_t length, uint16_t sequence)
{
    size_t header = (packet[0] & 0xf) * 4u;
    struct echo reply;
    if (length < header + 8)
        return false;
    memcpy(&reply, packet + header, 8);
    if (checksum(packet + header, length - header) != 0)
        return false;
    return reply.type == ECHO_REPLY && reply.code == 0 && reply.id == htons((uint16_t)getpid()) &&
           reply.sequence == htons(sequence);
}

/* Everybody with a raw socket gets all ICMP of the machine: what is not ours is passed over. */
static bool await_reply(int fd, const struct sockaddr_in *host, uint16_t sequence, double sent_ms)
{
    uint8_t packet[65536];
    char name[INET_ADDRSTRLEN];
    for (;;) {
        double left = sent_ms + PATIENCE_MS - now_ms();
        struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
        if (poll(&poll_fd, 1, left > 0 ? (int)left + 1 : 0) <= 0)
            return false;
        struct sockaddr_in from;
        socklen_t from_length = sizeof from;
        ssize_t length =
            recvfrom(fd, packet, sizeof packet, 0, (struct sockaddr *)&from, &from_length);
        if (length < 20 || from.sin_addr.s_addr != host->sin_addr.s_addr ||
            !is_reply(packet, (size_t)length, sequence))
            continue;
        printf("%zd bytes from %s: icmp_seq=%u ttl=%u time=%.3f ms\n", length - 20,
               inet_ntop(AF_INET, &from.sin_addr, name, sizeof name), (unsigned)sequence,
               (unsigned)packet[8], now_ms() - sent_ms);
        fflush(stdout);
        return true;
    }
}

static bool resolve(const char *name, struct sockaddr_in *ret)
{
    struct addrinfo *found, hints = {.ai_family = AF_INET};
    int failed = getaddrinfo(name, NULL, &hints, &found);
    if (failed) {
        fprintf(stderr, "ping: %s: %s\n", name, gai_strerror(failed));
        return false;
    }
    memcpy(ret, found->ai_addr, sizeof *ret);
    freeaddrinfo(found);
    return true;
}

int main(int argc, char **argv)
{
    struct sockaddr_in host;
    long count = argc == 3 ? strtol(argv[2], NULL, 10) : 0, replies = 0;
    if (count < 1 || count > 65535) {
        fprintf(stderr, "usage: ping HOST COUNT\n");
        return 2;
    }
    if (!resolve(argv[1], &host))
        return 2;
    int fd = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
    if (fd < 0) {
        perror("ping: socket");
        return 2;
    }
    for (long sequence = 1; sequence <= count; sequence++) {
        double sent_ms = now_ms();
        if (!send_request(fd, &host, (uint16_t)sequence)) {
            perror("ping: sendto");
            return 2;
        }
        if (await_reply(fd, &host, (uint16_t)sequence, sent_ms))
            replies++;
        else
            printf("no reply to icmp_seq=%ld\n", sequence);
    }
    printf("%ld of %ld replies\n", replies, count);
    return replies ? 0 : 1;
}
