#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* no <netinet/ip_icmp.h>: the packet is built byte by byte */

typedef unsigned char u8;

static void put16(u8 *p, unsigned v) { p[0] = v >> 8; p[1] = v & 255; }
static unsigned get16(const u8 *p) { return p[0] << 8 | p[1]; }

static unsigned inet_sum(const u8 *p, size_t n)
{
    uint32_t acc = 0;
    size_t i;
    for (i = 0; i + 1 < n; i += 2) acc += get16(p + i);
    if (n & 1) acc += p[n - 1] << 8;
    while (acc >> 16) acc = (acc & 0xffff) + (acc >> 16);
    return ~acc & 0xffff;
}

static long long usec(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return ts.tv_sec * 1000000LL + ts.tv_nsec / 1000;
}

static int s;
static unsigned ident;
static struct sockaddr_in dst;

static void ask(unsigned seq)
{
    u8 p[8 + 56];
    unsigned i;
    p[0] = 8; p[1] = 0; put16(p + 2, 0); put16(p + 4, ident); put16(p + 6, seq);
    for (i = 8; i < sizeof p; i++) p[i] = (u8)rand();
    put16(p + 2, inet_sum(p, sizeof p));
    while (sendto(s, p, sizeof p, 0, (struct sockaddr *)&dst, sizeof dst) < 0) {
        if (errno == EINTR) continue;
        perror("sendto");
        exit(2);
    }
}

/* 1: a line was printed, 0: nothing came in time */
static int answer(unsigned seq, long long t0)
{
    u8 in[4096], *icmp;
    for (;;) {
        struct sockaddr_in who;
        socklen_t wl = sizeof who;
        long long rest = t0 + 2000000 - usec();
        struct timeval tv;
        ssize_t n, h;
        if (rest <= 0) return 0;
        tv.tv_sec = rest / 1000000; tv.tv_usec = rest % 1000000;
        setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
        n = recvfrom(s, in, sizeof in, 0, (struct sockaddr *)&who, &wl);
        if (n < 0) {
            if (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK) continue;
            perror("recvfrom");
            exit(2);
        }
        if (n < 20) continue;
        h = (in[0] & 15) * 4;
        icmp = in + h;
        if (n - h < 8 || icmp[0] != 0) continue;            /* our own question comes by, too */
        if (get16(icmp + 4) != ident || get16(icmp + 6) != seq) continue;
        if (inet_sum(icmp, n - h) != 0) continue;
        printf("%zd bytes from %s: icmp_seq=%u time=%.3f ms\n", n - h,
               inet_ntoa(who.sin_addr), seq, (usec() - t0) / 1000.0);
        fflush(stdout);
        return 1;
    }
}

int main(int ac, char **av)
{
    struct addrinfo h = { .ai_family = AF_INET }, *r;
    unsigned i, n, ok = 0;
    int e;

    if (ac < 3) { fprintf(stderr, "%s host count\n", av[0]); return 2; }
    if ((e = getaddrinfo(av[1], 0, &h, &r))) { fprintf(stderr, "%s: %s\n", av[1], gai_strerror(e)); return 2; }
    memcpy(&dst, r->ai_addr, sizeof dst);
    freeaddrinfo(r);
    if ((s = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)) < 0) { perror("raw socket"); return 2; }
    srand(time(0) ^ getpid());
    ident = rand() & 0xffff;
    n = strtoul(av[2], 0, 10);
    for (i = 0; i < n; i++) {
        long long t0 = usec();
        ask(i);
        ok += answer(i, t0);
    }
    fprintf(stderr, "%u sent, %u received\n", n, ok);
    return ok == n ? 0 : 1;
}
