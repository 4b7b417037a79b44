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
    int s = socket(AF_INET, SOCK_STREAM, 0), ya = 1;
    signal(SIGPIPE, SIG_IGN);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &ya, sizeof ya);
    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 5))
        return 1;
    for (;;) {
        FILE *f = fdopen(accept(s, NULL, NULL), "r");
        char *p = NULL;
        size_t ruang = 0;
        ssize_t n = getdelim(&p, &ruang, '.', f), i = 0, k = 1;
        while (i < n && k > 0) {
            k = send(fileno(f), p + i, n - i, 0);
            i += k;
        }
        free(p);
        fclose(f);
    }
}
