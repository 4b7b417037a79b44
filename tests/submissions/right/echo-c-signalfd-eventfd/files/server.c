#define _GNU_SOURCE
#include "loop/loop.h"
#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define CAP 32768

struct peer {
    struct watch w;
    size_t head, tail;
    int ended;
    char buf[CAP];
};

struct handed {
    int fd;
    struct handed *next;
};

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static struct handed *inbox;
static int bell = -1;
static unsigned long seen, seen_last;

static void peer_event(struct watch *w, uint32_t ev)
{
    struct peer *p = (struct peer *)w;
    (void)ev;
    for (int spin = 0; spin < 16; spin++) {
        int progress = 0;
        if (p->head == p->tail)
            p->head = p->tail = 0;
        if (!p->ended && p->tail < CAP) {
            ssize_t n = read(w->fd, p->buf + p->tail, CAP - p->tail);
            if (n > 0) {
                p->tail += (size_t)n;
                progress = 1;
            } else if (n == 0) {
                p->ended = 1;
            } else if (errno != EAGAIN && errno != EINTR) {
                loop_drop(w);
                return;
            }
        }
        if (p->head < p->tail) {
            ssize_t n = write(w->fd, p->buf + p->head, p->tail - p->head);
            if (n > 0) {
                p->head += (size_t)n;
                progress = 1;
            } else if (n < 0 && errno != EAGAIN && errno != EINTR) {
                loop_drop(w);
                return;
            }
        }
        if (p->ended && p->head == p->tail) {
            loop_drop(w);
            return;
        }
        if (!progress)
            break;
    }
    if (p->head == p->tail)
        p->head = p->tail = 0;
    uint32_t want = 0;
    if (!p->ended && p->tail < CAP)
        want |= EPOLLIN;
    if (p->head < p->tail)
        want |= EPOLLOUT;
    loop_mask(w, want);
}

static void bell_event(struct watch *w, uint32_t ev)
{
    uint64_t count;
    (void)ev;
    if (read(w->fd, &count, sizeof count) < 0 && errno != EAGAIN && errno != EINTR)
        perror("eventfd");
    pthread_mutex_lock(&guard);
    struct handed *list = inbox;
    inbox = NULL;
    pthread_mutex_unlock(&guard);
    while (list) {
        struct handed *h = list;
        list = h->next;
        struct peer *p = malloc(sizeof *p);
        if (p) {
            p->head = p->tail = 0;
            p->ended = 0;
        }
        if (!p || loop_add(&p->w, h->fd, EPOLLIN, peer_event) < 0) {
            free(p);
            close(h->fd);
        } else {
            seen++;
        }
        free(h);
    }
}

static void tick_event(struct watch *w, uint32_t ev)
{
    uint64_t count;
    (void)ev;
    if (read(w->fd, &count, sizeof count) < 0)
        return;
    if (seen != seen_last)
        fprintf(stderr, "[tick] %lu clients so far\n", seen);
    seen_last = seen;
}

static void signal_event(struct watch *w, uint32_t ev)
{
    struct signalfd_siginfo si;
    (void)ev;
    if (read(w->fd, &si, sizeof si) == (ssize_t)sizeof si) {
        fprintf(stderr, "signal %u, bye\n", si.ssi_signo);
        loop_stop();
    }
}

static void release(struct watch *w)
{
    if (w->cb == peer_event)
        free(w);
}

static void *acceptor(void *arg)
{
    int lst = *(int *)arg;
    for (;;) {
        int fd = accept4(lst, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            if (errno != EINTR && errno != ECONNABORTED) {
                struct timespec nap = { 0, 50000000 };
                nanosleep(&nap, NULL);
            }
            continue;
        }
        struct handed *h = malloc(sizeof *h);
        if (!h) {
            close(fd);
            continue;
        }
        h->fd = fd;
        pthread_mutex_lock(&guard);
        struct handed **end = &inbox;
        while (*end)
            end = &(*end)->next;
        h->next = NULL;
        *end = h;
        pthread_mutex_unlock(&guard);
        uint64_t one = 1;
        while (write(bell, &one, sizeof one) < 0 && errno == EINTR)
            ;
    }
    return NULL;
}

static int listen_on(const char *host, const char *port)
{
    struct addrinfo hint = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE }, *ai, *a;
    int rc = getaddrinfo(host, port, &hint, &ai), fd = -1, on = 1;
    if (rc) {
        fprintf(stderr, "%s:%s: %s\n", host, port, gai_strerror(rc));
        return -1;
    }
    for (a = ai; a; a = a->ai_next) {
        fd = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC, a->ai_protocol);
        if (fd < 0)
            continue;
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, 256) == 0)
            break;
        perror("bind");
        close(fd);
        fd = -1;
    }
    freeaddrinfo(ai);
    return fd;
}

int main(int argc, char **argv)
{
    static struct watch w_bell, w_tick, w_sig;
    static int lst;
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, NULL);

    if (loop_init() < 0) {
        perror("epoll_create1");
        return 1;
    }
    lst = listen_on(argv[1], argv[2]);
    if (lst < 0)
        return 1;

    bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    int tick = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    int sig = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    struct itimerspec every = { { 1, 0 }, { 1, 0 } };
    if (bell < 0 || tick < 0 || sig < 0 || timerfd_settime(tick, 0, &every, NULL) < 0) {
        perror("descriptors");
        return 1;
    }
    if (loop_add(&w_bell, bell, EPOLLIN, bell_event) < 0 ||
        loop_add(&w_tick, tick, EPOLLIN, tick_event) < 0 ||
        loop_add(&w_sig, sig, EPOLLIN, signal_event) < 0) {
        perror("epoll_ctl");
        return 1;
    }
    pthread_t t;
    int rc = pthread_create(&t, NULL, acceptor, &lst);
    if (rc) {
        fprintf(stderr, "pthread_create: %s\n", strerror(rc));
        return 1;
    }
    return loop_run(release) < 0 ? 1 : 0;
}
