#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MEMBERS 128

struct member {
    int fd;
    char *line, *queue; /* what it has said of a line; what it is still to be sent */
    size_t said, queued;
};

static struct member members[MEMBERS];
static int count;

static void append(char **to, size_t *length, const char *data, size_t n)
{
    *to = realloc(*to, *length + n);
    memcpy(*to + *length, data, n);
    *length += n;
}

static void pass_on(int from, const char *line, size_t n)
{
    for (int i = 0; i < count; i++)
        if (i != from)
            append(&members[i].queue, &members[i].queued, line, n);
}

static int hear(int who)
{
    char room[2048], *end;
    struct member *m = &members[who];
    ssize_t n = recv(m->fd, room, sizeof room, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return 1;
    if (n <= 0)
        return 0;
    append(&m->line, &m->said, room, n);
    while (m->said && (end = memchr(m->line, '\n', m->said))) {
        size_t length = end - m->line + 1;
        pass_on(who, m->line, length);
        m->said -= length;
        memmove(m->line, m->line + length, m->said);
    }
    return 1;
}

static int tell(int who)
{
    struct member *m = &members[who];
    if (m->queued == 0)
        return 1;
    ssize_t n = send(m->fd, m->queue, m->queued, MSG_NOSIGNAL);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    m->queued -= n;
    memmove(m->queue, m->queue + n, m->queued);
    return 1;
}

static void part(int who)
{
    close(members[who].fd);
    free(members[who].line);
    free(members[who].queue);
    members[who] = members[--count];
}

int main(int argc, char **argv)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *at;
    int on = 1;
    if (argc != 3 || getaddrinfo(argv[1], argv[2], &hints, &at) != 0) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    int door = socket(at->ai_family, at->ai_socktype, 0);
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(door, at->ai_addr, at->ai_addrlen) < 0 || listen(door, MEMBERS) < 0) {
        perror(argv[2]);
        return 1;
    }
    fcntl(door, F_SETFL, O_NONBLOCK);
    for (;;) {
        struct pollfd fds[MEMBERS + 1];
        for (int i = 0; i < count; i++)
            fds[i] = (struct pollfd){.fd = members[i].fd, .events = POLLIN | POLLOUT};
        fds[count] = (struct pollfd){.fd = door, .events = POLLIN};
        int polled = count;
        if (poll(fds, polled + 1, -1) < 0)
            continue;
        int fd = fds[polled].revents && count < MEMBERS ? accept(door, NULL, NULL) : -1;
        for (int i = polled - 1; i >= 0; i--) {
            int stays = 1;
            if (fds[i].revents & (POLLIN | POLLHUP | POLLERR))
                stays = hear(i);
            if (stays && fds[i].revents & POLLOUT)
                stays = tell(i);
            if (!stays)
                part(i);
        }
        if (fd >= 0) {
            fcntl(fd, F_SETFL, O_NONBLOCK);
            members[count++] = (struct member){.fd = fd};
        }
    }
}
