#define _GNU_SOURCE
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { READ_SIZE = 2048, EVENTS = 64 };

struct buf {
    char *p;
    size_t len, cap;
};

struct conn {
    int fd;
    int dead;
    int eof;
    time_t eof_at;
    struct buf in;
    struct buf out;
    struct conn *prev, *next;
};

static struct conn list = { .prev = &list, .next = &list };
static int ep, lsock;

static int buf_add(struct buf *b, const void *data, size_t n)
{
    if (b->cap - b->len < n) {
        size_t cap = b->cap ? b->cap : 1024;
        while (cap - b->len < n)
            cap *= 2;
        char *q = realloc(b->p, cap);
        if (!q)
            return -1;
        b->p = q;
        b->cap = cap;
    }
    memcpy(b->p + b->len, data, n);
    b->len += n;
    return 0;
}

static void buf_drop(struct buf *b, size_t n)
{
    b->len -= n;
    memmove(b->p, b->p + n, b->len);
}

static void do_write(struct conn *c)
{
    size_t sent = 0;
    while (sent < c->out.len) {
        ssize_t n = send(c->fd, c->out.p + sent, c->out.len - sent, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno == EINTR)
                continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK)
                c->dead = 1;
            break;
        }
        sent += n;
    }
    if (sent)
        buf_drop(&c->out, sent);
}

static void do_accept(void)
{
    int fd;
    while ((fd = accept4(lsock, NULL, NULL, SOCK_NONBLOCK)) >= 0 || errno == EINTR || errno == ECONNABORTED) {
        if (fd < 0)
            continue;
        struct conn *c = calloc(1, sizeof *c);
        struct epoll_event ev = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c };
        if (!c || epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev) < 0) {
            free(c);
            close(fd);
            continue;
        }
        c->fd = fd;
        c->prev = list.prev;
        c->next = &list;
        list.prev->next = c;
        list.prev = c;
    }
    if (errno != EAGAIN && errno != EWOULDBLOCK) {
        perror("accept");
        usleep(20000);
    }
}

static void publish(struct conn *from, const char *line, size_t n)
{
    for (struct conn *c = list.next; c != &list; c = c->next) {
        if (c == from || c->dead || c->eof)
            continue;
        if (buf_add(&c->out, line, n) < 0)
            c->dead = 1;
    }
}

static void do_read(struct conn *c)
{
    char tmp[READ_SIZE];
    ssize_t n;

    do
        n = recv(c->fd, tmp, sizeof tmp, 0);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        if (errno != EAGAIN && errno != EWOULDBLOCK)
            c->dead = 1;
        return;
    }
    if (n == 0) {
        c->eof = 1;
        c->eof_at = time(NULL);
        return;
    }
    do_accept();
    size_t scanned = c->in.len;
    if (buf_add(&c->in, tmp, n) < 0) {
        c->dead = 1;
        return;
    }
    size_t begin = 0;
    for (size_t i = scanned; i < c->in.len; i++) {
        if (c->in.p[i] == '\n') {
            publish(c, c->in.p + begin, i + 1 - begin);
            begin = i + 1;
        }
    }
    if (begin)
        buf_drop(&c->in, begin);
}

static int tidy(void)
{
    int wait = -1;
    struct conn *c = list.next;
    while (c != &list) {
        struct conn *next = c->next;
        if (c->out.len && !c->dead)
            do_write(c);
        if (c->eof && (c->out.len == 0 || time(NULL) - c->eof_at >= 2))
            c->dead = 1;
        if (c->dead) {
            c->prev->next = c->next;
            c->next->prev = c->prev;
            close(c->fd);
            free(c->in.p);
            free(c->out.p);
            free(c);
        } else if (c->eof) {
            wait = 200;
        }
        c = next;
    }
    return wait;
}

int main(int argc, char **argv)
{
    struct addrinfo hints = { 0 }, *r;
    struct epoll_event evs[EVENTS], ev = { .events = EPOLLIN, .data.ptr = NULL };
    int rc, yes = 1, wait = -1;

    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    rc = getaddrinfo(argv[1], argv[2], &hints, &r);
    if (rc) {
        fprintf(stderr, "%s\n", gai_strerror(rc));
        return 1;
    }
    lsock = socket(r->ai_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (lsock < 0 || setsockopt(lsock, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes)
        || bind(lsock, r->ai_addr, r->ai_addrlen) || listen(lsock, 256)) {
        perror("listen");
        return 1;
    }
    freeaddrinfo(r);
    ep = epoll_create1(0);
    if (ep < 0 || epoll_ctl(ep, EPOLL_CTL_ADD, lsock, &ev)) {
        perror("epoll");
        return 1;
    }
    for (;;) {
        int n = epoll_wait(ep, evs, EVENTS, wait);
        if (n < 0) {
            if (errno == EINTR)
                continue;
            perror("epoll_wait");
            return 1;
        }
        for (int i = 0; i < n; i++) {
            struct conn *c = evs[i].data.ptr;
            if (!c)
                do_accept();
            else if (!c->dead && !c->eof && (evs[i].events & (EPOLLIN | EPOLLERR | EPOLLHUP)))
                do_read(c);
        }
        wait = tidy();
    }
}
