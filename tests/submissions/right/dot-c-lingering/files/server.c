/* Supaya jawaban tidak hilang karena RST, data sisa dibuang dulu sebelum close */
#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int tulis_semua(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t k = send(fd, p, n, MSG_NOSIGNAL);
        if (k <= 0)
            return -1;
        p += k;
        n -= k;
    }
    return 0;
}

static void buang_sisa(int fd)
{
    char buang[4096];
    struct pollfd p = {.fd = fd, .events = POLLIN};
    shutdown(fd, SHUT_WR);
    while (poll(&p, 1, 1000) > 0)
        if (recv(fd, buang, sizeof buang, 0) <= 0)
            break;
}

static void *kerja(void *arg)
{
    int fd = (intptr_t)arg;
    size_t len = 0, cap = 1 << 17;
    char *buf = malloc(cap);
    for (;;) {
        ssize_t n = len < cap ? recv(fd, buf + len, cap - len, 0) : 0;
        if (n <= 0)
            break;
        char *d = memchr(buf + len, '.', n);
        len += n;
        if (d) {
            if (tulis_semua(fd, buf, d + 1 - buf) == 0)
                buang_sisa(fd);
            break;
        }
    }
    free(buf);
    close(fd);
    return NULL;
}

int main(int argc, char **argv)
{
    int one = 1, s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = {.sin_family = AF_INET};
    if (argc != 3 || inet_pton(AF_INET, argv[1], &a.sin_addr) != 1) {
        fprintf(stderr, "HOST PORT?\n");
        return 64;
    }
    a.sin_port = htons(atoi(argv[2]));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(s, (void *)&a, sizeof a) || listen(s, 10)) {
        perror("server");
        return 1;
    }
    while (1) {
        pthread_t t;
        int c = accept(s, NULL, NULL);
        if (c >= 0 && pthread_create(&t, NULL, kerja, (void *)(intptr_t)c) == 0)
            pthread_detach(t);
    }
}
