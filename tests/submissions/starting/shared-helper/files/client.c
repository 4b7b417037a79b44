#include "util.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    int s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = {.sin_family = AF_INET};
    size_t n;
    char *jawab;
    if (argc < 4)
        return 1;
    a.sin_port = htons(atoi(argv[2]));
    inet_aton(argv[1], &a.sin_addr);
    if (connect(s, (struct sockaddr *)&a, sizeof a)) {
        perror("connect");
        return 1;
    }
    if (kirim_semua(s, argv[3], strlen(argv[3])) < 0 || !(jawab = baca_sampai_titik(s, &n))) {
        perror("client");
        return 1;
    }
    printf("%.*s\n", (int)n, jawab);
    return 0;
}
