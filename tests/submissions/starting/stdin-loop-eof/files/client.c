#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int kirim_terima(int fd, const char *p, size_t n)
{
    char *b = malloc(n);
    size_t i = 0;
    for (; i < n;) {
        ssize_t k = send(fd, p + i, n - i, MSG_NOSIGNAL);
        if (k < 0)
            return -1;
        i += k;
    }
    for (i = 0; i < n;) {
        ssize_t k = recv(fd, b + i, n - i, 0);
        if (k <= 0)
            return -1;
        i += k;
    }
    printf("gema: ");
    fwrite(b, 1, n, stdout);
    puts("");
    free(b);
    return 0;
}

int main(int argc, char **argv)
{
    static char baris[300000];
    struct addrinfo h = {.ai_socktype = SOCK_STREAM}, *ai;
    if (argc < 3 || getaddrinfo(argv[1], argv[2], &h, &ai)) {
        fprintf(stderr, "client HOST PORT\n");
        return 1;
    }
    int fd = socket(ai->ai_family, ai->ai_socktype, 0);
    if (connect(fd, ai->ai_addr, ai->ai_addrlen)) {
        perror("connect");
        return 1;
    }
    while (printf("> "), fflush(stdout), fgets(baris, sizeof baris, stdin)) {
        baris[strcspn(baris, "\n")] = 0;
        if (kirim_terima(fd, baris, strlen(baris)) < 0) {
            fprintf(stderr, "hubungan putus\n");
            return 1;
        }
    }
    return 0;
}
