#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct reader {
    int fd;
    char bytes[4096];
    ssize_t length;
};

/* the first byte, or -1 at the end of the stream */
static int fill(struct reader *reader)
{
    reader->length = recv(reader->fd, reader->bytes, sizeof reader->bytes, 0);
    if (reader->length <= 0)
        return -1;
    return reader->bytes[0];
}

static int write_all(int fd, const char *bytes, ssize_t length)
{
    while (length > 0) {
        ssize_t sent = send(fd, bytes, (size_t)length, MSG_NOSIGNAL);
        if (sent < 0)
            return -1;
        bytes += sent;
        length -= sent;
    }
    return 0;
}

static void *serve(void *argument)
{
    struct reader *reader = argument;
    while (fill(reader) != -1) {
        if (write_all(reader->fd, reader->bytes, reader->length) < 0)
            break;
    }
    close(reader->fd);
    free(reader);
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *found;
    if (getaddrinfo(argv[1], argv[2], &hints, &found) != 0)
        return 1;
    int on = 1, listener = socket(found->ai_family, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, found->ai_addr, found->ai_addrlen) < 0 || listen(listener, 64) < 0) {
        perror("server");
        return 1;
    }
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client < 0)
            continue;
        struct reader *reader = malloc(sizeof *reader);
        reader->fd = client;
        pthread_t thread;
        pthread_create(&thread, NULL, serve, reader);
        pthread_detach(thread);
    }
}
