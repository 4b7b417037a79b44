/* SPDX-License-Identifier: MIT
 * Echo server for many clients at once, as server.c, with one thread that asks poll() who is ready. No call
 * of it ever waits for one client: what a client does not take yet is kept, and nothing more is read from it
 * until it has.
 *
 * server HOST PORT */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/stream.h"

enum { MOST_CLIENTS = 1000 };

struct client {
    char bytes[4096];
    size_t start, end; /* what has come from it and is not sent back yet */
};

static struct pollfd watched[MOST_CLIENTS + 1]; /* the listener, then the clients */
static struct client clients[MOST_CLIENTS + 1];
static size_t count = 1;

/* Whether a call that failed would have had to wait: there is nothing wrong with the connection. */
static int would_wait(void)
{
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

static void add(int fd)
{
    fcntl(fd, F_SETFL, O_NONBLOCK);
    watched[count] = (struct pollfd){.fd = fd, .events = POLLIN};
    clients[count] = (struct client){.end = 0};
    count++;
}

/* Receives from a client, or sends back what is left over. Returns 0 where it is gone. */
static int serve(struct pollfd *watch, struct client *client)
{
    if (client->start == client->end) {
        ssize_t received = recv(watch->fd, client->bytes, sizeof client->bytes, 0);
        if (received == 0 || (received < 0 && !would_wait()))
            return 0;
        client->start = 0;
        client->end = received > 0 ? (size_t)received : 0;
    }
    if (client->start < client->end) {
        ssize_t sent =
            send(watch->fd, client->bytes + client->start, client->end - client->start, 0);
        if (sent < 0 && !would_wait())
            return 0;
        client->start += sent > 0 ? (size_t)sent : 0;
    }
    watch->events = client->start < client->end ? POLLOUT : POLLIN;
    return 1;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    int listener = listen_on(argv[1], argv[2]);
    fcntl(listener, F_SETFL, O_NONBLOCK);
    watched[0] = (struct pollfd){.fd = listener};
    for (;;) {
        watched[0].events = count <= MOST_CLIENTS ? POLLIN : 0; /* the others wait in the backlog */
        if (poll(watched, count, -1) < 0)
            continue;
        for (size_t i = count;
             i-- > 1;) { /* from the last on: the last takes the place of one that goes */
            if (!watched[i].revents || serve(&watched[i], &clients[i]))
                continue;
            close(watched[i].fd);
            count--;
            watched[i] = watched[count];
            clients[i] = clients[count];
        }
        int client = watched[0].revents ? accept(listener, NULL, NULL) : -1;
        if (client >= 0)
            add(client);
    }
}
