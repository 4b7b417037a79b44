// Caesar server
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

static unsigned char geser(unsigned char c, int n)
{
    if (c >= 'a' && c <= 'z')
        return 'a' + (c - 'a' + n) % 26;
    return c;
}

// tambah satu byte ke pesan, buffer membesar sendiri
static void tambah(unsigned char **p, size_t *len, size_t *kap, unsigned char c)
{
    if (*len == *kap) {
        *kap = *kap ? *kap * 2 : 256;
        *p = realloc(*p, *kap);
    }
    (*p)[(*len)++] = c;
}

static void layani(int fd)
{
    unsigned char *msg = NULL, buf[1000];
    size_t len = 0, kap = 0;
    int titik = 0;

    while (!titik) {
        ssize_t n = recv(fd, buf, sizeof(buf), 0);
        if (n <= 0)
            break;
        for (ssize_t i = 0; i < n; i++) {
            tambah(&msg, &len, &kap, buf[i]);
            if (buf[i] == '.')
                titik = 1;
        }
    }
    if (titik && len >= 4) {
        int shift = 0;
        if (isdigit(msg[1]) && isdigit(msg[2]))
            shift = (msg[1] - '0') * 10 + (msg[2] - '0');
        shift %= 26;
        if (msg[0] == 'd')
            shift = (26 - shift) % 26;
        for (size_t i = 3; i < len; i++)
            msg[i] = geser(msg[i], shift);
        for (size_t off = 3; off < len;) {
            ssize_t n = send(fd, msg + off, len - off, MSG_NOSIGNAL);
            if (n < 0)
                break;
            off += n;
        }
    }
    free(msg);
}

int main(int argc, char *argv[])
{
    if (argc != 3) {
        fprintf(stderr, "pakai: %s HOST PORT\n", argv[0]);
        return 1;
    }
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    struct sockaddr_in a = {0};
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[2]));
    a.sin_addr.s_addr = INADDR_ANY;
    if (bind(s, (struct sockaddr *)&a, sizeof(a)) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 8);
    for (;;) {
        int c = accept(s, NULL, NULL);
        if (c < 0)
            continue;
        layani(c);
        close(c);
    }
}
