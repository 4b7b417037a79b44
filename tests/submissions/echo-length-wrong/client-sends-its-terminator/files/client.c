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

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *server;
    if (getaddrinfo(argv[1], argv[2], &hints, &server) != 0)
        return 1;
    int fd = socket(server->ai_family, SOCK_STREAM, 0);
    if (connect(fd, server->ai_addr, server->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    uint32_t length = strlen(argv[3]) + 1;
    uint32_t header = htonl(length);
    if (send_all(fd, &header, 4) < 0 || send_all(fd, argv[3], length) < 0) {
        perror("send");
        return 1;
    }
    if (receive_all(fd, &header, 4) < 0) {
        fprintf(stderr, "no length came\n");
        return 1;
    }
    length = ntohl(header);
    char *answer = malloc(length + 1);
    if (receive_all(fd, answer, length) < 0) {
        fprintf(stderr, "the frame was cut short\n");
        return 1;
    }
    fwrite(answer, 1, length, stdout);
    close(fd);
    return 0;
}
