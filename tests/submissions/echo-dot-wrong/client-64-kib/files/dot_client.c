#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <signal.h>
#include <netdb.h>
#include <sys/socket.h>

#define MAXMSG (64 * 1024)

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

int main(int argc, char *argv[])
{
    static char answer[MAXMSG];
    struct addrinfo hints, *res;
    const char *p;
    size_t left, total = 0;
    int sock, err, seen = 0;

    if (argc != 4) {
        fprintf(stderr, "usage: %s host port message.\n", argv[0]);
        return EXIT_FAILURE;
    }
    signal(SIGPIPE, SIG_IGN);

    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    err = getaddrinfo(argv[1], argv[2], &hints, &res);
    if (err) {
        fprintf(stderr, "%s: %s\n", argv[1], gai_strerror(err));
        return EXIT_FAILURE;
    }
    sock = socket(res->ai_family, res->ai_socktype, 0);
    if (sock < 0)
        die("socket");
    if (connect(sock, res->ai_addr, res->ai_addrlen) < 0)
        die("connect");
    freeaddrinfo(res);

    /* send the message */
    p = argv[3];
    left = strlen(p);
    while (left > 0) {
        ssize_t n = write(sock, p, left);
        if (n < 0)
            die("write");
        p += n;
        left -= n;
    }

    /* the answer goes up to the dot */
    while (!seen && total < sizeof answer) {
        ssize_t n = read(sock, answer + total, sizeof answer - total);
        if (n < 0)
            die("read");
        if (n == 0) {
            fprintf(stderr, "connection closed before the dot\n");
            return EXIT_FAILURE;
        }
        seen = memchr(answer + total, '.', n) != NULL;
        total += n;
    }
    fwrite(answer, 1, total, stdout);
    putchar('\n');
    close(sock);
    return EXIT_SUCCESS;
}
