#define _GNU_SOURCE
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAXEV 64

static void daftar(int ep, int fd, unsigned ev)
{
    struct epoll_event e = {.events = ev, .data.fd = fd};
    epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
}

int main(int argc, char **argv)
{
    struct addrinfo h = {.ai_socktype = SOCK_STREAM}, *r;
    struct epoll_event ev[MAXEV];
    char buf[1024];
    int on = 1;

    if (argc != 3 || getaddrinfo(argv[1], argv[2], &h, &r) != 0) {
        fprintf(stderr, "pakai: server HOST PORT\n");
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    int ls = socket(r->ai_family, SOCK_STREAM, 0);
    setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(ls, r->ai_addr, r->ai_addrlen) < 0 || listen(ls, 64) < 0) {
        perror("bind");
        return 1;
    }
    int ep = epoll_create1(0);
    daftar(ep, ls, EPOLLIN);
    for (;;) {
        int n = epoll_wait(ep, ev, MAXEV, -1);
        for (int i = 0; i < n; i++) {
            int fd = ev[i].data.fd;
            if (fd == ls) {
                int c = accept(ls, NULL, NULL);
                if (c >= 0)
                    daftar(ep, c, EPOLLIN | EPOLLRDHUP);
                continue;
            }
            if (ev[i].events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) {
                close(fd); // client sudah pergi
                continue;
            }
            ssize_t k = recv(fd, buf, sizeof buf, 0);
            if (k <= 0) {
                close(fd);
                continue;
            }
            for (ssize_t off = 0; off < k;) {
                ssize_t w = send(fd, buf + off, k - off, 0);
                if (w < 0)
                    break;
                off += w;
            }
        }
    }
}
