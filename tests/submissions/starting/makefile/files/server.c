#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in a = {0};
    char buf[512];
    int s, c, on = 1;

    if (argc != 3) {
        fprintf(stderr, "usage: server HOST PORT\n");
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[2]));
    a.sin_addr.s_addr = inet_addr(argv[1]);
    if (bind(s, (struct sockaddr *)&a, sizeof(a)) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 5);
    while ((c = accept(s, NULL, NULL)) >= 0) {
        int selesai = 0, n;
        while (!selesai && (n = read(c, buf, sizeof(buf))) > 0) {
            char *t = memchr(buf, '.', n);
            int kirim = t ? t - buf + 1 : n, off = 0;
            selesai = t != NULL;
            while (off < kirim) {
                int k = write(c, buf + off, kirim - off);
                if (k <= 0)
                    break;
                off += k;
            }
            if (off < kirim)
                break;
        }
        close(c);
    }
    return 0;
}
