/* select() server. Setiap client punya buffer keluar sendiri, supaya
   client yang lambat tidak menghambat yang lain. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUF 8192

struct client {
    int used, eof;
    size_t len, off;
    char buf[BUF];
};
static struct client tab[FD_SETSIZE];

static void tutup(int fd)
{
    close(fd);
    tab[fd].used = 0;
}

static void baca(int fd)
{
    struct client *c = &tab[fd];
    ssize_t n = recv(fd, c->buf, BUF, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        tutup(fd);
        return;
    }
    c->len = n;
    c->off = 0;
}

static void tulis(int fd)
{
    struct client *c = &tab[fd];
    ssize_t n = send(fd, c->buf + c->off, c->len - c->off, MSG_NOSIGNAL);
    if (n < 0) {
        if (errno != EAGAIN && errno != EINTR)
            tutup(fd);
        return;
    }
    c->off += n;
    if (c->off == c->len)
        c->off = c->len = 0;
}

static int dengarkan(const char *host, int port)
{
    struct sockaddr_in6 a6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    struct sockaddr_in a4 = {.sin_family = AF_INET, .sin_port = htons(port)};
    int on = 1, v6 = strchr(host, ':') != NULL;
    int s = socket(v6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    inet_pton(AF_INET6, host, &a6.sin6_addr);
    inet_pton(AF_INET, host, &a4.sin_addr);
    if (bind(s, v6 ? (void *)&a6 : (void *)&a4, v6 ? sizeof a6 : sizeof a4) || listen(s, 64)) {
        perror("bind/listen");
        exit(EXIT_FAILURE);
    }
    return s;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: server host port\n");
        return 1;
    }
    int s = dengarkan(argv[1], atoi(argv[2])), max = s;
    for (;;) {
        fd_set r, w;
        FD_ZERO(&r);
        FD_ZERO(&w);
        FD_SET(s, &r);
        for (int i = 0; i <= max; i++)
            if (tab[i].used)
                FD_SET(i, tab[i].len ? &w : &r);
        if (select(max + 1, &r, &w, NULL, NULL) < 0)
            continue;
        for (int i = 0; i <= max; i++) {
            if (i == s || !tab[i].used)
                continue;
            if (FD_ISSET(i, &w))
                tulis(i);
            else if (FD_ISSET(i, &r))
                baca(i);
        }
        if (FD_ISSET(s, &r)) {
            int c = accept(s, NULL, NULL);
            if (c < 0)
                continue;
            if (c >= FD_SETSIZE) {
                close(c);
                continue;
            }
            fcntl(c, F_SETFL, O_NONBLOCK);
            memset(&tab[c], 0, sizeof tab[c]);
            tab[c].used = 1;
            if (c > max)
                max = c;
        }
    }
}
