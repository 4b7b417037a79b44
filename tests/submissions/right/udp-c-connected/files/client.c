#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <poll.h>

int main(int argc, char **argv)
{
    static char buffer[65536];
    if (argc != 4)
        return 2;
    struct addrinfo hints = {.ai_socktype = SOCK_DGRAM}, *server;
    if (getaddrinfo(argv[1], argv[2], &hints, &server) != 0) {
        fprintf(stderr, "no such host\n");
        return 1;
    }
    int fd = socket(server->ai_family, SOCK_DGRAM, 0);
    if (connect(fd, server->ai_addr, server->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    const char *message = argv[3];
    send(fd, message, strlen(message), 0);
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    if (poll(&wait, 1, 3000) == 0) {
        fprintf(stderr, "no answer\n");
        return 1;
    }
    ssize_t n = recv(fd, buffer, sizeof buffer, 0);
    if (n < 0) {
        perror("recvfrom");
        return 1;
    }
    fwrite(buffer, 1, n, stdout);
    return 0;
}
