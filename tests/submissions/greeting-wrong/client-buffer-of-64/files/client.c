#include <netdb.h>
#include <stdio.h>
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
    int s = socket(a->ai_family, SOCK_STREAM, 0), n, k = 0;
    if (connect(s, a->ai_addr, a->ai_addrlen)) {
        perror("connect");
        return 1;
    }
    char b[65];
    while (k < 64 && (n = recv(s, b + k, 64 - k, 0)) > 0)
        k += n;
    if (k == 0) {
        fputs("no greeting\n", stderr);
        return 1;
    }
    b[k] = 0;
    puts(b);
    size_t m = strlen(argv[3]), o = 0;
    while (o < m) {
        n = write(s, argv[3] + o, m - o);
        if (n < 0) {
            perror("write");
            return 1;
        }
        o += n;
    }
    close(s);
    return 0;
}
