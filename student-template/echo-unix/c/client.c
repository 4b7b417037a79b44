/* Echo client over a local socket: sends a message, reads as many bytes back, prints them.
 *
 *     ./client PATH MESSAGE
 *
 * This is a start. It builds and runs, and sends nothing yet: write what the TODOs name, from the first to
 * the last. After each of them, `sockgrade check --role client` says how far you are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* TODO 1: return a socket that is connected to the socket file `path`.
 *
 *   struct sockaddr_un   the address: sun_family is AF_UNIX, sun_path the path (unix(7)); a path that is too
 *                        long for it is an error
 *   socket()             of the family AF_UNIX, for a stream
 *   connect()            to that address
 *
 * Where nobody listens, say so on standard error and exit with a status that is not 0. */
static int connect_to(const char *path)
{
    fprintf(stderr, "client: connect_to(%s) is not written yet\n", path);
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
    if (argc != 3) {
        fprintf(stderr, "usage: %s PATH MESSAGE\n", argv[0]);
        return 2;
    }
    exchange(connect_to(argv[1]), argv[2], strlen(argv[2]));
    return 0;
}
