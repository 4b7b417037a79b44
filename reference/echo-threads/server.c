/* SPDX-License-Identifier: MIT
 * Echo server for many clients at once: one thread per client, so that nobody waits for anybody. All of
 * them share one process, and what ends it ends them all.
 *
 * server HOST PORT */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/stream.h"

static void *serve(void *argument)
{
    int client = *(int *)argument;
    char bytes[4096];
    free(argument);
    for (;;) {
        ssize_t received = receive(client, bytes, sizeof bytes);
        if (received <= 0)
            break; /* the client has ended its stream, or is gone */
        if (send_all(client, bytes, (size_t)received) < 0)
            break;
    }
    close(client);
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    int listener = listen_on(argv[1], argv[2]);
    for (;;) {
        int *client = malloc(sizeof *client); /* each thread gets a number of its own */
        pthread_t thread;
        if (!client)
            fail("malloc");
        *client = accept_client(listener);
        if (pthread_create(&thread, NULL, serve, client) != 0)
            fail("pthread_create");
        pthread_detach(thread);
    }
}
