#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <netdb.h>
#include <sys/socket.h>
static void on_child(int sig) { int st, e = errno; wait(&st); errno = e; (void)sig; }
static void child(int c) {
    char b[2000]; ssize_t n, k;
    while ((n = recv(c, b, sizeof b, 0)) > 0 || (n < 0 && errno == EINTR))
        for (char *p = b; n > 0; p += k, n -= k) {
            k = send(c, p, n, MSG_NOSIGNAL);
            if (k < 0 && errno == EINTR) k = 0;
            if (k < 0) return;
        }
}
int main(int argc, char **argv) {
    struct addrinfo h = {.ai_socktype = SOCK_STREAM}, *r;
    getaddrinfo(argv[1], argv[2], &h, &r);
    int s = socket(r->ai_family, SOCK_STREAM, 0), y = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &y, sizeof y);
    if (bind(s, r->ai_addr, r->ai_addrlen) < 0) { perror("bind"); return 1; }
    listen(s, 50);
    signal(SIGCHLD, on_child);
    for (;;) {
        int c = accept(s, NULL, NULL);
        if (c < 0) continue;
        if (fork() == 0) { signal(SIGCHLD, SIG_DFL); close(s); child(c); exit(0); }
        close(c);
    }
}
