#include <arpa/inet.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char text[70000];

static void serve(int fd)
{
    size_t length = 0;
    char *dot = NULL;
    while (!dot && length < sizeof text) {
        ssize_t n = recv(fd, text + length, sizeof text - length, 0);
        if (n <= 0)
            return;
        dot = memchr(text + length, '.', n);
        length += n;
    }
    size_t whole = dot ? (size_t)(dot - text) + 1 : length;
    for (size_t done = 0; done < whole;) {
        ssize_t n = send(fd, text + done, whole - done, MSG_NOSIGNAL);
        if (n < 0)
            return;
        done += n;
    }
}

int main(int argc, char **argv)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *at;
    if (argc != 3 || getaddrinfo(argv[1], argv[2], &hints, &at)) {
        fprintf(stderr, "usage: echo HOST PORT\n");
        return 1;
    }
    int on = 1, fd = socket(at->ai_family, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, at->ai_addr, at->ai_addrlen) < 0 || listen(fd, 16) < 0) {
        perror("bind");
        return 1;
    }
    for (;;) {
        int client = accept(fd, NULL, NULL);
        if (client < 0)
            continue;
        serve(client);
        close(client);
    }
}
