#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    char bytes[2048];
    if (argc != 3)
        return 2;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[2]))};
    inet_pton(AF_INET, argv[1], &at.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) < 0) {
        perror("connect");
        return 1;
    }
    for (;;) {
        fd_set in;
        FD_ZERO(&in);
        FD_SET(0, &in);
        FD_SET(fd, &in);
        if (select(fd + 1, &in, NULL, NULL, NULL) < 0)
            continue;
        if (FD_ISSET(fd, &in)) {
            ssize_t count = read(fd, bytes, sizeof bytes);
            if (count <= 0)
                return 0;
            if (write(1, bytes, (size_t)count) < 0)
                return 1;
        }
        if (FD_ISSET(0, &in)) {
            ssize_t count = read(0, bytes, sizeof bytes);
            if (count <= 0)
                return 0;
            for (ssize_t sent = 0, step; sent < count; sent += step) {
                step = write(fd, bytes + sent, (size_t)(count - sent));
                if (step < 0)
                    return 1;
            }
        }
    }
}
