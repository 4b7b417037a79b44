#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    static char data[65536];
    struct sockaddr_in own = {.sin_family = AF_INET}, client;
    struct epoll_event event = {.events = EPOLLIN | EPOLLET};
    if (argc < 3)
        return 2;
    inet_pton(AF_INET, argv[1], &own.sin_addr);
    own.sin_port = htons(atoi(argv[2]));
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0), poll = epoll_create1(0);
    if (bind(fd, (struct sockaddr *)&own, sizeof own) < 0)
        return 1;
    epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
    for (;;) {
        if (epoll_wait(poll, &event, 1, -1) < 1)
            continue;
        socklen_t size = sizeof client;
        ssize_t length = recvfrom(fd, data, sizeof data, 0, (struct sockaddr *)&client, &size);
        if (length >= 0)
            sendto(fd, data, length, 0, (struct sockaddr *)&client, size);
    }
}
