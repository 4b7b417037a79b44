/* Chat server: every line from a client goes to all other clients.
 *
 *     ./server HOST PORT
 *
 * This is a start. It builds and runs, and listens to nobody yet: write what the TODOs name, from the first to the
 * last. After each of them, `sockgrade check --role server` says how far you are. */
#include <stdio.h>
#include <stdlib.h>

/* TODO 1: return a socket that listens on `host` and `port`: getaddrinfo(), socket(), setsockopt() with
 * SO_REUSEADDR, bind(), listen(). Each of them can fail; then say so on standard error and exit with a status that
 * is not 0. */
static int listen_on(const char *host, const char *port)
{
    fprintf(stderr, "server: listen_on(%s, %s) is not written yet\n", host, port);
    exit(1);
}

/* TODO 2: keep a list of the clients that are connected, and ask poll() which of them has something to say, and
 * whether a new one waits at the listener. (Or give each one a thread, and a lock to the list.)
 *
 * TODO 3: a recv() brings any number of bytes. Each client needs a buffer of its own, in which its line grows until
 * its '\n' has come.
 *
 * TODO 4: send a whole line to all others, and not to its sender. send() may take fewer bytes than you gave it.
 *
 * TODO 5: recv() returns 0 or an error when a client has gone: close it and take it out of the list. It may also go
 * while you send to it: that must not end the server (SIGPIPE). */
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
