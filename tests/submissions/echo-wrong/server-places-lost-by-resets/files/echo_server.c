/*
 * Tugas 2 - server echo
 * Semua klien dilayani oleh satu proses dengan poll().
 * Pemakaian: ./echo_server HOST PORT
 *
 * Setiap klien duduk di sebuah "meja" (slot). Meja punya penampung sendiri,
 * jadi klien yang lambat membaca tidak menahan klien lain.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define JUMLAH_MEJA 32
#define UKURAN 8192

struct meja {
    int terisi;
    char data[UKURAN];
    size_t isi;      /* byte dalam data            */
    size_t kirim;    /* yang sudah dikirim kembali */
};

static struct meja ruang[JUMLAH_MEJA];
static struct pollfd pantau[JUMLAH_MEJA + 1];   /* yang terakhir: soket pendengar */

static int cari_meja_kosong(void)
{
    for (int i = 0; i < JUMLAH_MEJA; i++)
        if (!ruang[i].terisi)
            return i;
    return -1;
}

static void pulang(int i)
{
    close(pantau[i].fd);
    pantau[i].fd = -1;
    ruang[i].terisi = 0;
}

static void terima_klien(int dengar)
{
    int fd = accept(dengar, NULL, NULL);
    if (fd < 0) {
        if (errno != EINTR && errno != EAGAIN && errno != ECONNABORTED)
            perror("accept");
        return;
    }
    int i = cari_meja_kosong();
    if (i < 0) {
        fprintf(stderr, "maaf, semua meja penuh\n");
        close(fd);
        return;
    }
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    ruang[i].terisi = 1;
    ruang[i].isi = ruang[i].kirim = 0;
    pantau[i].fd = fd;
    pantau[i].events = POLLIN;
    pantau[i].revents = 0;
}

static void layani(int i)
{
    struct meja *m = &ruang[i];
    int fd = pantau[i].fd;

    if (m->isi == m->kirim) {
        ssize_t n = recv(fd, m->data, UKURAN, 0);
        if (n < 0) {
            if (errno == EINTR || errno == EAGAIN)
                return;
            perror("recv");
            close(fd);
            pantau[i].fd = -1;
            return;
        }
        if (n == 0) {
            pulang(i);
            return;
        }
        m->isi = n;
        m->kirim = 0;
    }

    ssize_t k = send(fd, m->data + m->kirim, m->isi - m->kirim, MSG_NOSIGNAL);
    if (k < 0) {
        if (errno != EINTR && errno != EAGAIN) {
            perror("send");
            pulang(i);
            return;
        }
    } else {
        m->kirim += k;
    }
    pantau[i].events = m->kirim < m->isi ? POLLOUT : POLLIN;
}

int main(int argc, char *argv[])
{
    if (argc < 3) {
        fprintf(stderr, "pemakaian: %s HOST PORT\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);

    struct addrinfo petunjuk, *hasil;
    memset(&petunjuk, 0, sizeof petunjuk);
    petunjuk.ai_socktype = SOCK_STREAM;
    petunjuk.ai_flags = AI_PASSIVE;
    int e = getaddrinfo(argv[1], argv[2], &petunjuk, &hasil);
    if (e != 0) {
        fprintf(stderr, "getaddrinfo: %s\n", gai_strerror(e));
        return 1;
    }
    int dengar = socket(hasil->ai_family, SOCK_STREAM, 0);
    int ya = 1;
    setsockopt(dengar, SOL_SOCKET, SO_REUSEADDR, &ya, sizeof ya);
    if (bind(dengar, hasil->ai_addr, hasil->ai_addrlen) < 0 || listen(dengar, 50) < 0) {
        perror("bind/listen");
        return 1;
    }
    freeaddrinfo(hasil);
    fcntl(dengar, F_SETFL, O_NONBLOCK);

    for (int i = 0; i < JUMLAH_MEJA; i++)
        pantau[i].fd = -1;
    pantau[JUMLAH_MEJA].fd = dengar;
    pantau[JUMLAH_MEJA].events = POLLIN;
    printf("server echo siap, %d meja\n", JUMLAH_MEJA);
    fflush(stdout);

    for (;;) {
        if (poll(pantau, JUMLAH_MEJA + 1, -1) < 0) {
            if (errno == EINTR)
                continue;
            perror("poll");
            return 1;
        }
        for (int i = 0; i < JUMLAH_MEJA; i++)
            if (pantau[i].fd >= 0 && pantau[i].revents)
                layani(i);
        if (pantau[JUMLAH_MEJA].revents)
            terima_klien(dengar);
    }
}
