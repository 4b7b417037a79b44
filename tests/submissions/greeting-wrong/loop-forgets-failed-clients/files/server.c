#include "net.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int greet(int fd, unsigned long count)
{
    char line[160];
    time_t t = time(NULL);
    struct tm *tm = localtime(&t);
    char clock[16];

    strftime(clock, sizeof clock, "%H:%M:%S", tm);
    snprintf(line, sizeof line, "Hi there! Greeting no. %lu at %s.\n", count, clock);
    if (net_send_all(fd, line, strlen(line)) < 0)
        return -1;
    if (shutdown(fd, SHUT_WR) < 0)
        return -1;
    return net_drain(fd, 800);
}

int main(int argc, char *argv[])
{
    unsigned long count = 0;

    if (argc != 3) {
        fprintf(stderr, "usage: %s host port\n", argv[0]);
        return 2;
    }
    int lfd = net_listen(argv[1], argv[2]);
    if (lfd < 0)
        return 1;

    while (1) {
        int fd = accept(lfd, NULL, NULL);
        if (fd < 0) {
            if (errno != EINTR) {
                perror("accept");
                usleep(20000);
            }
            continue;
        }
        if (greet(fd, ++count) < 0) {
            fprintf(stderr, "client %lu: %s\n", count, strerror(errno));
            continue;
        }
        close(fd);
    }
}
