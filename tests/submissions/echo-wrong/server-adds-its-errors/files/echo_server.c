#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void *echo(void *arg)
{
    int client = (int)(intptr_t)arg;
    char data[8192];
    for (;;) {
        ssize_t count = recv(client, data, sizeof data, 0);
        if (count <= 0)
            break;
        ssize_t done = 0;
        while (done < count)
            done += send(client, data + done, count - done, 0);
    }
    close(client);
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s host port\n", argv[0]);
        return EXIT_FAILURE;
    }
    signal(SIGPIPE, SIG_IGN);
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *where;
    if (getaddrinfo(argv[1], argv[2], &hints, &where) != 0)
        return EXIT_FAILURE;
    int server = socket(where->ai_family, SOCK_STREAM, 0);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    if (bind(server, where->ai_addr, where->ai_addrlen) != 0 || listen(server, 100) != 0) {
        perror(argv[0]);
        return EXIT_FAILURE;
    }
    for (;;) {
        int client = accept(server, NULL, NULL);
        pthread_t thread;
        if (client < 0)
            continue;
        if (pthread_create(&thread, NULL, echo, (void *)(intptr_t)client) == 0)
            pthread_detach(thread);
        else
            close(client);
    }
}
