#include <stdio.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>
#include "echo.h"

#define BUFLEN (32 * 1024)

static int kirim_semua(int fd, const char *p, int n)
{
    int total = 0;
    while (total < n) {
        int k = send(fd, p + total, n - total, MSG_NOSIGNAL);
        if (k < 0) {
            if (errno == EINTR)
                continue;
            return -1;
        }
        total += k;
    }
    return total;
}

void layani(int fd)
{
    static char data[BUFLEN];   /* terlalu besar untuk stack thread */
    int n;

    while (1) {
        n = recv(fd, data, sizeof(data), 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        printf("fd %d: terima %d byte\n", fd, n);
        fflush(stdout);
        if (kirim_semua(fd, data, n) < 0)
            break;
    }
    close(fd);
}
