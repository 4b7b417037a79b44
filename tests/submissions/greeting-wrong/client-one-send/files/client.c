#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    char buffer[512];
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
    size_t length = 0;
    ssize_t n;
    while ((n = recv(fd, buffer, sizeof buffer, 0)) > 0) {
        fwrite(buffer, 1, n, stdout);
        length += n;
    }
    if (n < 0 || length == 0) {
        fprintf(stderr, "no greeting came\n");
        return 1;
    }
    fflush(stdout);
    send(fd, argv[3], strlen(argv[3]), MSG_NOSIGNAL);
    close(fd);
    return 0;
}
