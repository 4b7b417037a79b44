// echo server, satu proses per client
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/socket.h>

#define BUFSZ 4096

static int kirim_semua(int fd, const char *data, size_t len)
{
    size_t terkirim = 0;
    while (terkirim < len) {
        ssize_t n = send(fd, data + terkirim, len - terkirim, MSG_NOSIGNAL);
        if (n < 0)
            return -1;
        terkirim += n;
    }
    return 0;
}

static void layani(int fd)
{
    char buf[BUFSZ];
    ssize_t n;
    while ((n = recv(fd, buf, sizeof(buf), 0)) > 0) {
        if (kirim_semua(fd, buf, n) < 0)
            break;
    }
}

int main(int argc, char *argv[])
{
    if (argc != 3) {
        fprintf(stderr, "pakai: %s HOST PORT\n", argv[0]);
        return 1;
    }
    char port[5];
    snprintf(port, sizeof(port), "%s", argv[2]);
    struct addrinfo hints, *res;
    memset(&hints, 0, sizeof(hints));
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    int rc = getaddrinfo(argv[1], port, &hints, &res);
    if (rc != 0) {
        fprintf(stderr, "getaddrinfo: %s\n", gai_strerror(rc));
        return 1;
    }
    int sfd = socket(res->ai_family, res->ai_socktype, 0);
    int yes = 1;
    setsockopt(sfd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    if (bind(sfd, res->ai_addr, res->ai_addrlen) < 0) {
        perror("bind");
        return 1;
    }
    freeaddrinfo(res);
    if (listen(sfd, 32) < 0) {
        perror("listen");
        return 1;
    }
    signal(SIGCHLD, SIG_IGN); // anak yang selesai langsung dibersihkan kernel
    printf("server jalan di %s:%s\n", argv[1], argv[2]);
    for (;;) {
        int cfd = accept(sfd, NULL, NULL);
        if (cfd < 0) {
            perror("accept");
            continue;
        }
        pid_t pid = fork();
        if (pid == 0) {
            close(sfd);
            layani(cfd);
            close(cfd);
            exit(0);
        }
        close(cfd);
    }
}
