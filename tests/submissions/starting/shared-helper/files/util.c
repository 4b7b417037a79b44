#include "util.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

char *baca_sampai_titik(int fd, size_t *panjang)
{
    size_t kapasitas = 64, n = 0;
    char *p = malloc(kapasitas);
    while (read(fd, p + n, 1) == 1) {
        if (p[n++] == '.') {
            *panjang = n;
            return p;
        }
        if (n == kapasitas)
            p = realloc(p, kapasitas *= 2);
    }
    free(p);
    return NULL;
}

int kirim_semua(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t k = send(fd, p, n, MSG_NOSIGNAL);
        if (k < 0)
            return -1;
        p += k;
        n -= k;
    }
    return 0;
}
