/* Record client: sends one record and prints the line that answers it.
 *
 *     ./client HOST PORT MACHINE DATE TIME HEADER BODY
 *
 * This is a start. It builds and runs, and asks nobody yet: write what the TODOs name, from the first to the
 * last. After each of them, `sockgrade check --role client` says how far you are. */
#include <stdio.h>
#include <stdlib.h>

/* TODO 1: return a socket that is connected to `host` and `port`.
 *
 *   getaddrinfo(), socket(), connect()
 *
 * Each of them can fail; then say so on standard error and exit with a status that is not 0. */
static int connect_to(const char *host, const char *port)
{
    fprintf(stderr, "client: connect_to(%s, %s) is not written yet\n", host, port);
    exit(1);
}

/* TODO 2: send the five fields as one line, '|' between and '\n' behind. Put a '\' before each '|' and each '\'
 * in them. send() may take only a part: go on with the rest.
 *
 * TODO 3: receive until the end of the line, and print the line. Where the stream ends before that, say so on
 * standard error and exit with a status that is not 0. */
static void ask(int server, char **fields)
{
    fprintf(stderr, "client: ask(%d, %s, ...) is not written yet\n", server, fields[0]);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 8) {
        fprintf(stderr, "usage: %s HOST PORT MACHINE DATE TIME HEADER BODY\n", argv[0]);
        return 2;
    }
    ask(connect_to(argv[1], argv[2]), argv + 3);
    return 0;
}
