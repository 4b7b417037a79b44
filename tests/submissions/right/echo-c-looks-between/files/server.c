/* Echo server that sets a table up when it listens already. Between two chunks of that it looks
   whether somebody has come, and serves him first. */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CHUNKS = 1600 };

static uint64_t table[4096];

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

/* Half a millisecond of work. */
static void compute(uint64_t n)
{
    int64_t end = now_us() + 500;
    uint64_t x = n * 2654435761u + 1;
    do {
        for (int i = 0; i < 1000; i++) {
            x ^= x << 13, x ^= x >> 7, x ^= x << 17;
            table[x % 4096] += x;
        }
    } while (now_us() < end);
}

static void reap(int signal)
{
    int error = errno;
    (void)signal;
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
    errno = error;
}

static void echo(int client)
{
    char bytes[4096];
    for (;;) {
        ssize_t n = recv(client, bytes, sizeof bytes, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        for (ssize_t sent = 0; sent < n;) {
            ssize_t k = send(client, bytes + sent, (size_t)(n - sent), MSG_NOSIGNAL);
            if (k < 0 && errno == EINTR)
                continue;
            if (k < 0)
                return;
            sent += k;
        }
    }
}

static void accept_one(int listener)
{
    int client = accept(listener, NULL, NULL);
    if (client < 0) {
        if (errno != EINTR && errno != ECONNABORTED)
            perror("accept");
        return;
    }
    pid_t child = fork();
    if (child == 0) {
        close(listener);
        echo(client);
        _exit(0);
    }
    if (child < 0)
        perror("fork");
    close(client);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    struct sigaction action = {.sa_handler = reap, .sa_flags = SA_RESTART};
    sigaction(SIGCHLD, &action, NULL);
    int listener = socket(AF_INET6, SOCK_STREAM, 0), one = 1, no = 0;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
    struct sockaddr_in6 at = {.sin6_family = AF_INET6, .sin6_addr = in6addr_any};
    at.sin6_port = htons((uint16_t)strtoul(argv[2], NULL, 10));
    if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, 128) < 0) {
        perror("listen");
        return 1;
    }
    for (uint64_t n = 0; n < CHUNKS; n++) {
        struct pollfd waiting = {.fd = listener, .events = POLLIN};
        compute(n);
        if (poll(&waiting, 1, 0) > 0)
            accept_one(listener);
    }
    for (;;)
        accept_one(listener);
}
