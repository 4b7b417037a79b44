/*
 * chat_server.c
 * Server chat sederhana dengan poll(). Tiap klien punya satu "kursi".
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <poll.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/types.h>
#include <sys/socket.h>

#define KURSI 512

struct kursi {
    int    fd;              /* -1 = kosong */
    char  *baris;           /* baris yang belum lengkap */
    size_t isi, muat;
    char  *keluar;          /* antrian kirim */
    size_t kmulai, kakhir, kmuat;
};

static struct kursi ruang[KURSI];

static void *perlu(void *p)
{
    if (!p) {
        perror("memori");
        exit(1);
    }
    return p;
}

static void pergi(struct kursi *k)
{
    close(k->fd);
    k->fd = -1;
    free(k->keluar);
    k->keluar = NULL;
    k->kmulai = k->kakhir = k->kmuat = 0;
}

static void kuras(struct kursi *k)
{
    while (k->kmulai < k->kakhir) {
        ssize_t n = send(k->fd, k->keluar + k->kmulai, k->kakhir - k->kmulai,
                         MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0) {
            if (errno == EINTR)
                continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK)
                pergi(k);
            return;
        }
        k->kmulai += n;
    }
    k->kmulai = k->kakhir = 0;
}

static void antri(struct kursi *k, const char *p, size_t n)
{
    if (k->kakhir + n > k->kmuat && k->kmulai > 0) {
        memmove(k->keluar, k->keluar + k->kmulai, k->kakhir - k->kmulai);
        k->kakhir -= k->kmulai;
        k->kmulai = 0;
    }
    if (k->kakhir + n > k->kmuat) {
        k->kmuat = (k->kakhir + n) * 2;
        k->keluar = perlu(realloc(k->keluar, k->kmuat));
    }
    memcpy(k->keluar + k->kakhir, p, n);
    k->kakhir += n;
}

static void sebar(int dari, const char *p, size_t n)
{
    for (int i = 0; i < KURSI; i++)
        if (i != dari && ruang[i].fd >= 0) {
            int kosong = ruang[i].kmulai == ruang[i].kakhir;
            antri(&ruang[i], p, n);
            if (kosong)
                kuras(&ruang[i]);
        }
}

static void dengar(int i)
{
    struct kursi *k = &ruang[i];
    char buf[8192];
    ssize_t n = recv(k->fd, buf, sizeof buf, MSG_DONTWAIT);

    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        pergi(k);
        return;
    }
    if (k->isi + n > k->muat) {
        k->muat = (k->isi + n) * 2;
        k->baris = perlu(realloc(k->baris, k->muat));
    }
    memcpy(k->baris + k->isi, buf, n);
    k->isi += n;

    /* kirim semua baris yang lengkap */
    char *akhir = memrchr(k->baris, '\n', k->isi);
    if (akhir) {
        size_t penuh = akhir - k->baris + 1;
        sebar(i, k->baris, penuh);
        memmove(k->baris, akhir + 1, k->isi - penuh);
        k->isi -= penuh;
    }
}

static void masuk(int s)
{
    int c = accept(s, NULL, NULL);
    if (c < 0) {
        perror("accept");
        return;
    }
    for (int i = 0; i < KURSI; i++)
        if (ruang[i].fd < 0) {
            ruang[i].fd = c;
            return;
        }
    close(c);               /* penuh */
}

int main(int argc, char **argv)
{
    struct addrinfo mau, *ada;
    struct pollfd pf[KURSI + 1];
    int nomor[KURSI + 1];
    int s, ya = 1;

    if (argc != 3) {
        fprintf(stderr, "pemakaian: %s HOST PORT\n", argv[0]);
        return 1;
    }
    memset(&mau, 0, sizeof mau);
    mau.ai_family = AF_INET;
    mau.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(argv[1], argv[2], &mau, &ada) != 0) {
        fprintf(stderr, "alamat salah\n");
        return 1;
    }
    s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &ya, sizeof ya);
    if (bind(s, ada->ai_addr, ada->ai_addrlen) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 64);
    freeaddrinfo(ada);
    for (int i = 0; i < KURSI; i++)
        ruang[i].fd = -1;

    for (;;) {
        int n = 0;
        pf[n].fd = s;
        pf[n].events = POLLIN;
        nomor[n++] = -1;
        for (int i = 0; i < KURSI; i++) {
            if (ruang[i].fd < 0)
                continue;
            pf[n].fd = ruang[i].fd;
            pf[n].events = POLLIN;
            if (ruang[i].kmulai < ruang[i].kakhir)
                pf[n].events |= POLLOUT;
            nomor[n++] = i;
        }
        if (poll(pf, n, -1) < 0) {
            if (errno == EINTR)
                continue;
            perror("poll");
            return 1;
        }
        for (int j = 1; j < n; j++) {
            int i = nomor[j];
            if (ruang[i].fd != pf[j].fd)
                continue;
            if (pf[j].revents & POLLOUT)
                kuras(&ruang[i]);
            if (ruang[i].fd >= 0 && (pf[j].revents & (POLLIN | POLLHUP | POLLERR)))
                dengar(i);
        }
        if (pf[0].revents & POLLIN)
            masuk(s);
    }
}
