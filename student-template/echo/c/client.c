/* Echo client: sends a message, reads as many bytes back, prints them.
 *
 *     ./client HOST PORT MESSAGE
 *
 * This is a start. It builds and runs, and sends nothing yet: write what the TODOs name, from the first to
 * the last. After each of them, `sockgrade check --role client` says how far you are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* TODO 1: return a socket that is connected to `host` and `port`.
 *
 *   getaddrinfo()   from the two texts to an address, of IPv4 (127.0.0.1) or IPv6 (::1)
 *   socket()        of that address's family, for a stream
 *   connect()       to that address
 *
 * Where nobody listens, say so on standard error and exit with a status that is not 0. */
static int connect_to(const char *host, const char *port)
{
    fprintf(stderr, "client: connect_to(%s, %s) is not written yet\n", host, port);
    exit(1);
}

/* TODO 2: send all `length` bytes of `message`. send() may take fewer than you gave it: go on with the rest.
 *
 * TODO 3: receive as many bytes back and print them. recv() returns what has arrived so far: call it until
 * all are there. The server may close before that: it is an error, with a word on standard error and a
 * status that is not 0. */
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
    exchange(connect_to(argv[1], argv[2]), argv[3], strlen(argv[3]));
    return 0;
}
