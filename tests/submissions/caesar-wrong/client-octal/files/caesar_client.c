#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int dial(const char *host, const char *port)
{
    struct addrinfo want = {.ai_socktype = SOCK_STREAM}, *list, *at;
    if (getaddrinfo(host, port, &want, &list) != 0)
        return -1;
    for (at = list; at; at = at->ai_next) {
        int s = socket(at->ai_family, at->ai_socktype, at->ai_protocol);
        if (s >= 0 && connect(s, at->ai_addr, at->ai_addrlen) == 0)
            return s;
        perror("connect");
        if (s >= 0)
            close(s);
    }
    return -1;
}

int main(int argc, char **argv)
{
    if (argc < 6) {
        fprintf(stderr, "%s HOST PORT MODE SHIFT TEXT\n", argv[0]);
        return 1;
    }
    int shift = 0;
    sscanf(argv[4], "%i", &shift);
    int s = dial(argv[1], argv[2]);
    if (s < 0)
        return 1;

    FILE *to = fdopen(dup(s), "w"), *from = fdopen(s, "r");
    fprintf(to, "%c%02d%s.", argv[3][0], shift, argv[5]);
    if (fflush(to) != 0) {
        perror("send");
        return 1;
    }
    int c;
    while ((c = getc(from)) != EOF) {
        putchar(c);
        if (c == '.')
            break;
    }
    putchar('\n');
    if (c != '.') {
        fprintf(stderr, "the answer ended too early\n");
        return 1;
    }
    fclose(to);
    fclose(from);
    return 0;
}
