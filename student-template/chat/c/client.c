/* Chat client: what is typed goes to the server, what others say is printed, both at once.
 *
 *     ./client HOST PORT
 *
 * This is a start. It builds and runs, and says nothing yet: write what the TODOs name, from the first to the last.
 * After each of them, `sockgrade check --role client` says how far you are. */
#include <stdio.h>
#include <stdlib.h>

/* TODO 1: return a socket that is connected to `host` and `port`: getaddrinfo(), socket(), connect(). Where nobody
 * listens, say so on standard error and exit with a status that is not 0. */
static int connect_to(const char *host, const char *port)
{
    fprintf(stderr, "client: connect_to(%s, %s) is not written yet\n", host, port);
    exit(1);
}

/* TODO 2: ask poll() whether standard input (descriptor 0) or the server has something. (Or give each of the two
 * ways a thread.) What is typed is sent, all of it; what the server sends is printed at once: fflush(), or write().
 *
 * TODO 3: end when standard input ends, and when the server does. */
static void talk(int server)
{
    fprintf(stderr, "client: talk(%d) is not written yet\n", server);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    talk(connect_to(argv[1], argv[2]));
    return 0;
}
