#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/socket.h>

#define MAX_CLIENT 200

static struct pollfd pfd[MAX_CLIENT + 1];
static int jumlah;

static void tambah(int fd)
{
    pfd[jumlah].fd = fd;
    pfd[jumlah].events = POLLIN;
    jumlah++;
}

static void hapus(int i)
{
    close(pfd[i].fd);
    pfd[i] = pfd[--jumlah];
}

static int balas(int fd, char *p, int n)
{
    while (n > 0) {
        int k = send(fd, p, n, MSG_NOSIGNAL);
        if (k < 0)
            return -1;
        p += k;
        n -= k;
    }
    return 0;
}

int main(int argc, char *argv[])
{
    char buf[8192];
    struct addrinfo hints, *ai;

    if (argc < 3) {
        fprintf(stderr, "server HOST PORT\n");
        return 1;
    }
    memset(&hints, 0, sizeof(hints));
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(argv[1], argv[2], &hints, &ai) != 0)
        return 1;
    int ls = socket(ai->ai_family, SOCK_STREAM, 0);
    if (bind(ls, ai->ai_addr, ai->ai_addrlen) == -1) { perror("bind"); return 1; }
    if (listen(ls, 20) == -1) { perror("listen"); return 1; }
    tambah(ls);

    while (1) {
        if (poll(pfd, jumlah, -1) < 0) { perror("poll"); return 1; }
        for (int i = jumlah - 1; i > 0; i--) {
            if (pfd[i].revents == 0)
                continue;
            int n = recv(pfd[i].fd, buf, sizeof(buf), 0);
            if (n <= 0 || balas(pfd[i].fd, buf, n) < 0)
                hapus(i);
        }
        if (pfd[0].revents & POLLIN) {
            int c = accept(ls, NULL, NULL);
            if (c >= 0 && jumlah <= MAX_CLIENT)
                tambah(c);
            else if (c >= 0)
                close(c);
        }
    }
}
