/* An echo server with a thread for each client. */
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void *serve(void *argument)
{
    int client = (int)(intptr_t)argument;
    char buffer[2048];
    ssize_t received;
    while ((received = recv(client, buffer, sizeof buffer, 0)) > 0) {
        ssize_t sent = 0;
        while (sent < received) {
            ssize_t n = send(client, buffer + sent, (size_t)(received - sent), 0);
            if (n < 0)
                break;
            sent += n;
        }
        if (sent < received)
            break;
    }
    close(client);
    return NULL;
}

int main(int argc, char **argv)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *address;
    if (argc != 3 || getaddrinfo(argv[1], argv[2], &hints, &address) != 0) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(address->ai_family, address->ai_socktype, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, address->ai_addr, address->ai_addrlen) < 0 || listen(listener, 64) < 0) {
        perror("listen");
        return 1;
    }
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client < 0)
            continue;
        pthread_t thread;
        if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)client) != 0)
            close(client);
        else
            pthread_detach(thread);
    }
}
