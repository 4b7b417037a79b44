#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

// baca sampai titik; hasil = panjang pesan termasuk titik, 0 kalau client putus
size_t recv_until(int fd, char **hasil)
{
    size_t kap = 1024, len = 0;
    char *buf = malloc(kap);
    char c;
    for (;;) {
        ssize_t n = recv(fd, &c, 1, 0);
        if (n <= 0) {
            free(buf);
            return 0;
        }
        if (len == kap) {
            kap *= 2;
            buf = realloc(buf, kap);
        }
        buf[len++] = c;
        if (c == '.')
            break;
    }
    *hasil = buf;
    return len;
}

void send_all(int fd, const char *p, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, p, len, 0);
        if (n <= 0)
            return;
        p += n;
        len -= n;
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "Usage: %s host port\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);

    int s = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));

    struct sockaddr_in addr;
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_port = htons(atoi(argv[2]));
    addr.sin_addr.s_addr = inet_addr(argv[1]);
    if (bind(s, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
        perror("bind");
        return 1;
    }
    if (listen(s, 5) < 0) {
        perror("listen");
        return 1;
    }

    while (1) {
        int c = accept(s, NULL, NULL);
        if (c < 0)
            continue;
        char *pesan;
        size_t len = recv_until(c, &pesan);
        if (len == 0)
            continue; // client tidak jadi kirim
        send_all(c, pesan, len);
        free(pesan);
        close(c);
    }
}
