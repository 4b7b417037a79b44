/* SPDX-License-Identifier: MIT
 * Chat server: every line from a client goes to all other clients. One process that asks poll() where something
 * can be done, so that nobody waits for anybody.
 *
 * server HOST PORT */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/stream.h"

enum { MOST_CLIENTS = 1000, MOST_UNSENT = 1 << 20, LONGEST_LINE = 1 << 20 };

/* Bytes in their order, of which the first `start` are done with. */
struct queue {
    char *bytes;
    size_t start, end, size;
};

static struct client {
    struct queue in;  /* what it has sent of a line whose end has not come */
    struct queue out; /* lines of others that it has not taken yet */
} clients[MOST_CLIENTS];

/* The listener comes first; of place i >= 1 the client is clients[i]. */
static struct pollfd places[MOST_CLIENTS];
static size_t count = 1;

static void add(struct queue *queue, const char *bytes, size_t length)
{
    if (queue->start > 0) {
        memmove(queue->bytes, queue->bytes + queue->start, queue->end - queue->start);
        queue->end -= queue->start;
        queue->start = 0;
    }
    if (queue->size - queue->end < length) {
        queue->size = queue->end + length + 4096;
        queue->bytes = realloc(queue->bytes, queue->size);
        if (!queue->bytes)
            fail("realloc");
    }
    memcpy(queue->bytes + queue->end, bytes, length);
    queue->end += length;
}

static size_t length_of(const struct queue *queue)
{
    return queue->end - queue->start;
}

static void accept_one(int listener)
{
    int fd = accept(listener, NULL, NULL);
    if (fd < 0)
        return;
    if (count == MOST_CLIENTS) {
        close(fd);
        return;
    }
    fcntl(fd, F_SETFL, O_NONBLOCK);
    clients[count] = (struct client){0};
    places[count++] = (struct pollfd){.fd = fd, .events = POLLIN};
}

/* The last one takes the place of one that leaves. */
static void drop(size_t i)
{
    close(places[i].fd);
    free(clients[i].in.bytes);
    free(clients[i].out.bytes);
    places[i] = places[--count];
    clients[i] = clients[count];
}

/* To all others. One that does not read must not cost memory without an end: it misses the line. */
static void say(size_t from, const char *line, size_t length)
{
    for (size_t i = 1; i < count; i++) {
        if (i != from && length_of(&clients[i].out) + length <= MOST_UNSENT)
            add(&clients[i].out, line, length);
    }
}

/* Passes on the lines that have come to their end. */
static void say_lines(size_t from)
{
    struct queue *in = &clients[from].in;
    char *line = in->bytes + in->start, *end;
    while ((end = memchr(line, '\n', length_of(in)))) {
        size_t length = (size_t)(end - line) + 1;
        say(from, line, length);
        in->start += length;
        line += length;
    }
}

/* Returns -1 where the client is to be dropped. */
static int hear(size_t i)
{
    char bytes[4096];
    ssize_t received = recv(places[i].fd, bytes, sizeof bytes, 0);
    if (received < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    if (received <= 0 || length_of(&clients[i].in) > LONGEST_LINE)
        return -1;
    add(&clients[i].in, bytes, (size_t)received);
    say_lines(i);
    return 0;
}

static int send_some(size_t i)
{
    struct queue *out = &clients[i].out;
    ssize_t sent = send(places[i].fd, out->bytes + out->start, length_of(out), 0);
    if (sent < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : -1;
    out->start += (size_t)sent;
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    places[0] = (struct pollfd){.fd = listen_on(argv[1], argv[2]), .events = POLLIN};
    for (;;) {
        for (size_t i = 1; i < count; i++)
            places[i].events = length_of(&clients[i].out) ? POLLIN | POLLOUT : POLLIN;
        if (poll(places, count, -1) < 0)
            continue;
        /* From the last to the first: whoever takes the place of one that leaves has had its turn. */
        for (size_t i = count - 1; i >= 1; i--) {
            short events = places[i].revents;
            int gone = events & ~POLLOUT ? hear(i) : 0;
            if (!gone && events & POLLOUT)
                gone = send_some(i);
            if (gone)
                drop(i);
        }
        if (places[0].revents)
            accept_one(places[0].fd);
    }
}
