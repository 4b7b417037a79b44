/* SPDX-License-Identifier: MIT
 * A server that reads and never answers. With a third argument it waits with a time limit that ends before the
 * examiner's deadline, again and again, so that nobody can prove that it will not answer after all.
 *
 * bench_mute HOST PORT [timed] */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LIMIT_MS = 900 };

static int listen_on(const char *host, const char *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port))};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || inet_pton(AF_INET, host, &at.sin_addr) != 1 ||
        bind(fd, (const struct sockaddr *)&at, sizeof at) < 0 || listen(fd, SOMAXCONN) < 0) {
        perror("listen");
        exit(1);
    }
    return fd;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        (void)fprintf(stderr, "usage: %s HOST PORT [timed]\n", argv[0]);
        return 2;
    }
    int limit_ms = argc > 3 ? LIMIT_MS : -1;
    int listener = listen_on(argv[1], argv[2]);
    for (;;) {
        char bytes[4096];
        int client = accept(listener, NULL, NULL);
        struct pollfd readable = {.fd = client, .events = POLLIN};
        int ready;
        do
            ready = poll(&readable, 1, limit_ms);
        while (ready == 0 || (ready > 0 && read(client, bytes, sizeof bytes) > 0));
        close(client);
    }
}
