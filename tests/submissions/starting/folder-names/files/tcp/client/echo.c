#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *to;
    if (argc != 4 || getaddrinfo(argv[1], argv[2], &hints, &to)) {
        fprintf(stderr, "usage: echo HOST PORT MESSAGE\n");
        return 1;
    }
    int fd = socket(to->ai_family, SOCK_STREAM, 0);
    if (connect(fd, to->ai_addr, to->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    size_t length = strlen(argv[3]);
    for (size_t done = 0; done < length;) {
        ssize_t n = send(fd, argv[3] + done, length - done, MSG_NOSIGNAL);
        if (n < 0) {
            perror("send");
            return 1;
        }
        done += n;
    }
    for (char c = 0; c != '.'; putchar(c)) {
        if (recv(fd, &c, 1, 0) != 1) {
            fprintf(stderr, "no dot\n");
            return 1;
        }
    }
    putchar('\n');
    return 0;
}
