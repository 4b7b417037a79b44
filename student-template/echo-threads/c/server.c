/* Echo server for many clients at once: sends every byte back to the client that it came from.
 *
 *     ./server HOST PORT
 *
 * This is a start. It builds and runs, and answers nobody yet: write what the TODOs name, from the first
 * to the last. After each of them, `sockgrade check` says how far you are. */
#include <stdio.h>
#include <stdlib.h>

/* TODO 1: return a socket that listens on `host` and `port`.
 *
 *   getaddrinfo()   from the two texts to an address
 *   socket()        of that address's family, for a stream
 *   setsockopt()    SO_REUSEADDR: else the server cannot be started again at once
 *   bind()          to that address
 *   listen()
 *
 * Each of them can fail; then say so on standard error and exit with a status that is not 0. */
static int listen_on(const char *host, const char *port)
{
    fprintf(stderr, "server: listen_on(%s, %s) is not written yet\n", host, port);
    exit(1);
}

/* TODO 2: serve one client until it ends its stream.
 *
 *   recv()          what has arrived so far: any number of bytes, not a message; 0 when the client has
 *                   ended its stream
 *   send()          the same bytes back; it may take fewer than you gave it: go on with the rest
 *   close()         when the client has ended its stream, and after an error
 *
 * TODO 3: let main() serve each client in a thread of its own (pthread_create, pthread_detach). What a thread
 * needs to know, such as its socket, must not be overwritten for the next one: give each its own memory.
 *
 * TODO 4: a client may vanish while you send to it. That must not end the server (SIGPIPE), and the end of
 * one client must not be the end of the others: a thread returns, it does not exit(). */
static void serve(int client)
{
    fprintf(stderr, "server: serve(%d) is not written yet\n", client);
    exit(1);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    int listener = listen_on(argv[1], argv[2]);
    serve(listener); /* accept() the next client, and serve that one: for ever */
    return 0;
}
