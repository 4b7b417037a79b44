/* server echo satu kalimat: pesan selesai pada '.' */
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void layani(int fd)
{
    char isi[1500];
    size_t total = 0;

    do {
        ssize_t n = recv(fd, isi + total, 512, 0);
        if (n <= 0)
            return;
        total += n;
    } while (memchr(isi, '.', total) == NULL);
    size_t panjang = (char *)memchr(isi, '.', total) - isi + 1;
    for (size_t k = 0; k < panjang;) {
        ssize_t n = send(fd, isi + k, panjang - k, MSG_NOSIGNAL);
        if (n < 0)
            return;
        k += n;
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
