#define _GNU_SOURCE
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BATCH 8
#define LARGEST 65535

static unsigned char payload[BATCH][LARGEST];
static struct sockaddr_storage who[BATCH];
static union {
    char room[CMSG_SPACE(sizeof(struct in6_pktinfo))];
    struct cmsghdr align;
} in_ctl[BATCH], out_ctl[BATCH];

static void from_same_address(struct msghdr *in, struct msghdr *out, void *room)
{
    struct cmsghdr *c, *o;
    out->msg_control = NULL;
    out->msg_controllen = 0;
    for (c = CMSG_FIRSTHDR(in); c; c = CMSG_NXTHDR(in, c)) {
        if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo got, say;
            memcpy(&got, CMSG_DATA(c), sizeof got);
            memset(&say, 0, sizeof say);
            say.ipi_spec_dst = got.ipi_spec_dst;
            out->msg_control = room;
            out->msg_controllen = CMSG_SPACE(sizeof say);
            o = CMSG_FIRSTHDR(out);
            o->cmsg_level = IPPROTO_IP;
            o->cmsg_type = IP_PKTINFO;
            o->cmsg_len = CMSG_LEN(sizeof say);
            memcpy(CMSG_DATA(o), &say, sizeof say);
            return;
        }
        if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO) {
            struct in6_pktinfo say;
            memcpy(&say, CMSG_DATA(c), sizeof say);
            if (!IN6_IS_ADDR_LINKLOCAL(&say.ipi6_addr))
                say.ipi6_ifindex = 0;
            out->msg_control = room;
            out->msg_controllen = CMSG_SPACE(sizeof say);
            o = CMSG_FIRSTHDR(out);
            o->cmsg_level = IPPROTO_IPV6;
            o->cmsg_type = IPV6_PKTINFO;
            o->cmsg_len = CMSG_LEN(sizeof say);
            memcpy(CMSG_DATA(o), &say, sizeof say);
            return;
        }
    }
}

static int open_socket(const char *host, const char *port)
{
    struct addrinfo hint, *list, *a;
    int fd = -1, on = 1, big = 1 << 22, rc;
    memset(&hint, 0, sizeof hint);
    hint.ai_socktype = SOCK_DGRAM;
    hint.ai_flags = AI_PASSIVE;
    rc = getaddrinfo(host, port, &hint, &list);
    if (rc) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(rc));
        return -1;
    }
    for (a = list; a; a = a->ai_next) {
        fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
        if (fd < 0)
            continue;
        if (a->ai_family == AF_INET6)
            setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
        else
            setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &big, sizeof big);
        if (bind(fd, a->ai_addr, a->ai_addrlen) == 0)
            break;
        perror("bind");
        close(fd);
        fd = -1;
    }
    freeaddrinfo(list);
    return fd;
}

int main(int argc, char **argv)
{
    struct mmsghdr in[BATCH], out[BATCH];
    struct iovec room[BATCH], filled[BATCH];
    int fd;

    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    fd = open_socket(argv[1], argv[2]);
    if (fd < 0)
        return 1;

    for (;;) {
        for (int i = 0; i < BATCH; i++) {
            room[i].iov_base = payload[i];
            room[i].iov_len = LARGEST;
            memset(&in[i], 0, sizeof in[i]);
            in[i].msg_hdr.msg_name = &who[i];
            in[i].msg_hdr.msg_namelen = sizeof who[i];
            in[i].msg_hdr.msg_iov = &room[i];
            in[i].msg_hdr.msg_iovlen = 1;
            in[i].msg_hdr.msg_control = &in_ctl[i];
            in[i].msg_hdr.msg_controllen = sizeof in_ctl[i];
        }
        int n = recvmmsg(fd, in, BATCH, MSG_WAITFORONE, NULL);
        if (n < 0) {
            if (errno != EINTR)
                perror("recvmmsg");
            continue;
        }
        for (int i = 0; i < n; i++) {
            filled[i].iov_base = payload[i];
            filled[i].iov_len = in[i].msg_len;
            memset(&out[i], 0, sizeof out[i]);
            out[i].msg_hdr.msg_name = &who[i];
            out[i].msg_hdr.msg_namelen = in[i].msg_hdr.msg_namelen;
            out[i].msg_hdr.msg_iov = &filled[i];
            out[i].msg_hdr.msg_iovlen = 1;
            memset(&out_ctl[i], 0, sizeof out_ctl[i]);
            from_same_address(&in[i].msg_hdr, &out[i].msg_hdr, &out_ctl[i]);
        }
        for (int done = 0; done < n;) {
            int k = sendmmsg(fd, out + done, (unsigned)(n - done), 0);
            if (k > 0)
                done += k;
            else if (k < 0 && errno == EINTR)
                continue;
            else {
                perror("sendmmsg");
                done++;
            }
        }
    }
}
