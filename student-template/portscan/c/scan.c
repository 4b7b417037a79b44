/* Port scanner: prints the TCP ports of a host on which somebody listens.
 *
 *     ./scan HOST FIRST LAST
 *
 * This is a start. It builds and runs, and finds nothing yet: write what the TODOs name, from the first to the
 * last. After each of them, `sockgrade check` says how far you are. */
#include <stdio.h>
#include <stdlib.h>

/* TODO 1: return 1 where a connection to `port` of `host` comes about, 0 where it does not.
 *
 *   socket()        a new one for each port, of AF_INET, for a stream
 *   connect()       to that address (inet_pton() and htons() make it): 0 is success
 *   close()         in any case
 *
 * TODO 2: a port that does not answer must not hold you up. Either the socket does not block (O_NONBLOCK), and
 * poll() waits for a moment; or SO_SNDTIMEO gives connect() a time limit. */
static int is_open(const char *host, int port)
{
    fprintf(stderr, "scan: is_open(%s, %d) is not written yet\n", host, port);
    exit(1);
}

int main(int argc, char *argv[])
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOST FIRST LAST\n", argv[0]);
        return 2;
    }
    int first = atoi(argv[2]), last = atoi(argv[3]);
    for (int port = first; port <= last; port++) {
        if (is_open(argv[1], port))
            printf("port %d: OPEN\n", port);
    }
    return 0;
}
