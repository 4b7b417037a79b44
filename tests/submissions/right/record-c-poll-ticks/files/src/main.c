#define _GNU_SOURCE
#include "buffer.h"
#include "record.h"
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define TICK_MS 100
#define CHUNK 4096
#define LONGEST_LINE (16u << 20)
#define OUT_HIGH 65536

struct client {
    struct buffer in, out;
    size_t scanned;
    int ended;
    int fd;
    struct client *next;
};

static struct client *clients;
static size_t client_count;
static volatile sig_atomic_t stop;

static void on_stop(int s)
{
    (void)s;
    stop = 1;
}

static int answer(struct client *c, const char *line, size_t len)
{
    char text[96];
    size_t body;
    const char *bad = record_check(line, len, &body);
    int n = bad ? snprintf(text, sizeof text, "ERR %s\n", bad)
                : snprintf(text, sizeof text, "OK %zu\n", body);
    return buffer_put(&c->out, text, (size_t)n);
}

static int read_lines(struct client *c)
{
    while (buffer_used(&c->out) < OUT_HIGH) {
        char *from = c->in.mem + c->in.start;
        size_t used = buffer_used(&c->in);
        char *nl = used > c->scanned ? memchr(from + c->scanned, '\n', used - c->scanned) : NULL;
        if (!nl) {
            c->scanned = used;
            return used > LONGEST_LINE ? -1 : 0;
        }
        if (answer(c, from, (size_t)(nl - from)) < 0)
            return -1;
        buffer_eat(&c->in, (size_t)(nl - from) + 1);
        c->scanned = 0;
    }
    return 0;
}

static int flush_out(struct client *c)
{
    while (buffer_used(&c->out)) {
        ssize_t n = send(c->fd, c->out.mem + c->out.start, buffer_used(&c->out), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno == EAGAIN ? 0 : -1;
        buffer_eat(&c->out, (size_t)n);
    }
    return 0;
}

static int serve(struct client *c, short revents)
{
    if (!c->ended && (revents & (POLLIN | POLLHUP | POLLERR)) && buffer_used(&c->out) < OUT_HIGH) {
        char *to = buffer_room(&c->in, CHUNK);
        if (!to)
            return -1;
        ssize_t n = recv(c->fd, to, CHUNK, MSG_DONTWAIT);
        if (n > 0)
            c->in.end += (size_t)n;
        else if (n == 0)
            c->ended = 1;
        else if (errno != EINTR && errno != EAGAIN)
            return -1;
    }
    size_t before;
    do {
        before = buffer_used(&c->in);
        if (read_lines(c) < 0 || flush_out(c) < 0)
            return -1;
    } while (buffer_used(&c->in) != before && buffer_used(&c->out) == 0);
    return c->ended && buffer_used(&c->out) == 0 ? -1 : 0;
}

static void add_client(int lst)
{
    int fd = accept4(lst, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED) {
            struct timespec z = { 0, TICK_MS * 1000000L };
            nanosleep(&z, NULL);
        }
        return;
    }
    struct client *c = calloc(1, sizeof *c);
    if (!c) {
        close(fd);
        return;
    }
    c->fd = fd;
    c->next = clients;
    clients = c;
    client_count++;
}

static void one_round(int lst)
{
    size_t n = client_count + 1, i = 1;
    struct pollfd *p = calloc(n, sizeof *p);
    if (!p) {
        struct timespec z = { 0, TICK_MS * 1000000L };
        nanosleep(&z, NULL);
        return;
    }
    p[0] = (struct pollfd){ lst, POLLIN, 0 };
    for (struct client *c = clients; c; c = c->next, i++) {
        size_t pending = buffer_used(&c->out);
        p[i].fd = c->fd;
        if (!c->ended && pending < OUT_HIGH)
            p[i].events |= POLLIN;
        if (pending)
            p[i].events |= POLLOUT;
    }
    int ready = poll(p, n, TICK_MS);
    if (ready > 0) {
        i = 1;
        for (struct client **at = &clients; *at; i++) {
            struct client *c = *at;
            if (p[i].revents && serve(c, p[i].revents) < 0) {
                *at = c->next;
                close(c->fd);
                buffer_free(&c->in);
                buffer_free(&c->out);
                free(c);
                client_count--;
            } else {
                at = &c->next;
            }
        }
        if (p[0].revents)
            add_client(lst);
    } else if (ready < 0 && errno != EINTR) {
        perror("poll");
        stop = 1;
    }
    free(p);
}

static int open_port(const char *host, const char *port)
{
    struct addrinfo hint, *list, *a;
    int fd = -1, one = 1, rc;
    memset(&hint, 0, sizeof hint);
    hint.ai_socktype = SOCK_STREAM;
    hint.ai_flags = AI_PASSIVE;
    rc = getaddrinfo(host, port, &hint, &list);
    if (rc) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(rc));
        return -1;
    }
    for (a = list; a; a = a->ai_next) {
        fd = socket(a->ai_family, a->ai_socktype | SOCK_NONBLOCK, a->ai_protocol);
        if (fd < 0)
            continue;
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, 64) == 0)
            break;
        perror("bind");
        close(fd);
        fd = -1;
    }
    freeaddrinfo(list);
    return fd;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    int lst = open_port(argv[1], argv[2]);
    if (lst < 0)
        return 1;
    struct sigaction sa;
    memset(&sa, 0, sizeof sa);
    sa.sa_handler = on_stop;
    sigaction(SIGTERM, &sa, NULL);
    sigaction(SIGINT, &sa, NULL);
    while (!stop)
        one_round(lst);
    close(lst);
    return 0;
}
