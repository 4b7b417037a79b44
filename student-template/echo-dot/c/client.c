/* Client of the echo of one sentence: sends it, reads up to the '.', prints the answer.
 *
 *     ./client HOST PORT MESSAGE
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

/* TODO 1: send all `length` bytes of `message`, which ends with its '.'. send() may take fewer than you gave it:
 * go on with the rest.
 *
 * TODO 2: receive up to and including the '.', and print it. recv() returns what has arrived so far: call it
 * until the '.' is there. The server may close before that: it is an error, with a word on standard error and
 * a status that is not 0. */
static void exchange(int server, const char *message, size_t length)
{
    fprintf(stderr, "client: exchange(%d, \"%s\", %zu) is not written yet\n", server, message,
            length);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOST PORT MESSAGE\n", argv[0]);
        return 2;
    }
    int server = connect_to(argv[1], argv[2]);
    exchange(server, argv[3], strlen(argv[3]));
    close(server);
    return 0;
}
