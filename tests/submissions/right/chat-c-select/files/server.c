#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#define LINE  131072
#define QUEUE 524288

struct member {
    char line[LINE];
    size_t line_length;
    char queue[QUEUE];
    size_t queued;
};

static struct member *members[FD_SETSIZE];

static void leave(int fd)
{
    close(fd);
    free(members[fd]);
    members[fd] = NULL;
}

static void tell(int from, const char *line, size_t length)
{
    for (int fd = 0; fd < FD_SETSIZE; fd++) {
        struct member *member = members[fd];
        if (!member || fd == from || member->queued + length > QUEUE)
            continue;
        memcpy(member->queue + member->queued, line, length);
        member->queued += length;
    }
}

static int hear(int fd)
{
    struct member *me = members[fd];
    ssize_t count = recv(fd, me->line + me->line_length, LINE - me->line_length, 0);
    char *end;
    if (count <= 0)
        return -1;
    me->line_length += (size_t)count;
    while ((end = memchr(me->line, '\n', me->line_length))) {
        size_t length = (size_t)(end - me->line) + 1;
        tell(fd, me->line, length);
        memmove(me->line, end + 1, me->line_length - length);
        me->line_length -= length;
    }
    return me->line_length == LINE ? -1 : 0;
}

static int send_some(int fd)
{
    struct member *me = members[fd];
    ssize_t count = send(fd, me->queue, me->queued, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0)
        return errno == EAGAIN ? 0 : -1;
    memmove(me->queue, me->queue + count, me->queued - (size_t)count);
    me->queued -= (size_t)count;
    return 0;
}

int main(int argc, char **argv)
{
    int on = 1;
    if (argc != 3)
        return 2;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[2]))};
    inet_pton(AF_INET, argv[1], &at.sin_addr);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, 100) < 0) {
        perror("listen");
        return 1;
    }
    for (;;) {
        fd_set in, out;
        FD_ZERO(&in);
        FD_ZERO(&out);
        FD_SET(listener, &in);
        for (int fd = 0; fd < FD_SETSIZE; fd++) {
            if (members[fd])
                FD_SET(fd, &in);
            if (members[fd] && members[fd]->queued)
                FD_SET(fd, &out);
        }
        if (select(FD_SETSIZE, &in, &out, NULL, NULL) < 0)
            continue;
        for (int fd = 0; fd < FD_SETSIZE; fd++) {
            if (members[fd] && FD_ISSET(fd, &out) && send_some(fd) < 0)
                leave(fd);
            if (members[fd] && FD_ISSET(fd, &in) && hear(fd) < 0)
                leave(fd);
        }
        if (FD_ISSET(listener, &in)) {
            int fd = accept(listener, NULL, NULL);
            if (fd >= 0)
                members[fd] = calloc(1, sizeof *members[fd]);
        }
    }
}
