#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define BUFSIZE 512

void on_child(int signo)
{
    int e = errno;
    while (waitpid(-1, 0, WNOHANG) > 0) {
    }
    errno = e;
    (void)signo;
}

ssize_t xread(int fd, void *buf, size_t n)
{
    ssize_t r;
    do
        r = read(fd, buf, n);
    while (r == -1 && errno == EINTR);
    return r;
}

int write_all(int fd, const char *buf, size_t n)
{
    while (n > 0) {
        ssize_t w = write(fd, buf, n);
        if (w == -1 && errno == EINTR)
            continue;
        if (w <= 0)
            return -1;
        buf += w;
        n -= (size_t)w;
    }
    return 0;
}

int main(int argc, char *argv[])
{
    struct sockaddr_in addr;
    struct sigaction sa;
    int one = 1;

    if (argc < 3) {
        printf("usage: %s <host> <port>\n", argv[0]);
        exit(1);
    }
    memset(&sa, 0, sizeof(sa));
    sa.sa_handler = on_child; /* sengaja tanpa SA_RESTART */
    sigaction(SIGCHLD, &sa, NULL);
    signal(SIGPIPE, SIG_IGN);

    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[2]));
    if (inet_pton(AF_INET, argv[1], &addr.sin_addr) != 1)
        addr.sin_addr.s_addr = INADDR_ANY;

    int listenfd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listenfd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (bind(listenfd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        perror("bind");
        exit(1);
    }
    listen(listenfd, SOMAXCONN);
    while (1) {
        int connfd = accept(listenfd, NULL, NULL);
        if (connfd < 0) {
            if (errno == EINTR || errno == ECONNABORTED)
                continue;
            perror("accept");
            exit(1);
        }
        pid_t pid = fork();
        if (pid == 0) {
            char buf[BUFSIZE];
            ssize_t n;
            close(listenfd);
            while ((n = xread(connfd, buf, sizeof(buf))) > 0)
                if (write_all(connfd, buf, (size_t)n) < 0)
                    break;
            exit(0);
        }
        close(connfd);
    }
}
