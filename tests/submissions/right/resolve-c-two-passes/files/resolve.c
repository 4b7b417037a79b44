#define _POSIX_C_SOURCE 200809L
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#ifndef NI_MAXHOST
#define NI_MAXHOST 1025
#endif

struct name {
    int value;
    const char *text;
};

#define N(x) { x, #x }
static const struct name families[] = { N(AF_INET), N(AF_INET6), N(AF_UNIX), { 0, NULL } };
static const struct name types[] = { { SOCK_STREAM, "SOCK_STREAM" }, { SOCK_DGRAM, "SOCK_DGRAM" },
                                     { SOCK_RAW, "SOCK_RAW" }, { SOCK_SEQPACKET, "SOCK_SEQPACKET" }, { 0, NULL } };
static const struct name protocols[] = { { IPPROTO_IP, "IPPROTO_IP" }, { IPPROTO_TCP, "IPPROTO_TCP" },
                                         { IPPROTO_UDP, "IPPROTO_UDP" }, { IPPROTO_ICMP, "IPPROTO_ICMP" },
                                         { IPPROTO_RAW, "IPPROTO_RAW" }, { 0, NULL } };

static void put(const char *label, const struct name *t, int value)
{
    for (; t->text; t++)
        if (t->value == value) {
            printf("%-14s: %s\n", label, t->text);
            return;
        }
    printf("%-14s: %d\n", label, value);
}

static void put_address(const struct addrinfo *a)
{
    char ip[NI_MAXHOST];
    if (a->ai_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, a->ai_addr, sizeof in);
        inet_ntop(AF_INET, &in.sin_addr, ip, sizeof ip);
        printf("Socket address: ('%s', %u)\n", ip, (unsigned)ntohs(in.sin_port));
    } else if (a->ai_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, a->ai_addr, sizeof in6);
        inet_ntop(AF_INET6, &in6.sin6_addr, ip, sizeof ip);
        printf("Socket address: ('%s', %u, %u, %u)\n", ip, (unsigned)ntohs(in6.sin6_port),
               (unsigned)ntohl(in6.sin6_flowinfo), (unsigned)in6.sin6_scope_id);
    } else {
        printf("Socket address: ?\n");
    }
}

int main(int argc, char **argv)
{
    struct addrinfo hints, *list;
    if (argc != 3) {
        fprintf(stderr, "usage: %s NAME SERVICE\n", argv[0]);
        return 2;
    }
    memset(&hints, 0, sizeof hints);
    hints.ai_flags = AI_CANONNAME;
    int rc = getaddrinfo(argv[1], argv[2], &hints, &list);
    if (rc) {
        fprintf(stderr, "%s: %s, %s: %s\n", argv[0], argv[1], argv[2],
                rc == EAI_SYSTEM ? strerror(errno) : gai_strerror(rc));
        return 1;
    }
    for (const struct addrinfo *a = list; a; a = a->ai_next) {
        put("Family", families, a->ai_family);
        put("Type", types, a->ai_socktype);
        put("Protocol", protocols, a->ai_protocol);
        printf("Canonical name: %s\n", a->ai_canonname ? a->ai_canonname : "");
        put_address(a);
        if (a->ai_next)
            putchar('\n');
    }
    freeaddrinfo(list);
    return fflush(stdout) == EOF;
}
