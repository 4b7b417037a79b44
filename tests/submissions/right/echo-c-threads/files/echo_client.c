#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct addrinfo hints, *ai;
    if (argc != 4)
        return fprintf(stderr, "usage: echo_client host port message\n"), 1;
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    int e = getaddrinfo(argv[1], argv[2], &hints, &ai);
    if (e)
        return fprintf(stderr, "%s\n", gai_strerror(e)), 1;
    int fd = socket(ai->ai_family, ai->ai_socktype, 0);
    if (connect(fd, ai->ai_addr, ai->ai_addrlen) < 0) {
        fprintf(stderr, "connect: %s\n", strerror(errno));
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    FILE *out = fdopen(fd, "w"), *in = fdopen(dup(fd), "r");
    size_t n = strlen(argv[3]), got = 0;
    if (fwrite(argv[3], 1, n, out) != n || fflush(out) == EOF) {
        perror("write");
        return 1;
    }
    int c;
    while (got < n && (c = getc(in)) != EOF) {
        putchar(c);
        got++;
    }
    putchar('\n');
    if (got < n) {
        fprintf(stderr, "server menutup terlalu cepat\n");
        return 1;
    }
    return 0;
}
