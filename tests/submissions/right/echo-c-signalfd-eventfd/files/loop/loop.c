#define _GNU_SOURCE
#include "loop.h"
#include <errno.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <unistd.h>

static int ep = -1;
static int running = 1;
static struct watch *graveyard;

int loop_init(void)
{
    ep = epoll_create1(EPOLL_CLOEXEC);
    return ep < 0 ? -1 : 0;
}

int loop_add(struct watch *w, int fd, uint32_t mask, watch_cb cb)
{
    struct epoll_event ev = { .events = mask, .data.ptr = w };
    w->fd = fd;
    w->mask = mask;
    w->cb = cb;
    w->dead = 0;
    w->next_dead = NULL;
    return epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev);
}

void loop_mask(struct watch *w, uint32_t mask)
{
    struct epoll_event ev = { .events = mask, .data.ptr = w };
    if (w->mask == mask)
        return;
    w->mask = mask;
    epoll_ctl(ep, EPOLL_CTL_MOD, w->fd, &ev);
}

void loop_drop(struct watch *w)
{
    if (w->dead)
        return;
    w->dead = 1;
    epoll_ctl(ep, EPOLL_CTL_DEL, w->fd, NULL);
    close(w->fd);
    w->next_dead = graveyard;
    graveyard = w;
}

void loop_stop(void)
{
    running = 0;
}

int loop_run(void (*release)(struct watch *w))
{
    struct epoll_event evs[64];
    while (running) {
        int n = epoll_wait(ep, evs, 64, -1);
        if (n < 0) {
            if (errno == EINTR)
                continue;
            perror("epoll_wait");
            return -1;
        }
        for (int i = 0; i < n; i++) {
            struct watch *w = evs[i].data.ptr;
            if (!w->dead)
                w->cb(w, evs[i].events);
        }
        while (graveyard) {
            struct watch *w = graveyard;
            graveyard = w->next_dead;
            release(w);
        }
    }
    return 0;
}
