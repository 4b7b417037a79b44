#include <arpa/inet.h>
#include <netdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
static void put(int s, const void *d, size_t n)
{
    const char *p = d;
    while (n) {
        ssize_t k = write(s, p, n);
        if (k < 0) {
            perror("write");
            exit(1);
        }
        p += k;
        n -= k;
    }
}
static void get(int s, void *d, size_t n)
{
    char *p = d;
    while (n) {
        ssize_t k = read(s, p, n);
        if (k <= 0) {
            fputs("gone\n", stderr);
            exit(1);
        }
        p += k;
        n -= k;
    }
}
int main(int argc, char **argv)
{
    struct addrinfo *a, h = {.ai_socktype = SOCK_STREAM};
    static char b[4096];
    if (argc < 4 || getaddrinfo(argv[1], argv[2], &h, &a)) {
        fputs("usage\n", stderr);
        return 1;
    }
    int s = socket(a->ai_family, SOCK_STREAM, 0);
    if (connect(s, a->ai_addr, a->ai_addrlen)) {
        perror("connect");
        return 1;
    }
    uint32_t n = strlen(argv[3]), w = htonl(n);
    put(s, &w, sizeof w);
    put(s, argv[3], n);
    get(s, &w, sizeof w);
    n = ntohl(w);
    if (n > sizeof b)
        n = sizeof b;
    get(s, b, n);
    fwrite(b, 1, n, stdout);
    return 0;
}
