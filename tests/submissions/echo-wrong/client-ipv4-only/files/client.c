// echo client
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    if (argc != 4) {
        fprintf(stderr, "pakai: %s HOST PORT PESAN\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    struct sockaddr_in tujuan;
    memset(&tujuan, 0, sizeof(tujuan));
    tujuan.sin_family = AF_INET;
    tujuan.sin_port = htons(atoi(argv[2]));
    tujuan.sin_addr.s_addr = inet_addr(argv[1]);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&tujuan, sizeof(tujuan)) < 0) {
        close(fd);
        fd = -1;
    }
    if (fd < 0) {
        perror("connect");
        return 1;
    }

    const char *pesan = argv[3];
    size_t len = strlen(pesan), kirim = 0, terima = 0;
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
