/* SPDX-License-Identifier: MIT
 * A port scanner: tries to connect to each port of a range and tells where somebody listens.
 *
 * A closed port refuses at once. One that does not answer at all would keep connect() waiting for minutes,
 * so the socket does not block, and poll() waits for a moment instead. */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE_MS = 500 };

/* Whether a connection that is being made comes about. */
static bool await_connection(int fd)
{
    struct pollfd waiting = {.fd = fd, .events = POLLOUT};
    int error = 0;
    socklen_t size = sizeof error;
    if (poll(&waiting, 1, PATIENCE_MS) != 1)
        return false;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

/* Returns 1 where the port is open, 0 where it is not, and -1 where that cannot be found out. */
static int is_open(const struct addrinfo *host, int port)
{
    struct sockaddr_storage address = {0};
    memcpy(&address, host->ai_addr, host->ai_addrlen);
    if (host->ai_family == AF_INET6)
        ((struct sockaddr_in6 *)&address)->sin6_port = htons((uint16_t)port);
    else
        ((struct sockaddr_in *)&address)->sin_port = htons((uint16_t)port);

    int fd = socket(host->ai_family, SOCK_STREAM, 0);
    if (fd < 0)
        return -1;
    if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0) {
        close(fd);
        return -1;
    }
    int failed = connect(fd, (struct sockaddr *)&address, host->ai_addrlen);
    bool open = failed == 0 || (errno == EINPROGRESS && await_connection(fd));
    close(fd); /* else the next ports run out of descriptors */
    return open;
}

static int read_port(const char *text)
{
    char *end;
    long port = strtol(text, &end, 10);
    return end != text && *end == '\0' && port >= 1 && port <= 65535 ? (int)port : -1;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOST FIRST LAST\n", argv[0]);
        return 2;
    }
    int first = read_port(argv[2]), last = read_port(argv[3]);
    if (first < 0 || last < first) {
        fprintf(stderr, "%s: '%s' to '%s' is no range of ports\n", argv[0], argv[2], argv[3]);
        return 2;
    }
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM}, *host;
    int error = getaddrinfo(argv[1], NULL, &hints, &host);
    if (error) {
        fprintf(stderr, "%s: %s: %s\n", argv[0], argv[1], gai_strerror(error));
        return 1;
    }
    for (int port = first; port <= last; port++) {
        int open = is_open(host, port);
        if (open < 0) {
            perror("socket");
            freeaddrinfo(host);
            return 1;
        }
        if (open)
            printf("port %d: OPEN\n", port);
    }
    freeaddrinfo(host);
    return 0;
}
