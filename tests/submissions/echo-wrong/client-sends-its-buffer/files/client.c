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

    static char pesan[200000];
    strncpy(pesan, argv[3], sizeof(pesan) - 1);
    size_t len = sizeof(pesan), kirim = 0, terima = 0;
    while (kirim < len) {
        ssize_t n = send(fd, pesan + kirim, len - kirim, 0);
        if (n < 0) {
            perror("send");
            return 1;
        }
        kirim += n;
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
    close(fd);
    return 0;
}
