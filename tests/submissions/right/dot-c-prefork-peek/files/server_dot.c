#define _GNU_SOURCE
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define POOL 6

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

static bool give(int s, const char *p, size_t n)
{
    while (n) {
        ssize_t k = send(s, p, n, MSG_NOSIGNAL);
        if (k < 0) {
            if (errno == EINTR)
                continue;
            return false;
        }
        p += k;
        n -= (size_t)k;
    }
    return true;
}

static bool take(int s, char *p, size_t n)
{
    while (n) {
        ssize_t k = recv(s, p, n, 0);
        if (k < 0 && errno == EINTR)
            continue;
        if (k <= 0)
            return false;
        p += k;
        n -= (size_t)k;
    }
    return true;
}

static bool converse(int s)
{
    char look[4096];
    for (;;) {
        ssize_t k = recv(s, look, sizeof look, MSG_PEEK);
        if (k < 0 && errno == EINTR)
            continue;
        if (k <= 0)
            return false;
        char *dot = memchr(look, '.', (size_t)k);
        size_t n = dot ? (size_t)(dot - look) + 1 : (size_t)k;
        if (!take(s, look, n) || !give(s, look, n))
            return false;
        if (dot)
            return true;
    }
}

static void drain(int s)
{
    char sink[8192];
    long until = now_ms() + 1000;
    shutdown(s, SHUT_WR);
    for (;;) {
        long left = until - now_ms();
        if (left <= 0)
            return;
        struct pollfd p = { .fd = s, .events = POLLIN };
        int r = poll(&p, 1, (int)left);
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0)
            return;
        ssize_t k = recv(s, sink, sizeof sink, MSG_DONTWAIT);
        if (k == 0 || (k < 0 && errno != EINTR && errno != EAGAIN))
            return;
    }
}

static void worker(int lst)
{
    for (;;) {
        int s = accept(lst, NULL, NULL);
        if (s < 0) {
            if (errno != EINTR && errno != ECONNABORTED)
                poll(NULL, 0, 100);
            continue;
        }
        if (converse(s))
            drain(s);
        close(s);
    }
}

static pid_t start(int lst)
{
    pid_t me = getpid(), child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() == me)
            worker(lst);
        _exit(0);
    }
    return child;
}

int main(int argc, char **argv)
{
    const char *host = argc > 1 ? argv[1] : "127.0.0.1";
    const char *port = argc > 2 ? argv[2] : "5050";
    struct addrinfo h = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE }, *a, *i;
    int e = getaddrinfo(host, port, &h, &a), lst = -1, one = 1;
    if (e) {
        fprintf(stderr, "%s %s: %s\n", host, port, gai_strerror(e));
        return 1;
    }
    for (i = a; i; i = i->ai_next) {
        lst = socket(i->ai_family, i->ai_socktype, i->ai_protocol);
        if (lst < 0)
            continue;
        setsockopt(lst, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (!bind(lst, i->ai_addr, i->ai_addrlen) && !listen(lst, 64))
            break;
        perror("bind");
        close(lst);
        lst = -1;
    }
    freeaddrinfo(a);
    if (lst < 0)
        return 1;
    for (int k = 0; k < POOL; k++)
        if (start(lst) < 0) {
            perror("fork");
            return 1;
        }
    for (;;) {
        pid_t gone = wait(NULL);
        if (gone > 0) {
            fprintf(stderr, "worker %d is gone\n", (int)gone);
            poll(NULL, 0, 200);
            start(lst);
        } else if (errno != EINTR) {
            poll(NULL, 0, 1000);
        }
    }
}
