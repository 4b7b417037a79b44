#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int bind_to(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_DGRAM, .ai_flags = AI_PASSIVE}, *found;
    if (getaddrinfo(host, port, &hints, &found) != 0)
        return -1;
    int fd = socket(found->ai_family, SOCK_DGRAM, 0);
    if (fd < 0 || bind(fd, found->ai_addr, found->ai_addrlen) < 0)
        return -1;
    freeaddrinfo(found);
    return fd;
}

int main(int argc, char **argv)
{
    static char buffer[65536];
    if (argc != 3)
        return 2;
    int fd = bind_to(argv[1], argv[2]);
    if (fd < 0) {
        perror("bind");
        return 1;
    }
    for (;;) {
        struct sockaddr_storage from;
        socklen_t length = sizeof from;
        ssize_t n = recvfrom(fd, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &length);
        if (n <= 0)
            continue;
        sendto(fd, buffer, n, 0, (struct sockaddr *)&from, length);
    }
}
