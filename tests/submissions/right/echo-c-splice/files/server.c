#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* zero copy: socket -> pipe -> socket */
static void echo(int fd)
{
    int p[2];
    if (pipe(p) < 0)
        return;
    for (;;) {
        ssize_t n = splice(fd, NULL, p[1], NULL, 65536, SPLICE_F_MOVE);
        if (n <= 0)
            return;
        while (n > 0) {
            ssize_t k = splice(p[0], NULL, fd, NULL, n, SPLICE_F_MOVE);
            if (k <= 0)
                return;
            n -= k;
        }
    }
}

int main(int argc, char **argv)
{
    struct sockaddr_in6 me = {.sin6_family = AF_INET6};
    int yes = 1, no = 0, s, c;

    if (argc < 3) {
        fprintf(stderr, "%s HOST PORT\n", argv[0]);
        return 1;
    }
    signal(SIGCHLD, SIG_IGN); /* kernel yang membersihkan zombie */
    me.sin6_port = htons(strtol(argv[2], NULL, 10));
    s = socket(AF_INET6, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
    if (bind(s, (struct sockaddr *)&me, sizeof me) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 16);
    while ((c = accept(s, NULL, NULL)) >= 0) {
        if (fork() == 0) {
            close(s);
            echo(c);
            exit(0);
        }
        close(c);
    }
    perror("accept");
    return 1;
}
