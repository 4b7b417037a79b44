#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
int main(int argc, char **argv)
{
    struct addrinfo *a, h = {.ai_socktype = SOCK_STREAM};
    if (argc < 4 || getaddrinfo(argv[1], argv[2], &h, &a)) {
        fputs("usage\n", stderr);
        return 1;
    }
    int s = socket(a->ai_family, SOCK_STREAM, 0);
    if (connect(s, a->ai_addr, a->ai_addrlen)) {
        perror("connect");
        return 1;
    }
    size_t n = strlen(argv[3]), k = 0;
    while (k < n) {
        ssize_t w = write(s, argv[3] + k, n - k);
        if (w < 0) {
            perror("write");
            return 1;
        }
        k += w;
    }
    char *b = calloc(n + 1, 1);
    for (k = 0; k < n;) {
        ssize_t r = read(s, b + k, n - k);
        if (r <= 0) {
            fputs("gone\n", stderr);
            return 1;
        }
        k += r;
    }
    printf(b);
    return 0;
}
