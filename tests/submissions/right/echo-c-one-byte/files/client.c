#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    struct sockaddr_in sa = {.sin_family = AF_INET};
    if (argc != 4) {
        printf("Usage: ./client HOST PORT MESSAGE\n");
        return 1;
    }
    sa.sin_port = htons(atoi(argv[2]));
    if (inet_pton(AF_INET, argv[1], &sa.sin_addr) != 1) {
        fprintf(stderr, "bukan alamat IPv4: %s\n", argv[1]);
        return 1;
    }
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&sa, sizeof sa) != 0) {
        perror("connect gagal");
        return 1;
    }
    char *m = argv[3];
    size_t len = strlen(m);
    for (size_t i = 0; i < len; i++) {
        if (send(s, &m[i], 1, MSG_NOSIGNAL) != 1) {
            perror("send");
            return 1;
        }
    }
    for (size_t i = 0; i < len; i++) {
        char c;
        if (recv(s, &c, 1, 0) != 1) {
            fprintf(stderr, "server hilang pada byte ke-%zu\n", i);
            return 1;
        }
        putchar(c);
        fflush(stdout);
    }
    puts("");
    return 0;
}
