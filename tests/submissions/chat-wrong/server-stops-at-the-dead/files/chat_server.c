/*
 * A small chat room.  Everything happens in one select() loop; what a member
 * does not take at once waits in its outbox.
 */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_MEMBERS 1000

struct store {
    char *data;
    size_t start, end, size;
};

struct member {
    int fd;
    int gone;               /* to be removed at the end of the round */
    time_t leaving;         /* has ended its side: only the outbox is left */
    struct store inbox;     /* a line that is not whole yet */
    struct store outbox;
};

static struct member *room[MAX_MEMBERS];
static int members;
static int door;

static int store_put(struct store *s, const char *data, size_t n)
{
    if (s->start == s->end)
        s->start = s->end = 0;
    if (s->size - s->end < n && s->start > 0) {
        memmove(s->data, s->data + s->start, s->end - s->start);
        s->end -= s->start;
        s->start = 0;
    }
    if (s->size - s->end < n) {
        size_t size = s->size ? s->size : 4096;
        while (size - s->end < n)
            size *= 2;
        char *bigger = realloc(s->data, size);
        if (bigger == NULL)
            return -1;
        s->data = bigger;
        s->size = size;
    }
    memcpy(s->data + s->end, data, n);
    s->end += n;
    return 0;
}

static void nonblocking(int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

static int flush(struct member *m)
{
    while (m->outbox.start < m->outbox.end) {
        ssize_t n = send(m->fd, m->outbox.data + m->outbox.start,
                         m->outbox.end - m->outbox.start, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno == EINTR)
                continue;
            return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -1;
        }
        m->outbox.start += (size_t)n;
    }
    return 0;
}

static int tell(struct member *m, const char *text, size_t n)
{
    if (store_put(&m->outbox, text, n) < 0 || flush(m) < 0) {
        m->gone = 1;
        return -1;
    }
    return 0;
}

static int broadcast(struct member *from, const char *text, size_t n)
{
    for (int i = 0; i < members; i++) {
        struct member *m = room[i];
        if (m == from || m->gone || m->leaving)
            continue;
        if (tell(m, text, n) < 0)
            return -1;
    }
    return 0;
}

static void let_in(void)
{
    for (;;) {
        int fd = accept(door, NULL, NULL);
        if (fd < 0) {
            if (errno == EINTR || errno == ECONNABORTED)
                continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK) {
                perror("accept");
                usleep(20000);
            }
            return;
        }
        struct member *m = NULL;
        if (fd >= FD_SETSIZE || members == MAX_MEMBERS
            || (m = calloc(1, sizeof *m)) == NULL) {
            fprintf(stderr, "the room is full\n");
            close(fd);
            continue;
        }
        nonblocking(fd);
        m->fd = fd;
        room[members++] = m;
    }
}

static void hear(struct member *m)
{
    static char piece[32768];
    ssize_t n = recv(m->fd, piece, sizeof piece, 0);

    if (n < 0) {
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
            m->gone = 1;
        return;
    }
    if (n == 0) {
        m->leaving = time(NULL);
        return;
    }
    let_in();
    char *at = piece, *stop = piece + n, *nl;
    while ((nl = memchr(at, '\n', (size_t)(stop - at))) != NULL) {
        if (store_put(&m->inbox, at, (size_t)(nl + 1 - at)) < 0) {
            m->gone = 1;
            return;
        }
        broadcast(m, m->inbox.data + m->inbox.start, m->inbox.end - m->inbox.start);
        m->inbox.start = m->inbox.end = 0;
        at = nl + 1;
    }
    if (at < stop && store_put(&m->inbox, at, (size_t)(stop - at)) < 0)
        m->gone = 1;
}

static void sweep(void)
{
    int kept = 0;
    time_t now = time(NULL);

    for (int i = 0; i < members; i++) {
        struct member *m = room[i];
        if (m->leaving && (m->outbox.start == m->outbox.end || now - m->leaving > 1))
            m->gone = 1;
        if (!m->gone) {
            room[kept++] = m;
            continue;
        }
        close(m->fd);
        free(m->inbox.data);
        free(m->outbox.data);
        free(m);
    }
    members = kept;
}

static int open_door(const char *host, const char *port)
{
    struct addrinfo hints, *info;
    int on = 1, fd, rc;

    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    if ((rc = getaddrinfo(host, port, &hints, &info)) != 0) {
        fprintf(stderr, "%s %s: %s\n", host, port, gai_strerror(rc));
        exit(1);
    }
    fd = socket(info->ai_family, info->ai_socktype, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0
        || bind(fd, info->ai_addr, info->ai_addrlen) < 0 || listen(fd, 128) < 0) {
        perror("cannot open the door");
        exit(1);
    }
    freeaddrinfo(info);
    nonblocking(fd);
    return fd;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    door = open_door(argv[1], argv[2]);

    for (;;) {
        fd_set in, out;
        int top = door, waiting = 0;

        FD_ZERO(&in);
        FD_ZERO(&out);
        FD_SET(door, &in);
        for (int i = 0; i < members; i++) {
            struct member *m = room[i];
            if (!m->leaving)
                FD_SET(m->fd, &in);
            else
                waiting = 1;
            if (m->outbox.start < m->outbox.end)
                FD_SET(m->fd, &out);
            if (m->fd > top)
                top = m->fd;
        }
        struct timeval tick = { 0, 300000 };
        if (select(top + 1, &in, &out, NULL, waiting ? &tick : NULL) < 0) {
            if (errno == EINTR)
                continue;
            perror("select");
            return 1;
        }
        if (FD_ISSET(door, &in))
            let_in();
        int present = members;
        for (int i = 0; i < present; i++) {
            struct member *m = room[i];
            if (!m->gone && FD_ISSET(m->fd, &out) && flush(m) < 0)
                m->gone = 1;
            if (!m->gone && !m->leaving && FD_ISSET(m->fd, &in))
                hear(m);
        }
        sweep();
    }
}
