/* Tugas 1: connect() dulu dari program lain, lalu lihat jawabannya. */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int s = socket(AF_INET, SOCK_STREAM, 0), c, ya = 1;
    struct sockaddr_in a = {.sin_family = AF_INET};
    if (argc < 3)
        return 1;
    a.sin_port = htons(atoi(argv[2]));
    a.sin_addr.s_addr = inet_addr(argv[1]);
    signal(SIGPIPE, SIG_IGN);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &ya, sizeof ya);
    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 10)) {
        perror("srv");
        return 1;
    }
    for (;;) {
        if ((c = accept(s, NULL, NULL)) < 0)
            continue;
        FILE *masuk = fdopen(c, "r"), *keluar = fdopen(dup(c), "w");
        int b;
        do {
            if ((b = getc(masuk)) == EOF)
                break;
            putc(b, keluar);
        } while (b != '.');
        fclose(keluar);
        fclose(masuk);
    }
}
