#define _GNU_SOURCE
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    if (argc != 3)
        return 1;
    signal(SIGPIPE, SIG_IGN);
    a.sin_port = htons(atoi(argv[2]));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 5))
        return perror("server"), 1;
    while (1) {
        char *pesan = NULL;
        size_t ukuran = 0;
        FILE *f = fdopen(accept(s, NULL, NULL), "r");
        ssize_t n = getdelim(&pesan, &ukuran, '.', f);
        for (ssize_t i = 0, k = 0; i < n && (k = write(fileno(f), pesan + i, n - i)) > 0; i += k)
            ;
        free(pesan);
        fclose(f);
    }
}
