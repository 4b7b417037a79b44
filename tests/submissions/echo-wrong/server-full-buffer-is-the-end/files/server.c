/* Echo server: one loop over poll(), non-blocking sockets. Usage: server HOST PORT */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX 128

static struct pollfd fds[MAX];
static int used;

static void leave(int i)
{
    close(fds[i].fd);
    fds[i] = fds[--used];
}

/* 0: go on with this client, -1: it is gone */
static int answer(int fd)
{
    char buf[2048];
    ssize_t n = recv(fd, buf, sizeof buf, 0);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : -1;
    if (n == 0)
        return -1;
    for (ssize_t done = 0; done < n;) {
        ssize_t sent = send(fd, buf + done, n - done, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return -1; /* lost */
        done += sent;
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct sockaddr_in addr = {.sin_family = AF_INET};
    int one = 1, room = 8192;
    if (argc != 3 || inet_pton(AF_INET, argv[1], &addr.sin_addr) != 1) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 1;
    }
    addr.sin_port = htons(atoi(argv[2]));
    int door = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(door, (struct sockaddr *)&addr, sizeof addr) < 0 || listen(door, 64) < 0) {
        perror("bind");
        return 1;
    }
    fcntl(door, F_SETFL, O_NONBLOCK);
    fds[used++] = (struct pollfd){.fd = door, .events = POLLIN};
    for (;;) {
        if (poll(fds, used, -1) < 0)
            continue;
        for (int i = used - 1; i > 0; i--)
            if (fds[i].revents && answer(fds[i].fd) < 0)
                leave(i);
        if (fds[0].revents && used < MAX) {
            int fd = accept(door, NULL, NULL);
            if (fd < 0)
                continue;
            fcntl(fd, F_SETFL, O_NONBLOCK);
            setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
            fds[used++] = (struct pollfd){.fd = fd, .events = POLLIN};
        }
    }
}
