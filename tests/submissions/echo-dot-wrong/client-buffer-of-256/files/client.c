#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
int main(int argc, char **argv)
{
    struct addrinfo *a, h = {.ai_socktype = SOCK_STREAM};
    char b[256];
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
    k = 0;
    while (k < sizeof b - 1) {
        ssize_t r = recv(s, b + k, sizeof b - 1 - k, 0);
        if (r <= 0) {
            fputs("gone\n", stderr);
            return 1;
        }
        k += r;
        if (b[k - 1] == '.')
            break;
    }
    b[k] = 0;
    puts(b);
    return 0;
}
