/* echo-dot server with a little statistics display once per second */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <signal.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/time.h>
#include <sys/socket.h>

static volatile sig_atomic_t tick = 0;
static unsigned long clients, bytes_in;

static void on_alarm(int sig) { (void)sig; tick = 1; }

static void stats(void)
{
    static unsigned long last = 0;
    if (tick && last != bytes_in) {
        printf("clients %lu, bytes %lu\n", clients, bytes_in);
        fflush(stdout);
        last = bytes_in;
    }
    tick = 0;
}

static int send_all(int fd, const char *b, size_t n)
{
    size_t k = 0;
    while (k < n) {
        ssize_t r = send(fd, b + k, n - k, MSG_NOSIGNAL);
        if (r == -1) {
            if (errno == EINTR) { stats(); continue; }
            return -1;
        }
        k += r;
    }
    return 0;
}

static void serve(int fd)
{
    size_t cap = 2048, len = 0;
    char *msg = malloc(cap), *dot = NULL, trash[2048];
    int rounds = 0;

    while (msg && !dot) {
        ssize_t r;
        if (len == cap) {
            char *m = realloc(msg, cap *= 2);
            if (!m) break;
            msg = m;
        }
        r = recv(fd, msg + len, cap - len, 0);
        if (r <= 0) {
            fprintf(stderr, "client left without a dot\n");
            break;
        }
        bytes_in += r;
        dot = memchr(msg + len, '.', r);
        len += r;
    }
    if (dot && send_all(fd, msg, dot - msg + 1) == 0) {
        shutdown(fd, SHUT_WR);
        /* let the rest run dry, two ticks at most */
        while (rounds < 2) {
            ssize_t r = recv(fd, trash, sizeof trash, 0);
            if (r == -1 && errno == EINTR) rounds++;
            else if (r <= 0) break;
            if (tick) { rounds++; stats(); }
        }
    }
    free(msg);
    close(fd);
}

int main(int argc, char **argv)
{
    struct addrinfo hints, *ai;
    struct sigaction act;
    struct itimerval every = { { 1, 0 }, { 1, 0 } };
    int s, c, one = 1;

    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 1;
    }
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(argv[1], argv[2], &hints, &ai)) {
        fprintf(stderr, "cannot resolve %s\n", argv[1]);
        return 1;
    }
    s = socket(ai->ai_family, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(s, ai->ai_addr, ai->ai_addrlen) == -1 || listen(s, 20) == -1) {
        perror("bind");
        return 1;
    }
    memset(&act, 0, sizeof act);
    act.sa_handler = on_alarm;
    sigaction(SIGALRM, &act, NULL);
    setitimer(ITIMER_REAL, &every, NULL);

    while (1) {
        c = accept(s, NULL, NULL);
        stats();
        if (c == -1) {
            if (errno != EINTR)
                perror("accept");
            continue;
        }
        clients++;
        serve(c);
    }
}
