#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    int on = 1, s, c;

    if (argc < 2) {
        fprintf(stderr, "port?\n");
        return 1;
    }
    a.sin_port = htons(atoi(argv[1]));
    s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 5);
    while ((c = accept(s, NULL, NULL)) >= 0) {
        static char kalimat[1 << 17];
        size_t n = 0, i = 0;
        ssize_t k;
        do {
            k = recv(c, kalimat + n, sizeof kalimat - n, 0);
            n += k > 0 ? k : 0;
        } while (k > 0 && !memchr(kalimat, '.', n));
        char *titik = memchr(kalimat, '.', n);
        while (titik && i < (size_t)(titik - kalimat + 1)) {
            k = send(c, kalimat + i, titik - kalimat + 1 - i, MSG_NOSIGNAL);
            if (k <= 0)
                break;
            i += k;
        }
        close(c);
    }
    return 1;
}
