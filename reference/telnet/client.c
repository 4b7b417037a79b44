/* SPDX-License-Identifier: MIT
 * Telnet without a protocol: what stands on standard input goes to the server, and what the server sends to
 * standard output, byte by byte and both at once. Two processes, one for each direction: neither has to wait
 * for the other.
 *
 * client HOST PORT */
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/stream.h"

/* Standard input to the server. Its end is the end of our stream; we still want what the server sends. */
static void send_input(int server)
{
    char bytes[4096];
    ssize_t count;
    while ((count = read(STDIN_FILENO, bytes, sizeof bytes)) > 0) {
        if (send_all(server, bytes, (size_t)count) < 0)
            return; /* whoever receives learns that the server is gone */
    }
    shutdown(server, SHUT_WR);
}

static void print_answer(int server)
{
    char bytes[4096];
    ssize_t count;
    while ((count = receive(server, bytes, sizeof bytes)) > 0)
        print_all(bytes, (size_t)count);
    if (count < 0)
        fail("recv");
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    int server = connect_to(argv[1], argv[2]);
    pid_t sender = fork();
    if (sender < 0)
        fail("fork");
    if (sender == 0) {
        send_input(server);
        _exit(0);
    }
    print_answer(server);
    kill(sender, SIGKILL); /* the server has said all: nobody wants the rest of the input */
    waitpid(sender, NULL, 0);
    return 0;
}
