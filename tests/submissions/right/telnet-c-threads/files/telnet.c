#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static int server;

static int copy(int from, int to)
{
    char bytes[8192];
    ssize_t count;
    while ((count = read(from, bytes, sizeof bytes)) > 0) {
        for (ssize_t done = 0; done < count;) {
            ssize_t written = write(to, bytes + done, (size_t)(count - done));
            if (written < 0)
                return -1;
            done += written;
        }
    }
    return (int)count;
}

static void *send_input(void *unused)
{
    if (copy(0, server) == 0)
        shutdown(server, SHUT_WR);
    return unused;
}

int main(int argc, char **argv)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *at;
    pthread_t thread;
    signal(SIGPIPE, SIG_IGN);
    if (argc != 3 || getaddrinfo(argv[1], argv[2], &hints, &at) != 0)
        return 2;
    server = socket(at->ai_family, SOCK_STREAM, 0);
    if (connect(server, at->ai_addr, at->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    pthread_create(&thread, NULL, send_input, NULL);
    return copy(server, 1) == 0 ? 0 : 1;
}
