#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <sys/time.h>

int main(int argc, char **argv)
{
    static char buffer[65536];
    if (argc != 4)
        return 2;
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM}, *server;
    if (getaddrinfo(argv[1], argv[2], &hints, &server) != 0) {
        fprintf(stderr, "no such host\n");
        return 1;
    }
    int fd = socket(server->ai_family, SOCK_DGRAM, 0);
    struct timeval limit = {.tv_sec = 2};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    const char *message = argv[3];
    sendto(fd, message, strlen(message), 0, server->ai_addr, server->ai_addrlen);
    ssize_t n = recvfrom(fd, buffer, sizeof buffer, 0, NULL, NULL);
    if (n < 0) {
        perror("recvfrom");
        return 1;
    }
    fwrite(buffer, 1, n, stdout);
    return 0;
}
