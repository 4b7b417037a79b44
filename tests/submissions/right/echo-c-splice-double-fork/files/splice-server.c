#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void reflect(int s)
{
    int p[2];
    if (pipe(p) < 0)
        return;
    for (;;) {
        ssize_t in = splice(s, NULL, p[1], NULL, 65536, SPLICE_F_MOVE);
        if (in < 0 && errno == EINTR)
            continue;
        if (in <= 0)
            return;
        while (in > 0) {
            ssize_t out = splice(p[0], NULL, s, NULL, (size_t)in, SPLICE_F_MOVE);
            if (out < 0 && errno == EINTR)
                continue;
            if (out <= 0)
                return;
            in -= out;
        }
    }
}

static void serve(int lst, int s)
{
    pid_t mid = fork();
    if (mid < 0) {
        perror("fork");
        return;
    }
    if (mid > 0) {
        while (waitpid(mid, NULL, 0) < 0 && errno == EINTR)
            ;
        return;
    }
    pid_t grand = fork();
    if (grand != 0)
        _exit(grand < 0);
    close(lst);
    reflect(s);
    close(s);
    _exit(0);
}

int main(int argc, char *argv[])
{
    if (argc < 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);

    struct addrinfo h, *r;
    memset(&h, 0, sizeof h);
    h.ai_socktype = SOCK_STREAM;
    h.ai_flags = AI_PASSIVE;
    int e = getaddrinfo(argv[1], argv[2], &h, &r);
    if (e) {
        fprintf(stderr, "getaddrinfo: %s\n", gai_strerror(e));
        return 1;
    }
    int lst = socket(r->ai_family, r->ai_socktype, r->ai_protocol), yes = 1;
    if (lst < 0 || setsockopt(lst, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0 ||
        bind(lst, r->ai_addr, r->ai_addrlen) < 0 || listen(lst, 64) < 0) {
        perror("listen");
        return 1;
    }
    freeaddrinfo(r);

    for (;;) {
        int s = accept(lst, NULL, NULL);
        if (s < 0) {
            if (errno != EINTR && errno != ECONNABORTED) {
                perror("accept");
                usleep(100000);
            }
            continue;
        }
        serve(lst, s);
        close(s);
    }
}
