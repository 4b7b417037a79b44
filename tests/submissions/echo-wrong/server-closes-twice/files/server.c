/* Echo server, epoll. Pemakaian: ./server HOST PORT */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define ROUND 64

struct client {
    int fd;
};

static int ep;
static struct client *gone[ROUND];
static int ngone;

static void join(int fd, int listener)
{
    struct client *c = malloc(sizeof *c);
    struct epoll_event ev = {.events = EPOLLIN, .data.ptr = c};
    c->fd = fd;
    if (listener)
        ev.data.ptr = NULL;
    epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ev);
}

/* putus: lepaskan dari epoll, hapus nanti di akhir putaran */
static void leave(struct client *c)
{
    epoll_ctl(ep, EPOLL_CTL_DEL, c->fd, NULL);
    close(c->fd);
    gone[ngone++] = c;
}

static void bury(void)
{
    while (ngone > 0) {
        struct client *c = gone[--ngone];
        close(c->fd);
        free(c);
    }
}

static void serve(struct client *c)
{
    char buf[16384];
    ssize_t n = recv(c->fd, buf, sizeof buf, 0);
    if (n < 0 && errno == EINTR)
        return;
    if (n <= 0) {
        leave(c);
        return;
    }
    for (ssize_t done = 0; done < n;) {
        ssize_t k = send(c->fd, buf + done, n - done, MSG_NOSIGNAL);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0) {
            leave(c);
            return;
        }
        done += k;
    }
}

int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    struct epoll_event evs[ROUND];
    int one = 1, s;

    if (argc < 3) {
        fprintf(stderr, "pemakaian: %s HOST PORT\n", argv[0]);
        return 1;
    }
    a.sin_port = htons(atoi(argv[2]));
    if (inet_pton(AF_INET, argv[1], &a.sin_addr) != 1) {
        fprintf(stderr, "alamat salah\n");
        return 1;
    }
    s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0 || listen(s, SOMAXCONN) < 0) {
        perror("bind/listen");
        return 1;
    }
    ep = epoll_create1(0);
    join(s, 1);
    for (;;) {
        int n = epoll_wait(ep, evs, ROUND, -1);
        for (int i = 0; i < n; i++) {
            if (evs[i].data.ptr)
                serve(evs[i].data.ptr);
            else {
                int c = accept(s, NULL, NULL);
                if (c >= 0)
                    join(c, 0);
            }
        }
        bury();
    }
}
