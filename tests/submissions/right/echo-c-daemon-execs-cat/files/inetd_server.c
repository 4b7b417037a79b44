#define _GNU_SOURCE
#include <sys/types.h>
#include <sys/socket.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifndef SERVICE
#define SERVICE "cat"
#endif

static int bound(const char *h, const char *p)
{
    struct addrinfo q, *res, *i;
    int fd = -1, one = 1, rc;

    memset(&q, 0, sizeof q);
    q.ai_flags = AI_PASSIVE;
    q.ai_socktype = SOCK_STREAM;
    if ((rc = getaddrinfo(h, p, &q, &res)) != 0) {
        fprintf(stderr, "inetd: %s\n", gai_strerror(rc));
        exit(1);
    }
    for (i = res; i != NULL; i = i->ai_next) {
        fd = socket(i->ai_family, i->ai_socktype | SOCK_CLOEXEC, i->ai_protocol);
        if (fd == -1)
            continue;
        if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0
            && bind(fd, i->ai_addr, i->ai_addrlen) == 0
            && listen(fd, 128) == 0)
            break;
        rc = errno;
        close(fd);
        fd = -1;
        errno = rc;
    }
    if (fd == -1) {
        perror("inetd: bind");
        exit(1);
    }
    freeaddrinfo(res);
    return fd;
}

static void to_background(void)
{
    switch (fork()) {
    case -1:
        perror("inetd: fork");
        exit(1);
    case 0:
        break;
    default:
        _exit(0);
    }
    setsid();
    int null = open("/dev/null", O_RDWR);
    if (null >= 0) {
        dup2(null, 0);
        dup2(null, 1);
        if (null > 2)
            close(null);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: inetd_server HOST PORT\n");
        return 64;
    }
    int lst = bound(argv[1], argv[2]);
    to_background();

    struct sigaction nowait;
    memset(&nowait, 0, sizeof nowait);
    nowait.sa_handler = SIG_IGN;
    nowait.sa_flags = SA_NOCLDWAIT;
    sigaction(SIGCHLD, &nowait, NULL);

    for (;;) {
        int c = accept4(lst, NULL, NULL, SOCK_CLOEXEC);
        if (c == -1) {
            if (errno == EINTR || errno == ECONNABORTED)
                continue;
            struct timespec t = { 0, 200 * 1000 * 1000 };
            nanosleep(&t, NULL);
            continue;
        }
        pid_t pid = fork();
        if (pid == 0) {
            signal(SIGCHLD, SIG_DFL);
            signal(SIGPIPE, SIG_DFL);
            if (dup2(c, 0) == 0 && dup2(c, 1) == 1)
                execlp(SERVICE, SERVICE, (char *)NULL);
            perror(SERVICE);
            _exit(127);
        }
        if (pid == -1)
            perror("inetd: fork");
        close(c);
    }
}
