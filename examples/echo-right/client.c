/* Sends a message, reads as many bytes back, prints them. */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *address;
    if (argc != 4 || getaddrinfo(argv[1], argv[2], &hints, &address) != 0) {
        fprintf(stderr, "usage: %s HOST PORT MESSAGE\n", argv[0]);
        return 1;
    }
    int fd = socket(address->ai_family, address->ai_socktype, 0);
    if (connect(fd, address->ai_addr, address->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    size_t length = strlen(argv[3]), sent = 0, received = 0;
    while (sent < length) {
        ssize_t n = send(fd, argv[3] + sent, length - sent, MSG_NOSIGNAL);
        if (n < 0) {
            perror("send");
            return 1;
        }
        sent += (size_t)n;
    }
    while (received < length) {
        char buffer[2048];
        ssize_t n = recv(fd, buffer, sizeof buffer, 0);
        if (n <= 0) {
            fprintf(stderr, "the answer is not whole\n");
            return 1;
        }
        fwrite(buffer, 1, (size_t)n, stdout);
        received += (size_t)n;
    }
    putchar('\n');
    close(fd);
    return 0;
}
