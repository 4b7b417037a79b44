/*
 * udp_server HOST PORT
 *
 * Listens on every IPv4 address; the packet information tells to which of
 * them a question was sent, and the answer leaves from that one.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

static char dgram[65536];

static int reply(int s, struct sockaddr_in *to, size_t len, const struct in_pktinfo *in)
{
    union {
        struct cmsghdr align;
        char space[CMSG_SPACE(sizeof(struct in_pktinfo))];
    } ctl;
    struct iovec v = { dgram, len };
    struct msghdr m = { .msg_name = to, .msg_namelen = sizeof *to,
                        .msg_iov = &v, .msg_iovlen = 1 };
    ssize_t n;

    if (in != NULL) {
        memset(&ctl, 0, sizeof ctl);
        m.msg_control = ctl.space;
        m.msg_controllen = sizeof ctl.space;
        struct cmsghdr *c = CMSG_FIRSTHDR(&m);
        struct in_pktinfo out = { .ipi_ifindex = 0, .ipi_spec_dst = in->ipi_spec_dst };
        c->cmsg_level = IPPROTO_IP;
        c->cmsg_type = IP_PKTINFO;
        c->cmsg_len = CMSG_LEN(sizeof out);
        memcpy(CMSG_DATA(c), &out, sizeof out);
    }
    do {
        n = sendmsg(s, &m, 0);
    } while (n < 0 && errno == EINTR);
    return n < 0 ? -1 : 0;
}

int main(int argc, char *argv[])
{
    struct sockaddr_in me, from;
    int s, yes = 1;
    char *end;
    long port;

    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        exit(2);
    }
    port = strtol(argv[2], &end, 10);
    if (*end != '\0' || end == argv[2] || port < 1 || port > 65535) {
        fprintf(stderr, "%s: bad port '%s'\n", argv[0], argv[2]);
        exit(2);
    }

    s = socket(AF_INET, SOCK_DGRAM, 0);
    if (s < 0) {
        perror("socket");
        exit(1);
    }
    if (setsockopt(s, IPPROTO_IP, IP_PKTINFO, &yes, sizeof yes) < 0) {
        perror("IP_PKTINFO");
        exit(1);
    }
    memset(&me, 0, sizeof me);
    me.sin_family = AF_INET;
    me.sin_port = htons((unsigned short)port);
    me.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(s, (struct sockaddr *)&me, sizeof me) < 0) {
        perror("bind");
        exit(1);
    }

    while (1) {
        union {
            struct cmsghdr align;
            char space[256];
        } ctl;
        struct iovec v = { dgram, sizeof dgram };
        struct msghdr m = { .msg_name = &from, .msg_namelen = sizeof from,
                            .msg_iov = &v, .msg_iovlen = 1,
                            .msg_control = ctl.space, .msg_controllen = sizeof ctl.space };
        struct in_pktinfo info;
        int have = 0;

        ssize_t n = recvmsg(s, &m, 0);
        if (n < 0) {
            if (errno != EINTR)
                perror("recvmsg");
            continue;
        }
        for (struct cmsghdr *c = CMSG_FIRSTHDR(&m); c != NULL; c = CMSG_NXTHDR(&m, c)) {
            if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
                memcpy(&info, CMSG_DATA(c), sizeof info);
                have = 1;
            }
        }
        if (reply(s, &from, (size_t)n, have ? &info : NULL) < 0)
            perror("sendmsg");
    }
}
