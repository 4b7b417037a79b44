/* Both ways at once: standard input to a server, what the server sends to standard output.
 *
 *     ./telnet HOST PORT
 *
 * This is a start. It builds and runs, and talks to nobody yet: write what the TODOs name, from the first to the
 * last. After each of them, `sockgrade check` says how far you are. */
#include <stdio.h>
#include <stdlib.h>

/* TODO 1: return a socket that is connected to `host` and `port`.
 *
 *   getaddrinfo(), socket(), connect()
 *
 * Each of them can fail; then say so on standard error and exit with a status that is not 0. */
static int connect_to(const char *host, const char *port)
{
    fprintf(stderr, "telnet: connect_to(%s, %s) is not written yet\n", host, port);
    exit(1);
}

/* TODO 2: pass bytes on, both ways at once, until the server has ended its stream.
 *
 *   a thread or a process for each way, or poll() over both
 *   read()       from standard input (0): what there is, not a line
 *   send()       may take only a part: go on with the rest
 *   recv()       what has come; 0 when the server has ended its stream
 *   write()      to standard output (1), at once and as it is
 *
 * TODO 3: shutdown(server, SHUT_WR) when the input has ended, and go on printing. */
static void pass_on(int server)
{
    fprintf(stderr, "telnet: pass_on(%d) is not written yet\n", server);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    pass_on(connect_to(argv[1], argv[2]));
    return 0;
}
