/* SPDX-License-Identifier: MIT
 * Sockets, and whole messages over them. */
#include "common/stream.h"

#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

_Noreturn void fail(const char *what)
{
    if (errno)
        fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, strerror(errno));
    else
        fprintf(stderr, "%s: %s\n", program_invocation_short_name, what);
    exit(1);
}

struct addrinfo *look_up(const char *host, const char *port, int type, int flags)
{
    struct addrinfo wanted = {.ai_family = AF_UNSPEC, .ai_socktype = type, .ai_flags = flags};
    struct addrinfo *found;
    int error = getaddrinfo(host, port, &wanted, &found);
    if (error) {
        fprintf(stderr, "%s: %s port %s: %s\n", program_invocation_short_name, host, port,
                gai_strerror(error));
        exit(1);
    }
    return found;
}

int listen_on(const char *host, const char *port)
{
    struct addrinfo *address = look_up(host, port, SOCK_STREAM, AI_PASSIVE);
    int fd = socket(address->ai_family, SOCK_STREAM, 0);
    if (fd < 0)
        fail("socket");

    /* Old connections may linger on the port for a minute; we may use it all the same. */
    int on = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        fail("setsockopt");
    if (bind(fd, address->ai_addr, address->ai_addrlen) < 0)
        fail("bind");
    if (listen(fd, SOMAXCONN) < 0)
        fail("listen");
    freeaddrinfo(address);

    /* A send to a client that has gone returns EPIPE then, and does not end the program. */
    signal(SIGPIPE, SIG_IGN);
    return fd;
}

int connect_to(const char *host, const char *port)
{
    struct addrinfo *addresses = look_up(host, port, SOCK_STREAM, 0);
    int fd = -1;
    for (struct addrinfo *address = addresses; address; address = address->ai_next) {
        fd = socket(address->ai_family, SOCK_STREAM, 0);
        if (fd >= 0 && connect(fd, address->ai_addr, address->ai_addrlen) == 0)
            break;
        int error = errno;
        if (fd >= 0)
            close(fd);
        errno = error;
        fd = -1;
    }
    if (fd < 0)
        fail("connect");
    freeaddrinfo(addresses);
    signal(SIGPIPE, SIG_IGN);
    return fd;
}

int accept_client(int listener)
{
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd >= 0)
            return fd;
        if (errno != EINTR && errno != ECONNABORTED)
            fail("accept");
    }
}

int send_all(int fd, const void *bytes, size_t length)
{
    const char *rest = bytes;
    while (length > 0) {
        ssize_t sent = send(fd, rest, length, 0);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return -1;
        rest += sent;
        length -= (size_t)sent;
    }
    return 0;
}

ssize_t receive(int fd, void *room, size_t size)
{
    ssize_t received;
    do
        received = recv(fd, room, size, 0);
    while (received < 0 && errno == EINTR);
    return received;
}

ssize_t receive_until(int fd, char mark, char *room, size_t size)
{
    size_t length = 0;
    while (length < size) {
        ssize_t received = receive(fd, room + length, size - length);
        if (received < 0)
            return -1;
        if (received == 0)
            break;
        char *end = memchr(room + length, mark, (size_t)received);
        length += (size_t)received;
        if (end)
            return end - room + 1;
    }
    return (ssize_t)length;
}

void close_in_order(int fd)
{
    char rest[4096];
    struct timeval patience = {.tv_sec = 1};
    shutdown(fd, SHUT_WR);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while (receive(fd, rest, sizeof rest) > 0) {
    }
    close(fd);
}

void print_all(const void *bytes, size_t length)
{
    if (fwrite(bytes, 1, length, stdout) != length || fflush(stdout) != 0)
        fail("write");
}
