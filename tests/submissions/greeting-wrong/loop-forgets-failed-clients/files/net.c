#include "net.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int net_listen(const char *host, const char *port)
{
    struct addrinfo hints, *res;
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    int err = getaddrinfo(host, port, &hints, &res);
    if (err) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(err));
        return -1;
    }
    int fd = socket(res->ai_family, res->ai_socktype, res->ai_protocol);
    int on = 1;
    if (fd >= 0
        && (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0
            || bind(fd, res->ai_addr, res->ai_addrlen) < 0
            || listen(fd, 32) < 0)) {
        int e = errno;
        close(fd);
        errno = e;
        fd = -1;
    }
    if (fd < 0)
        perror("net_listen");
    freeaddrinfo(res);
    return fd;
}

int net_send_all(int fd, const void *data, size_t size)
{
    const char *p = data;
    while (size) {
        ssize_t n = send(fd, p, size, MSG_NOSIGNAL);
        if (n == -1) {
            if (errno == EINTR)
                continue;
            return -1;
        }
        p += n;
        size -= (size_t)n;
    }
    return 0;
}

static long clock_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int net_drain(int fd, int ms)
{
    char sink[1024];
    long stop = clock_ms() + ms;
    for (;;) {
        long left = stop - clock_ms();
        if (left <= 0)
            return 0;
        struct pollfd pfd = { fd, POLLIN, 0 };
        int r = poll(&pfd, 1, (int)left);
        if (r == 0)
            return 0;
        if (r > 0) {
            ssize_t n = recv(fd, sink, sizeof sink, 0);
            if (n == 0)
                return 0;
            if (n > 0)
                continue;
        }
        if (errno != EINTR)
            return -1;
    }
}
