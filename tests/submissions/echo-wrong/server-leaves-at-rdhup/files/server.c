#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX 512

static struct pollfd fds[MAX];
static int n;

static void drop(int i)
{
    close(fds[i].fd);
    fds[i] = fds[--n];
}

static int echo(int fd)
{
    char buf[4096];
    ssize_t got = recv(fd, buf, sizeof(buf), 0);
    if (got < 0 && errno == EINTR)
        return 1;
    if (got <= 0)
        return 0;
    for (ssize_t sent = 0; sent < got;) {
        ssize_t k = send(fd, buf + sent, got - sent, 0);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return 0;
        sent += k;
    }
    return 1;
}

int main(int argc, char **argv)
{
    struct sockaddr_in addr;
    int one = 1;

    if (argc != 3) {
        fprintf(stderr, "usage: %s host port\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[2]));
    if (inet_pton(AF_INET, argv[1], &addr.sin_addr) != 1) {
        fprintf(stderr, "bad address\n");
        return 1;
    }
    fds[0].fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fds[0].fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (bind(fds[0].fd, (struct sockaddr *)&addr, sizeof(addr)) < 0 || listen(fds[0].fd, 128) < 0) {
        perror("bind/listen");
        return 1;
    }
    fds[0].events = POLLIN;
    n = 1;
    for (;;) {
        if (poll(fds, n, -1) < 0) {
            if (errno == EINTR)
                continue;
            perror("poll");
            return 1;
        }
        for (int i = n - 1; i > 0; i--) {
            if (fds[i].revents & POLLRDHUP) {
                char rest[4096];
                echo(fds[i].fd);
                shutdown(fds[i].fd, SHUT_WR);
                while (recv(fds[i].fd, rest, sizeof(rest), 0) > 0)
                    ;
                drop(i);
            } else if (fds[i].revents && !echo(fds[i].fd)) {
                drop(i);
            }
        }
        if (fds[0].revents & POLLIN) {
            int c = accept(fds[0].fd, NULL, NULL);
            if (c >= 0 && n < MAX) {
                fds[n].fd = c;
                fds[n].events = POLLIN | POLLRDHUP;
                fds[n].revents = 0;
                n++;
            } else if (c >= 0) {
                close(c);
            }
        }
    }
}
