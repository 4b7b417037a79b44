#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int send_all(int fd, const char *from, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t n = send(fd, from + done, length - done, MSG_NOSIGNAL);
        if (n < 0)
            return -1;
        done += n;
    }
    return 0;
}

static void *serve(void *arg)
{
    int fd = (int)(long)arg;
    char line[4096];
    ssize_t n;
    while ((n = recv(fd, line, sizeof line - 1, 0)) > 0) {
        line[n] = 0;
        if (send_all(fd, line, strlen(line) + 1) < 0)
            break;
    }
    close(fd);
    return NULL;
}

int main(int argc, char **argv)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *at;
    if (argc != 3 || getaddrinfo(argv[1], argv[2], &hints, &at))
        return 1;
    int on = 1, fd = socket(at->ai_family, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, at->ai_addr, at->ai_addrlen) < 0 || listen(fd, 64) < 0)
        return 1;
    for (;;) {
        pthread_t thread;
        long client = accept(fd, NULL, NULL);
        if (client < 0)
            continue;
        if (pthread_create(&thread, NULL, serve, (void *)client) == 0)
            pthread_detach(thread);
        else
            close(client);
    }
}
