#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 1500

static void on_child(int sig)
{
    int saved = errno;
    (void)sig;
    waitpid(-1, NULL, WNOHANG);
    errno = saved;
}

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

static void serve(int conn)
{
    char greeting[128], rubbish[4096];
    size_t len, done = 0;
    long end;

    len = (size_t)snprintf(greeting, sizeof greeting,
                           "Greetings from process %ld!\nHave a nice day.\n", (long)getpid());
    while (done < len) {
        ssize_t n = send(conn, greeting + done, len - done, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return;
        done += (size_t)n;
    }
    shutdown(conn, SHUT_WR);

    end = now_ms() + PATIENCE_MS;
    for (;;) {
        struct pollfd p = { .fd = conn, .events = POLLIN };
        long left = end - now_ms();
        if (left <= 0)
            return;
        int r = poll(&p, 1, (int)left);
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0)
            return;
        ssize_t n = recv(conn, rubbish, sizeof rubbish, 0);
        if (n == 0 || (n < 0 && errno != EINTR))
            return;
    }
}

int main(int argc, char **argv)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE }, *ai;
    struct sigaction sa;
    int rc, yes = 1;

    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        exit(2);
    }
    if ((rc = getaddrinfo(argv[1], argv[2], &hints, &ai)) != 0) {
        fprintf(stderr, "getaddrinfo: %s\n", gai_strerror(rc));
        exit(1);
    }
    int ls = socket(ai->ai_family, ai->ai_socktype, ai->ai_protocol);
    if (ls < 0) {
        perror("socket");
        exit(1);
    }
    if (setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0
        || bind(ls, ai->ai_addr, ai->ai_addrlen) < 0 || listen(ls, SOMAXCONN) < 0) {
        perror("listen");
        exit(1);
    }
    freeaddrinfo(ai);

    memset(&sa, 0, sizeof sa);
    sa.sa_handler = on_child;
    sigemptyset(&sa.sa_mask);
    sa.sa_flags = SA_RESTART | SA_NOCLDSTOP;
    sigaction(SIGCHLD, &sa, NULL);

    for (;;) {
        int conn = accept(ls, NULL, NULL);
        if (conn < 0) {
            if (errno != EINTR) {
                perror("accept");
                usleep(50000);
            }
            continue;
        }
        pid_t pid = fork();
        if (pid == 0) {
            close(ls);
            serve(conn);
            close(conn);
            _exit(0);
        }
        if (pid < 0)
            perror("fork");
        close(conn);
    }
}
