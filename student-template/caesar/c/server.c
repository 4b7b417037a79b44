/* Caesar server: takes one request, answers with the translated text and its dot, closes.
 *
 *     ./server HOST PORT
 *
 * This is a start. It builds and runs, takes clients and answers none of them yet: write what the TODOs
 * name, from the first to the last. After each of them, `sockgrade check --role server` says how far you are. */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Returns a socket that listens on `host` and `port`.
 *
 * TODO 1: the server cannot be started again at once after it was stopped, as long as old connections linger:
 * setsockopt() with SO_REUSEADDR, before bind(). */
static int listen_on(const char *host, const char *port)
{
    struct addrinfo wanted = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *address;
    int error = getaddrinfo(host, port, &wanted, &address);
    if (error) {
        fprintf(stderr, "%s port %s: %s\n", host, port, gai_strerror(error));
        exit(1);
    }
    int fd = socket(address->ai_family, address->ai_socktype, 0);
    if (fd < 0 || bind(fd, address->ai_addr, address->ai_addrlen) < 0 || listen(fd, 16) < 0) {
        perror("listen");
        exit(1);
    }
    freeaddrinfo(address);
    return fd;
}

/* TODO 2: receive one request: `e` or `d`, a shift of two digits, a text, and a '.' (0x2E). recv() returns what has
 * arrived so far, not a message: call it again and append, until the '.' is there; even the three bytes of the
 * header may come one by one. It returns 0 where the client has ended its stream: there will be no request then.
 * A text has up to 64 KiB, and any byte in it, 0 too: count, don't use strlen().
 *
 * TODO 3: translate the text: `e` shifts the letters a to z to the right, `d` to the left; behind z comes a.
 * Every other byte stays as it is. A shift that is not two digits counts as 0.
 *
 * TODO 4: send the text and its '.' back, without the header, and nothing of what follows the '.'. send() may take
 * fewer bytes than you gave it: go on with the rest.
 *
 * TODO 5: a client may vanish while you send to it. That must not end the server (SIGPIPE). */
static void serve(int client)
{
    fprintf(stderr, "server: serve(%d) is not written yet\n", client);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    int listener = listen_on(argv[1], argv[2]);
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client < 0) {
            perror("accept");
            continue;
        }
        serve(client);
        close(client);
    }
}
