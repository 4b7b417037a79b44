#include "kalimat.h"

#include <string.h>
#include <sys/socket.h>

void gema(int fd)
{
    char b[100], *t = 0;
    while (!t) {
        ssize_t n = recv(fd, b, sizeof b, 0), off = 0;
        if (n <= 0)
            return;
        t = memchr(b, '.', n);
        if (t)
            n = t + 1 - b;
        while (off < n) {
            ssize_t k = send(fd, b + off, n - off, MSG_NOSIGNAL);
            if (k < 0)
                return;
            off += k;
        }
    }
}
