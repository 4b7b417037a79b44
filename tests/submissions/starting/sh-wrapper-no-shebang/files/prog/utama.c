#define _GNU_SOURCE
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[argc - 1]))};
    signal(SIGPIPE, SIG_IGN);
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 5)) {
        perror("utama");
        return 1;
    }
    for (;;) {
        int f = accept(s, NULL, NULL);
        FILE *baca = fdopen(f, "r"), *tulis = fdopen(dup(f), "w");
        char *p = NULL;
        size_t n = 0;
        ssize_t k = getdelim(&p, &n, '.', baca);
        if (k > 0)
            fwrite(p, 1, k, tulis);
        free(p);
        fclose(tulis);
        fclose(baca);
    }
}
