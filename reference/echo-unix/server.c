/* SPDX-License-Identifier: MIT
 * Echo server over a local socket: sends every byte back, in order, until the client ends its stream. One
 * process per client, so that nobody waits for anybody.
 *
 * server PATH */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/local.h"
#include "common/stream.h"

static void serve(int client)
{
    char bytes[4096];
    for (;;) {
        ssize_t received = receive(client, bytes, sizeof bytes);
        if (received <= 0)
            break; /* the client has ended its stream, or is gone */
        if (send_all(client, bytes, (size_t)received) < 0)
            break;
    }
    close(client);
}

/* Takes the status of every child that has ended, so that none stays behind as a zombie. */
static void reap(int signal)
{
    (void)signal;
    int error = errno;
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
    errno = error;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s PATH\n", argv[0]);
        return 2;
    }
    /* SA_RESTART: an accept() that the signal interrupts is made again by the kernel. */
    struct sigaction action = {.sa_handler = reap, .sa_flags = SA_RESTART};
    sigaction(SIGCHLD, &action, NULL);
    int listener = listen_at(argv[1]);
    for (;;) {
        int client = accept_client(listener);
        pid_t child = fork();
        if (child == 0) {
            close(listener);
            serve(client);
            exit(0);
        }
        if (child < 0)
            perror("fork");
        close(client); /* the child has its own */
    }
}
