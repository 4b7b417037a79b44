/* client HOST PORT FILE: stop-and-wait over UDP.
 *
 * A datagram: sequence number (4 bytes, network order) and up to 1024 bytes.
 * Each is sent again every RTO until its number comes back. At the end the
 * receiver gets a numbered datagram without data and some empty ones, since an
 * empty datagram has no number that could be acknowledged.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define DATA 1024
#define RTO_NS 70000000L
#define PATIENCE 8.0
#define FAREWELLS 16

static unsigned long sent, again, stale;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void emit(int s, uint32_t seq, const void *p, size_t n)
{
    uint32_t net = htonl(seq);
    struct iovec v[2] = {{&net, sizeof net}, {(void *)p, n}};
    struct msghdr m = {.msg_iov = v, .msg_iovlen = 2};
    /* a failure here is a datagram lost: the timer takes care of it */
    while (sendmsg(s, &m, 0) < 0 && errno == EINTR)
        ;
    sent++;
}

static void arm(int t)
{
    struct itimerspec once = {{0, 0}, {0, RTO_NS}};
    timerfd_settime(t, 0, &once, NULL);
}

/* 1 = acknowledged, 0 = the timer ran out, -1 = refused */
static int await(int s, int t, uint32_t seq)
{
    for (;;) {
        struct pollfd p[2] = {{s, POLLIN, 0}, {t, POLLIN, 0}};
        if (poll(p, 2, 1000) < 0 && errno != EINTR) {
            perror("poll");
            exit(1);
        }
        if (p[0].revents) {
            uint32_t net;
            char buf[64];
            ssize_t n = recv(s, buf, sizeof buf, MSG_DONTWAIT);
            if (n == (ssize_t)sizeof net) {
                memcpy(&net, buf, sizeof net);
                if (ntohl(net) == seq)
                    return 1;
                stale++;
            } else if (n < 0 && errno == ECONNREFUSED) {
                uint64_t k;
                while (read(t, &k, sizeof k) < 0 && errno == EINTR)
                    ;                       /* not faster than the timer */
                return -1;
            }
        }
        if (p[1].revents) {
            uint64_t k;
            if (read(t, &k, sizeof k) > 0)
                return 0;
        }
    }
}

static int deliver(int s, int t, uint32_t seq, const char *p, size_t n)
{
    double end = now() + PATIENCE;
    do {
        emit(s, seq, p, n);
        arm(t);
        if (await(s, t, seq) > 0)
            return 0;
        again++;
    } while (now() < end);
    return -1;
}

/* 0 = done as well as can be, -1 = there was never anybody */
static int farewell(int s, int t, uint32_t seq)
{
    int known = 0;
    for (int i = 0; i < FAREWELLS && known < 2; i++) {
        if (known == 0)
            emit(s, seq, "", 0);
        send(s, "", 0, 0);
        arm(t);
        int r = await(s, t, seq);
        if (r < 0)
            return i == 0 && seq == 0 ? -1 : 0;     /* the receiver has gone home */
        if (r > 0 && known == 0) {
            /* it knows numbered ends; empty ones all the same */
            for (int k = 0; k < FAREWELLS; k++) {
                struct timespec pause = {0, 30000000};
                nanosleep(&pause, NULL);
                if (send(s, "", 0, 0) < 0)
                    return 0;
            }
            known = 2;
        }
    }
    return 0;
}

static ssize_t fill(int fd, char *p, size_t n)
{
    size_t have = 0;
    while (have < n) {
        ssize_t k = read(fd, p + have, n - have);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return -1;
        if (k == 0)
            break;
        have += (size_t)k;
    }
    return (ssize_t)have;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOST PORT FILE\n", argv[0]);
        return 2;
    }
    int fd = open(argv[3], O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        perror(argv[3]);
        return 1;
    }
    struct addrinfo want = {.ai_socktype = SOCK_DGRAM}, *a;
    int rc = getaddrinfo(argv[1], argv[2], &want, &a);
    if (rc) {
        fprintf(stderr, "%s: %s\n", argv[1], gai_strerror(rc));
        return 1;
    }
    int s = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC, a->ai_protocol);
    int t = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    if (s < 0 || t < 0 || connect(s, a->ai_addr, a->ai_addrlen) < 0) {
        perror("socket");
        return 1;
    }
    freeaddrinfo(a);

    char chunk[DATA];
    uint32_t seq = 0;
    for (;;) {
        ssize_t n = fill(fd, chunk, sizeof chunk);
        if (n < 0) {
            perror(argv[3]);
            return 1;
        }
        if (n == 0)
            break;
        if (deliver(s, t, seq, chunk, (size_t)n) < 0) {
            fprintf(stderr, "client: no acknowledgement of number %u\n", seq);
            return 1;
        }
        seq++;
    }
    if (farewell(s, t, seq) < 0) {
        fprintf(stderr, "client: nobody listens at %s %s\n", argv[1], argv[2]);
        return 1;
    }
    fprintf(stderr, "%lu datagrams, %lu of them again, %lu stale answers\n", sent, again, stale);
    return 0;
}
