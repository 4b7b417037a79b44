#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/socket.h>

int sambung(const char *h, const char *p)
{
    struct addrinfo *r, *i;
    int s;
    if (getaddrinfo(h, p, NULL, &r) != 0)
        return -1;
    for (i = r; i != NULL; i = i->ai_next) {
        if (i->ai_socktype != SOCK_STREAM)
            continue;
        s = socket(i->ai_family, SOCK_STREAM, 0);
        if (connect(s, i->ai_addr, i->ai_addrlen) == 0)
            return s;
        close(s);
    }
    return -1;
}

int main(int c, char **v)
{
    char isi[1000];
    ssize_t n;
    size_t total = 0;

    if (c < 4) {
        fputs("client host port pesan\n", stderr);
        return 1;
    }
    int s = sambung(v[1], v[2]);
    if (s < 0) {
        fputs("tidak bisa terhubung\n", stderr);
        return 1;
    }
    for (size_t i = 0; i < strlen(v[3]);) {
        n = send(s, v[3] + i, strlen(v[3]) - i, MSG_NOSIGNAL);
        if (n < 0) {
            perror("send");
            return 1;
        }
        i += n;
    }
    while ((n = recv(s, isi, sizeof isi, 0)) > 0) {
        fwrite(isi, 1, n, stdout);
        total += n;
    }
    if (n < 0 || total < strlen(v[3])) {
        fputs("balasan tidak lengkap\n", stderr);
        return 1;
    }
    close(s);
    return 0;
}
