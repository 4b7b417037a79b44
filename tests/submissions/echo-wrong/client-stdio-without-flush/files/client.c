// echo client
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    if (argc != 4) {
        fprintf(stderr, "pakai: %s HOST PORT PESAN\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    struct addrinfo hints, *res, *p;
    memset(&hints, 0, sizeof(hints));
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(argv[1], argv[2], &hints, &res) != 0) {
        fprintf(stderr, "host tidak ditemukan\n");
        return 1;
    }
    int fd = -1;
    for (p = res; p; p = p->ai_next) {
        fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
        if (connect(fd, p->ai_addr, p->ai_addrlen) == 0)
            break;
        close(fd);
        fd = -1;
    }
    freeaddrinfo(res);
    if (fd < 0) {
        perror("connect");
        return 1;
    }

    const char *pesan = argv[3];
    size_t len = strlen(pesan), terima = 0;
    FILE *out = fdopen(dup(fd), "w");
    if (fprintf(out, "%s", pesan) < 0) {
        perror("fprintf");
        return 1;
    }

    char *balasan = malloc(len + 1);
    while (terima < len) {
        ssize_t n = recv(fd, balasan + terima, len - terima, 0);
        if (n < 0) {
            perror("recv");
            return 1;
        }
        if (n == 0) {
            fprintf(stderr, "server menutup koneksi terlalu cepat\n");
            return 1;
        }
        terima += n;
    }
    balasan[len] = '\0';
    printf("balasan: %s\n", balasan);
    free(balasan);
    fclose(out);
    close(fd);
    return 0;
}
