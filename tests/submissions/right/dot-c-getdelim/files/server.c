#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in addr = {.sin_family = AF_INET};
    int on = 1;

    if (argc != 3) {
        fprintf(stderr, "usage: %s host port\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    addr.sin_port = htons((unsigned short)atoi(argv[2]));
    inet_aton(argv[1], &addr.sin_addr);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&addr, sizeof addr) || listen(s, 5)) {
        perror(argv[0]);
        return 1;
    }
    while (1) {
        int c = accept(s, NULL, NULL);
        if (c < 0)
            continue;
        FILE *f = fdopen(c, "r+");
        char *pesan = NULL;
        size_t cap = 0;
        ssize_t n = getdelim(&pesan, &cap, '.', f);
        if (n > 0) {
            /* antara baca dan tulis harus ada fseek/fflush */
            FILE *w = fdopen(dup(c), "w");
            fwrite(pesan, 1, n, w);
            fclose(w);
        }
        free(pesan);
        fclose(f);
    }
}
