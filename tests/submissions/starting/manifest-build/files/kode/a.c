#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef UKURAN
#error jalankan gcc dengan -DUKURAN=2048
#endif

int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    if (argc != 3)
        return fprintf(stderr, "host port\n"), 1;
    a.sin_port = htons(atoi(argv[2]));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0)
        return perror("bind"), 1;
    listen(s, 8);
    for (;;) {
        char buf[UKURAN], *t = NULL;
        int c = accept(s, NULL, NULL);
        while (!t) {
            ssize_t n = recv(c, buf, UKURAN, 0), i = 0, k = 0;
            if (n <= 0)
                break;
            if ((t = memchr(buf, '.', n)))
                n = t - buf + 1;
            while (i < n && (k = send(c, buf + i, n - i, MSG_NOSIGNAL)) > 0)
                i += k;
            if (k < 0)
                break;
        }
        close(c);
    }
}
