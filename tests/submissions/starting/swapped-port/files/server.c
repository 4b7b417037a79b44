#define _GNU_SOURCE
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in a = {0};
    int s, c, on = 1;
    if (argc < 3)
        return 1;
    signal(SIGPIPE, SIG_IGN);
    a.sin_family = AF_INET;
    a.sin_port = atoi(argv[2]);
    a.sin_addr.s_addr = INADDR_ANY;
    s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 5);
    while ((c = accept(s, NULL, NULL)) >= 0) {
        FILE *f = fdopen(c, "r");
        char *p = NULL;
        size_t n = 0;
        ssize_t k = getdelim(&p, &n, '.', f), i = 0, j = 1;
        while (i < k && j > 0) {
            j = write(c, p + i, k - i);
            i += j;
        }
        free(p);
        fclose(f);
    }
    return 0;
}
