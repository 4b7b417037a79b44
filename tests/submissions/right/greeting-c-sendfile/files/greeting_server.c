#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char plain[] = "Selamat datang!\n";

static int open_greeting(off_t *size)
{
    char path[PATH_MAX];
    struct stat st;
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - sizeof "/salam.txt");
    int fd = -1;
    if (n > 0) {
        path[n] = '\0';
        char *slash = strrchr(path, '/');
        if (slash) {
            strcpy(slash, "/salam.txt");
            fd = open(path, O_RDONLY | O_CLOEXEC);
        }
    }
    if (fd < 0)
        fd = open("salam.txt", O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0) {
        *size = st.st_size;
        return fd;
    }
    if (fd >= 0)
        close(fd);
    return -1;
}

static void greet(int client, int file, off_t size)
{
    off_t at = 0;
    if (file < 0) {
        for (size_t k = 0; k < sizeof plain - 1;) {
            ssize_t n = send(client, plain + k, sizeof plain - 1 - k, MSG_NOSIGNAL);
            if (n < 0 && errno != EINTR)
                return;
            if (n > 0)
                k += (size_t)n;
        }
        return;
    }
    while (at < size) {
        ssize_t n = sendfile(client, file, &at, (size_t)(size - at));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
    }
}

static void see_off(int client)
{
    struct timespec t0, t;
    char sink[4096];
    clock_gettime(CLOCK_MONOTONIC, &t0);
    shutdown(client, SHUT_WR);
    for (;;) {
        clock_gettime(CLOCK_MONOTONIC, &t);
        long left = 1000 - (t.tv_sec - t0.tv_sec) * 1000 - (t.tv_nsec - t0.tv_nsec) / 1000000;
        if (left <= 0)
            break;
        struct pollfd p = { client, POLLIN, 0 };
        int r = poll(&p, 1, (int)left);
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0)
            break;
        ssize_t n = recv(client, sink, sizeof sink, MSG_DONTWAIT);
        if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
            break;
    }
    close(client);
}

int main(int argc, char **argv)
{
    struct addrinfo hint = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE }, *list, *a;
    int lst = -1, one = 1, client;
    off_t size = 0;

    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    int file = open_greeting(&size);

    int rc = getaddrinfo(argv[1], argv[2], &hint, &list);
    if (rc) {
        fprintf(stderr, "%s: %s\n", argv[1], gai_strerror(rc));
        return 1;
    }
    for (a = list; a; a = a->ai_next) {
        lst = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC, a->ai_protocol);
        if (lst < 0)
            continue;
        setsockopt(lst, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (bind(lst, a->ai_addr, a->ai_addrlen) == 0 && listen(lst, 8) == 0)
            break;
        perror("bind");
        close(lst);
        lst = -1;
    }
    freeaddrinfo(list);
    if (lst < 0)
        return 1;

    while ((client = accept(lst, NULL, NULL)) < 0) {
        if (errno != EINTR && errno != ECONNABORTED) {
            perror("accept");
            return 1;
        }
    }
    close(lst);
    greet(client, file, size);
    see_off(client);
    return 0;
}
