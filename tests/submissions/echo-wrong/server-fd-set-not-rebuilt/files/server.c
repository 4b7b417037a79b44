/* echo dengan select(), tanpa thread tanpa fork */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/select.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    struct addrinfo hints = {0}, *ai;
    int listener, maxfd, i, ya = 1;
    fd_set siap;
    char aktif[FD_SETSIZE] = {0};
    char buf[2048];

    if (argc != 3) {
        fprintf(stderr, "argumen: host port\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(argv[1], argv[2], &hints, &ai) != 0) {
        fprintf(stderr, "host/port salah\n");
        return 1;
    }
    listener = socket(ai->ai_family, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &ya, sizeof ya);
    if (bind(listener, ai->ai_addr, ai->ai_addrlen) < 0 || listen(listener, 50) < 0) {
        perror("bind/listen");
        return 1;
    }

    FD_ZERO(&siap);
    FD_SET(listener, &siap);
    maxfd = listener;

    for (;;) {
        for (i = listener + 1; i <= maxfd; i++)
            if (aktif[i])
                FD_SET(i, &siap);
        if (select(maxfd + 1, &siap, NULL, NULL, NULL) < 0) {
            perror("select");
            return 1;
        }
        for (i = 0; i <= maxfd; i++) {
            if (!FD_ISSET(i, &siap))
                continue;
            if (i == listener) {
                int baru = accept(listener, NULL, NULL);
                if (baru >= 0) {
                    aktif[baru] = 1;
                    if (baru > maxfd)
                        maxfd = baru;
                }
                continue;
            }
            ssize_t n = recv(i, buf, sizeof buf, 0);
            if (n <= 0) {
                aktif[i] = 0;
                FD_CLR(i, &siap);
                close(i);
                continue;
            }
            ssize_t sudah = 0;
            while (sudah < n) {
                ssize_t k = send(i, buf + sudah, n - sudah, 0);
                if (k < 0) {
                    aktif[i] = 0;
                    FD_CLR(i, &siap);
                    close(i);
                    break;
                }
                sudah += k;
            }
        }
    }
}
