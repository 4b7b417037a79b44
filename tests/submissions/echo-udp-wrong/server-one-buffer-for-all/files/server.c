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
        struct sockaddr_storage from[8];
        socklen_t lengths[8];
        int count = 0;
        ssize_t n = 0, got;
        do {
            lengths[count] = sizeof from[0];
            got = recvfrom(fd, buffer, sizeof buffer, count ? MSG_DONTWAIT : 0,
                           (struct sockaddr *)&from[count], &lengths[count]);
            if (got < 0)
                break;
            n = got;
        } while (++count < 8);
        for (int i = 0; i < count; i++)
            sendto(fd, buffer, n, 0, (struct sockaddr *)&from[i], lengths[i]);
    }
}
