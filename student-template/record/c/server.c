/* Record server: answers each line of five fields with the number of bytes of its body.
 *
 *     ./server HOST PORT
 *
 * This is a start. It builds and runs, and answers nobody yet: write what the TODOs name, from the first
 * to the last. After each of them, `sockgrade check --role server` says how far you are. */
#include <stdio.h>
#include <stdlib.h>

/* TODO 1: return a socket that listens on `host` and `port`.
 *
 *   getaddrinfo(), socket(), setsockopt() with SO_REUSEADDR, bind(), listen()
 *
 * Each of them can fail; then say so on standard error and exit with a status that is not 0. */
static int listen_on(const char *host, const char *port)
{
    fprintf(stderr, "server: listen_on(%s, %s) is not written yet\n", host, port);
    exit(1);
}

/* TODO 2: serve clients, one after the other, for ever.
 *
 *   accept()   the next client
 *   recv()     what has arrived so far: perhaps a part of a line, perhaps several; keep what is not a whole
 *              line yet. 0 when the client has ended its stream
 *   send()     "OK 12\n" for each record, in a loop until all of it is sent
 *   close()    at the end of its stream, and after an error
 *
 * TODO 3: count the fields and the bytes of the body. Go through the line byte by byte: behind a backslash the
 * next byte is meant as it stands.
 *
 * TODO 4: "ERR reason\n" for a line that is no record, and on with the next line.
 *
 * TODO 5: a client may vanish while you send to it. That must not end the server (SIGPIPE). */
static void serve_clients(int listener)
{
    fprintf(stderr, "server: serve_clients(%d) is not written yet\n", listener);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    serve_clients(listen_on(argv[1], argv[2]));
    return 0;
}
