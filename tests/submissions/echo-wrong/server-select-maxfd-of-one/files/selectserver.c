#include <sys/select.h>
#include <sys/socket.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <signal.h>
int main(int argc, char **argv) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *res;
    getaddrinfo(argv[1], argv[2], &hints, &res);
    int sock = socket(res->ai_family, SOCK_STREAM, 0), on = 1;
    setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(sock, res->ai_addr, res->ai_addrlen)) { perror("bind"); return 1; }
    listen(sock, 10);
    signal(SIGPIPE, SIG_IGN);
    fd_set all, rd;
    FD_ZERO(&all);
    FD_SET(sock, &all);
    int fdmax = sock + 1;          /* the next descriptor is the client */
    for (;;) {
        rd = all;
        if (select(fdmax + 1, &rd, NULL, NULL, NULL) < 0) continue;
        for (int fd = 0; fd <= fdmax; fd++) {
            if (!FD_ISSET(fd, &rd)) continue;
            if (fd == sock) {
                int c = accept(sock, NULL, NULL);
                if (c >= 0) FD_SET(c, &all);
                continue;
            }
            char b[4096];
            ssize_t n = recv(fd, b, sizeof b, 0), o = 0;
            if (n < 0 && errno == EINTR) continue;
            while (o < n) {
                ssize_t k = send(fd, b + o, n - o, 0);
                if (k < 0 && errno == EINTR) continue;
                if (k < 0) { n = -1; break; }
                o += k;
            }
            if (n <= 0) { close(fd); FD_CLR(fd, &all); }
        }
    }
}
