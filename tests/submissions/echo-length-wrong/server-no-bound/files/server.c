#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LONGEST (16 << 20)

static int receive_all(int fd, void *room, size_t size)
{
    char *bytes = room;
    while (size > 0) {
        ssize_t n = recv(fd, bytes, size, 0);
        if (n <= 0)
            return -1;
        bytes += n;
        size -= n;
    }
    return 0;
}

static int send_all(int fd, const void *from, size_t size)
{
    const char *bytes = from;
    while (size > 0) {
        ssize_t n = send(fd, bytes, size, 0);
        if (n < 0)
            return -1;
        bytes += n;
        size -= n;
    }
    return 0;
}

static int listen_on(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found;
    int on = 1;
    if (getaddrinfo(host, port, &hints, &found) != 0)
        exit(1);
    int fd = socket(found->ai_family, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, found->ai_addr, found->ai_addrlen) < 0 || listen(fd, 16) < 0) {
        perror("listen");
        exit(1);
    }
    freeaddrinfo(found);
    return fd;
}

static void serve(int fd, char *buffer)
{
    uint32_t header;
    for (;;) {
        if (receive_all(fd, &header, 4) < 0)
            break;
        uint32_t length = ntohl(header);
        char *frame = malloc((size_t)length + 1);
        int failed = !frame || receive_all(fd, frame, length) < 0 || send_all(fd, &header, 4) < 0 ||
                     send_all(fd, frame, length) < 0;
        free(frame);
        if (failed)
            break;
    }
    close(fd);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    char *buffer = malloc(LONGEST);
    int listener = listen_on(argv[1], argv[2]);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0)
            continue;
        serve(fd, buffer);
    }
}
