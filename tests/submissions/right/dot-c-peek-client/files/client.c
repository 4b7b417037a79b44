#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

/* tunggu sampai bisa dibaca/ditulis, paling lama 7 detik */
static int tunggu(int fd, int tulis)
{
    fd_set set;
    struct timeval tv = {7, 0};
    FD_ZERO(&set);
    FD_SET(fd, &set);
    int n = select(fd + 1, tulis ? NULL : &set, tulis ? &set : NULL, NULL, &tv);
    if (n == 0)
        fprintf(stderr, "timeout\n");
    return n == 1;
}

int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    if (argc != 4) {
        fprintf(stderr, "client HOST PORT PESAN.\n");
        return 1;
    }
    inet_pton(AF_INET, argv[1], &a.sin_addr);
    a.sin_port = htons(atoi(argv[2]));
    int s = socket(AF_INET, SOCK_STREAM, 0);
    fcntl(s, F_SETFL, O_NONBLOCK);
    if (connect(s, (struct sockaddr *)&a, sizeof a) < 0 && errno != EINPROGRESS) {
        perror("connect");
        return 1;
    }
    int err = 0;
    socklen_t len = sizeof err;
    if (!tunggu(s, 1) || getsockopt(s, SOL_SOCKET, SO_ERROR, &err, &len) < 0 || err) {
        fprintf(stderr, "connect: %s\n", strerror(err));
        return 1;
    }
    for (size_t i = 0, n = strlen(argv[3]); i < n;) {
        ssize_t k = send(s, argv[3] + i, n - i, MSG_NOSIGNAL);
        if (k > 0)
            i += k;
        else if (errno != EAGAIN || !tunggu(s, 1))
            return perror("send"), 1;
    }
    char buf[256];
    for (;;) {
        if (!tunggu(s, 0))
            return 1;
        ssize_t n = recv(s, buf, sizeof buf, MSG_PEEK); /* intip dulu */
        if (n <= 0) {
            fprintf(stderr, "putus sebelum titik\n");
            return 1;
        }
        char *titik = memchr(buf, '.', n);
        size_t ambil = titik ? titik - buf + 1 : n;
        if (recv(s, buf, ambil, 0) != (ssize_t)ambil)
            return 1;
        fwrite(buf, 1, ambil, stdout);
        if (titik)
            break;
    }
    putchar('\n');
    return 0;
}
