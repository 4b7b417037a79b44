#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 70000 };

static int listen_at(const char *host, const char *port)
{
    struct addrinfo want = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *where;
    int yes = 1;
    if (getaddrinfo(host, port, &want, &where) != 0) {
        fprintf(stderr, "no such address\n");
        exit(1);
    }
    int fd = socket(where->ai_family, where->ai_socktype, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (fd < 0 || bind(fd, where->ai_addr, where->ai_addrlen) < 0 || listen(fd, 10) < 0) {
        perror("server");
        exit(1);
    }
    freeaddrinfo(where);
    return fd;
}

static void serve(FILE *client, FILE *out, char *message)
{
    size_t length = 0;
    char c;
    while (length < MOST && (c = fgetc(client)) != EOF) {
        message[length++] = c;
        if (c != '.')
            continue;
        fwrite(message, 1, length, out);
        fflush(out);
        return;
    }
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    static char message[MOST];
    int listener = listen_at(argv[1], argv[2]);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0)
            continue;
        FILE *client = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
        serve(client, out, message);
        fclose(out);
        fclose(client);
    }
}
