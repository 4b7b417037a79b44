/* Tugas 4: echo server, satu thread per client */
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>

typedef struct {
    char isi[2048];
    ssize_t panjang;
} Paket;

Paket paket;

void *layani(void *arg)
{
    int soket = *(int *)arg;
    free(arg);
    for (;;) {
        paket.panjang = read(soket, paket.isi, sizeof(paket.isi));
        if (paket.panjang <= 0)
            break;
        char *mulai = paket.isi;
        char *akhir = paket.isi + paket.panjang;
        while (mulai < akhir) {
            ssize_t terkirim = write(soket, mulai, akhir - mulai);
            if (terkirim < 0)
                goto selesai;
            mulai += terkirim;
        }
    }
selesai:
    close(soket);
    return NULL;
}

int main(int argc, char **argv)
{
    struct addrinfo hints = {0}, *info;
    int on = 1;
    if (argc < 3) {
        fprintf(stderr, "pakai: %s HOST PORT\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    if (getaddrinfo(argv[1], argv[2], &hints, &info) != 0)
        return 1;
    int utama = socket(info->ai_family, SOCK_STREAM, 0);
    setsockopt(utama, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(utama, info->ai_addr, info->ai_addrlen) != 0 || listen(utama, 128) != 0) {
        perror("server");
        return 1;
    }
    while (1) {
        int *klien = malloc(sizeof(int));
        *klien = accept(utama, NULL, NULL);
        pthread_t t;
        if (*klien >= 0 && pthread_create(&t, NULL, layani, klien) == 0)
            pthread_detach(t);
    }
}
