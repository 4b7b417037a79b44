/*
 * udp_server.c - echo UDP dengan catatan per klien
 *
 * Setiap klien (alamat + port) dicatat: berapa paket dan berapa byte.
 * Kirim SIGUSR1 untuk mencetak catatan.
 *
 *   cc -o udp_server udp_server.c
 *   ./udp_server 127.0.0.1 7000
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAKS_KLIEN 32
#define MAKS_PAKET 65535

struct klien {
    struct sockaddr_in alamat;
    unsigned long paket, byte;
};

static struct klien catatan[MAKS_KLIEN];
static int jumlah;
static volatile sig_atomic_t minta_cetak;

static void pada_usr1(int s)
{
    (void)s;
    minta_cetak = 1;
}

static struct klien *cari(const struct sockaddr_in *a)
{
    for (int i = 0; i < jumlah; i++)
        if (catatan[i].alamat.sin_addr.s_addr == a->sin_addr.s_addr
            && catatan[i].alamat.sin_port == a->sin_port)
            return &catatan[i];
    if (jumlah == MAKS_KLIEN)
        return NULL;
    catatan[jumlah].alamat = *a;
    return &catatan[jumlah++];
}

static void cetak(void)
{
    for (int i = 0; i < jumlah; i++)
        fprintf(stderr, "%s:%u  %lu paket  %lu byte\n", inet_ntoa(catatan[i].alamat.sin_addr),
                ntohs(catatan[i].alamat.sin_port), catatan[i].paket, catatan[i].byte);
}

int main(int argc, char **argv)
{
    static unsigned char isi[MAKS_PAKET];
    struct addrinfo h = { .ai_family = AF_INET, .ai_socktype = SOCK_DGRAM, .ai_flags = AI_PASSIVE }, *ai;

    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 1;
    }
    int e = getaddrinfo(argv[1], argv[2], &h, &ai);
    if (e) {
        fprintf(stderr, "%s\n", gai_strerror(e));
        return 1;
    }
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    if (s < 0 || bind(s, ai->ai_addr, ai->ai_addrlen) < 0) {
        perror("udp_server");
        return 1;
    }
    freeaddrinfo(ai);

    struct sigaction sa = { .sa_handler = pada_usr1 };
    sigemptyset(&sa.sa_mask);
    sigaction(SIGUSR1, &sa, NULL);

    for (;;) {
        struct sockaddr_in dari;
        socklen_t pj = sizeof dari;

        if (minta_cetak) {
            minta_cetak = 0;
            cetak();
        }
        ssize_t n = recvfrom(s, isi, sizeof isi, 0, (struct sockaddr *)&dari, &pj);
        if (n < 0) {
            if (errno != EINTR)
                perror("recvfrom");
            continue;
        }
        struct klien *k = cari(&dari);
        if (!k) {
            fprintf(stderr, "catatan penuh, %s:%u tidak dilayani\n", inet_ntoa(dari.sin_addr), ntohs(dari.sin_port));
            continue;
        }
        k->paket++;
        k->byte += n;
        while (sendto(s, isi, n, 0, (struct sockaddr *)&dari, pj) < 0) {
            if (errno == EINTR)
                continue;
            perror("sendto");
            break;
        }
    }
}
