// ./client HOST PORT MODE SHIFT TEKS
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    if (argc != 6) {
        fprintf(stderr, "argumen kurang\n");
        return 1;
    }
    const char *mode = argv[3], *shift = argv[4], *teks = argv[5];
    size_t panjang = 3 + strlen(teks) + 1;
    char *pesan = malloc(panjang + 1);
    sprintf(pesan, "%s%s%s.", mode, shift, teks);

    int s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in srv;
    memset(&srv, 0, sizeof(srv));
    srv.sin_family = AF_INET;
    srv.sin_port = htons(atoi(argv[2]));
    srv.sin_addr.s_addr = inet_addr(argv[1]);
    if (connect(s, (struct sockaddr *)&srv, sizeof(srv)) < 0) {
        perror("tidak bisa connect");
        return 1;
    }
    size_t sudah = 0;
    while (sudah < panjang) {
        ssize_t n = send(s, pesan + sudah, panjang - sudah, 0);
        if (n < 0) {
            perror("send");
            return 1;
        }
        sudah += n;
    }

    char *jawab = malloc(panjang + 1);
    size_t total = 0;
    while (total == 0 || jawab[total - 1] != '.') {
        ssize_t n = recv(s, jawab + total, panjang - total, 0);
        if (n <= 0)
            break;
        total += n;
    }
    jawab[total] = 0;
    printf("%s\n", jawab);
    free(jawab);
    free(pesan);
    close(s);
    return 0;
}
