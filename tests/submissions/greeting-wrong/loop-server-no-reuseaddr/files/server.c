#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int listen_on(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found;
    int on = 1;
    if (getaddrinfo(host, port, &hints, &found) != 0)
        exit(1);
    int fd = socket(found->ai_family, SOCK_STREAM, 0);
    (void)on;
    if (bind(fd, found->ai_addr, found->ai_addrlen) < 0 || listen(fd, 16) < 0) {
        perror("listen");
        exit(1);
    }
    freeaddrinfo(found);
    return fd;
}

static void greet(int fd)
{
    const char *greeting = "Selamat datang di server kami!\n";
    size_t length = strlen(greeting), sent = 0;
    while (sent < length) {
        ssize_t n = send(fd, greeting + sent, length - sent, 0);
        if (n < 0)
            break;
        sent += n;
    }
    close(fd);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    int listener = listen_on(argv[1], argv[2]);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd >= 0)
            greet(fd);
    }
}
