/* Echo server dengan select(), satu proses. */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#define UKURAN 8192

struct klien {
    size_t isi, kirim;          /* isi = banyak byte, kirim = yang sudah terkirim */
    char buf[UKURAN];
};

static struct klien *daftar[FD_SETSIZE];

static int buka_server(const char *host, const char *port)
{
    struct addrinfo h, *hasil, *p;
    int fd = -1, satu = 1, e;

    memset(&h, 0, sizeof h);
    h.ai_family = AF_UNSPEC;
    h.ai_socktype = SOCK_STREAM;
    h.ai_flags = AI_PASSIVE;
    if ((e = getaddrinfo(host, port, &h, &hasil)) != 0) {
        fprintf(stderr, "getaddrinfo: %s\n", gai_strerror(e));
        exit(1);
    }
    for (p = hasil; p; p = p->ai_next) {
        fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
        if (fd < 0)
            continue;
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &satu, sizeof satu);
        if (bind(fd, p->ai_addr, p->ai_addrlen) == 0 && listen(fd, 64) == 0)
            break;
        close(fd);
        fd = -1;
    }
    freeaddrinfo(hasil);
    if (fd < 0) {
        perror("bind/listen");
        exit(1);
    }
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    return fd;
}

static void buang(int fd)
{
    close(fd);
    free(daftar[fd]);
    daftar[fd] = NULL;
}

int main(int argc, char **argv)
{
    int lfd, maxfd, fd;

    if (argc != 3) {
        fprintf(stderr, "pakai: %s HOST PORT\n", argv[0]);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    lfd = buka_server(argv[1], argv[2]);
    maxfd = lfd;

    for (;;) {
        fd_set baca, tulis;

        FD_ZERO(&baca);
        FD_ZERO(&tulis);
        FD_SET(lfd, &baca);
        for (fd = 0; fd < FD_SETSIZE; fd++) {
            if (!daftar[fd])
                continue;
            if (daftar[fd]->isi > daftar[fd]->kirim)
                FD_SET(fd, &tulis);
            else
                FD_SET(fd, &baca);
        }
        if (select(maxfd + 1, &baca, &tulis, NULL, NULL) < 0) {
            if (errno == EINTR)
                continue;
            perror("select");
            return 1;
        }
        for (fd = 0; fd <= maxfd; fd++) {
            struct klien *k = daftar[fd];
            ssize_t n;

            if (!k)
                continue;
            if (FD_ISSET(fd, &baca)) {
                n = recv(fd, k->buf, UKURAN, 0);
                if (n > 0) {
                    k->isi = n;
                    k->kirim = 0;
                } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
                    buang(fd);
                }
            } else if (FD_ISSET(fd, &tulis)) {
                n = send(fd, k->buf + k->kirim, k->isi - k->kirim, 0);
                if (n > 0)
                    k->kirim += n;
                else if (n < 0 && errno != EAGAIN && errno != EINTR)
                    buang(fd);
            }
        }
        if (FD_ISSET(lfd, &baca)) {
            int cfd = accept(lfd, NULL, NULL);

            if (cfd < 0) {
                if (errno == EMFILE || errno == ENFILE)
                    usleep(50000);
                continue;
            }
            if (cfd >= FD_SETSIZE || !(daftar[cfd] = calloc(1, sizeof(struct klien)))) {
                close(cfd);
                continue;
            }
            fcntl(cfd, F_SETFL, fcntl(cfd, F_GETFL) | O_NONBLOCK);
            maxfd = cfd;
        }
    }
}
