#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    struct sockaddr_in tujuan = {0};
    char *pesan;
    char c;
    int sock;

    if (argc != 4) {
        fprintf(stderr, "client host port pesan\n");
        return 1;
    }
    pesan = argv[3];
    sock = socket(AF_INET, SOCK_STREAM, 0);
    tujuan.sin_family = AF_INET;
    tujuan.sin_port = htons(atoi(argv[2]));
    inet_pton(AF_INET, argv[1], &tujuan.sin_addr);
    if (connect(sock, (struct sockaddr *)&tujuan, sizeof(tujuan)) != 0) {
        perror("connect");
        return 1;
    }

    size_t sisa = strlen(pesan);
    while (sisa > 0) {
        ssize_t n = write(sock, pesan, sisa);
        if (n < 0) {
            perror("write");
            return 1;
        }
        pesan += n;
        sisa -= n;
    }

    do {
        ssize_t n = read(sock, &c, 1);
        if (n < 0) {
            perror("read");
            return 1;
        }
        if (n == 0) {
            fprintf(stderr, "\njawaban terputus sebelum titik\n");
            return 1;
        }
        if (c != '.')
            putchar(c);
    } while (c != '.');
    putchar('\n');
    close(sock);
    return 0;
}
