/* Echo server over a local socket: sends every byte back, in order, until the client ends its stream.
 *
 *     ./server PATH
 *
 * This is a start. It builds and runs, and answers nobody yet: write what the TODOs name, from the first
 * to the last. After each of them, `sockgrade check --role server` says how far you are. */
#include <stdio.h>
#include <stdlib.h>

/* TODO 1: return a socket that listens on the socket file `path`.
 *
 *   struct sockaddr_un   the address: sun_family is AF_UNIX, sun_path the path (unix(7)); a path that is too
 *                        long for it is an error
 *   socket()             of the family AF_UNIX, for a stream
 *   unlink()             the file that an earlier run has left there: bind() would refuse the path
 *   bind()               to that address; it makes the file
 *   listen()
 *
 * Each of them can fail; then say so on standard error and exit with a status that is not 0. */
static int listen_on(const char *path)
{
    fprintf(stderr, "server: listen_on(%s) is not written yet\n", path);
    exit(1);
}

/* TODO 2: serve clients, one after the other, for ever.
 *
 *   accept()        the next client, as a socket of its own
 *   recv()          what has arrived so far: any number of bytes, not a message; 0 when the client has
 *                   ended its stream
 *   send()          the same bytes back; it may take fewer than you gave it: go on with the rest
 *   close()         when the client has ended its stream, and after an error
 *
 * TODO 3: a client may vanish while you send to it. That must not end the server (SIGPIPE).
 *
 * TODO 4: a client that is silent must not keep the others waiting: give each one a process (fork) or a
 * thread of its own, or ask with poll() who has something to say. */
static void serve_clients(int listener)
{
    fprintf(stderr, "server: serve_clients(%d) is not written yet\n", listener);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PATH\n", argv[0]);
        return 2;
    }
    serve_clients(listen_on(argv[1]));
    return 0;
}
