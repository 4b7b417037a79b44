/* Caesar client: sends MODE, SHIFT and TEXT as one request, prints the answer with its dot.
 *
 *     ./client HOST PORT MODE SHIFT TEXT
 *
 * This is a start. It builds, runs and connects, and sends nothing yet: write what the TODOs name, from the
 * first to the last. After each of them, `sockgrade check --role client` says how far you are. */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Returns a socket that is connected to `host` and `port`. */
static int connect_to(const char *host, const char *port)
{
    struct addrinfo wanted = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *address;
    int error = getaddrinfo(host, port, &wanted, &address);
    if (error) {
        fprintf(stderr, "%s port %s: %s\n", host, port, gai_strerror(error));
        exit(1);
    }
    int fd = socket(address->ai_family, address->ai_socktype, 0);
    if (fd < 0 || connect(fd, address->ai_addr, address->ai_addrlen) < 0) {
        perror("connect");
        exit(1);
    }
    freeaddrinfo(address);
    return fd;
}

/* TODO 1: send one request: `mode`, the two digits of `shift`, all of `text`, and a '.'. send() may take fewer bytes
 * than you gave it: go on with the rest.
 *
 * TODO 2: receive up to and including the '.', and print it. recv() returns what has arrived so far: call it
 * until the '.' is there. The server may close before that: it is an error, with a word on standard error and
 * a status that is not 0. */
static void exchange(int server, const char *mode, const char *shift, const char *text)
{
    fprintf(stderr, "client: exchange(%d, %s, %s, %zu bytes) is not written yet\n", server, mode,
            shift, strlen(text));
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: %s HOST PORT MODE SHIFT TEXT\n", argv[0]);
        return 2;
    }
    int server = connect_to(argv[1], argv[2]);
    exchange(server, argv[3], argv[4], argv[5]);
    close(server);
    return 0;
}
