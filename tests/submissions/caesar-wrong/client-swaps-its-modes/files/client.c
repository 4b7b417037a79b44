#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
int main(int argc, char **argv)
{
    struct addrinfo *a, h = {.ai_socktype = SOCK_STREAM};
    if (argc < 6 || getaddrinfo(argv[1], argv[2], &h, &a)) {
        fputs("usage\n", stderr);
        return 1;
    }
    int s = socket(a->ai_family, SOCK_STREAM, 0);
    if (connect(s, a->ai_addr, a->ai_addrlen)) {
        perror("connect");
        return 1;
    }
    char *m = malloc(strlen(argv[5]) + 8);
    size_t n = sprintf(m, "%c%.2s%s.", argv[3][0] == 'e' ? 'd' : 'e', argv[4], argv[5]), k = 0;
    while (k < n) {
        ssize_t w = write(s, m + k, n - k);
        if (w < 0) {
            perror("write");
            return 1;
        }
        k += w;
    }
    char ch;
    do {
        if (read(s, &ch, 1) != 1) {
            fputs("gone\n", stderr);
            return 1;
        }
        putchar(ch);
    } while (ch != '.');
    putchar('\n');
    return 0;
}
