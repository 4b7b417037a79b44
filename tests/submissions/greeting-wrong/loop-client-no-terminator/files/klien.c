#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char terima[8192];

static int sambung(const char *host, const char *port)
{
    struct addrinfo petunjuk = {.ai_socktype = SOCK_STREAM}, *daftar, *a;
    int fd = -1;

    if (getaddrinfo(host, port, &petunjuk, &daftar) != 0)
        return -1;
    for (a = daftar; a && fd < 0; a = a->ai_next) {
        fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
        if (fd >= 0 && connect(fd, a->ai_addr, a->ai_addrlen) < 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(daftar);
    return fd;
}

int main(int argc, char **argv)
{
    long total = 0;
    ssize_t n;

    if (argc != 4) {
        fprintf(stderr, "pemakaian: %s HOST PORT PESAN\n", argv[0]);
        return 2;
    }
    int fd = sambung(argv[1], argv[2]);
    if (fd < 0) {
        perror("sambung");
        return 1;
    }
    while ((n = recv(fd, terima, sizeof(terima) - 1, 0)) > 0) {
        fputs(terima, stdout);
        total += n;
    }
    if (n < 0 || total == 0) {
        fprintf(stderr, "tidak ada salam dari server\n");
        return 1;
    }
    size_t panjang = strlen(argv[3]), sudah = 0;
    while (sudah < panjang) {
        n = send(fd, argv[3] + sudah, panjang - sudah, MSG_NOSIGNAL);
        if (n < 0) {
            perror("send");
            return 1;
        }
        sudah += n;
    }
    close(fd);
    return 0;
}
