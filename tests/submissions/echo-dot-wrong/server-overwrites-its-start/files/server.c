/* server echo satu kalimat: pesan selesai pada '.' */
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAKS (128 * 1024)

static char pesan[MAKS];

static void layani(int fd)
{
    size_t total = 0;
    char *titik = NULL;

    while (titik == NULL && total < sizeof pesan) {
        ssize_t n = recv(fd, pesan, sizeof pesan, 0);
        if (n <= 0)
            return;
        titik = memchr(pesan, '.', n);
        total += titik ? titik - pesan + 1 : n;
    }
    if (titik == NULL)
        return;
    size_t panjang = total;
    size_t kirim = 0;
    while (kirim < panjang) {
        ssize_t n = send(fd, pesan + kirim, panjang - kirim, MSG_NOSIGNAL);
        if (n < 0)
            return;
        kirim += n;
    }
}

int main(int argc, char *argv[])
{
    struct addrinfo petunjuk = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *info;
    int opsi = 1;

    if (argc < 3) {
        fprintf(stderr, "%s HOST PORT\n", argv[0]);
        return 1;
    }
    if (getaddrinfo(argv[1], argv[2], &petunjuk, &info)) {
        fprintf(stderr, "alamat salah\n");
        return 1;
    }
    int pendengar = socket(info->ai_family, info->ai_socktype, info->ai_protocol);
    setsockopt(pendengar, SOL_SOCKET, SO_REUSEADDR, &opsi, sizeof opsi);
    if (bind(pendengar, info->ai_addr, info->ai_addrlen) < 0) {
        fprintf(stderr, "bind: %s\n", strerror(errno));
        return 1;
    }
    listen(pendengar, 10);
    for (;;) {
        int klien = accept(pendengar, NULL, NULL);
        if (klien < 0) {
            perror("accept");
            continue;
        }
        layani(klien);
        close(klien);
    }
}
