#include "util.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in a = {.sin_family = AF_INET};
    if (argc < 3)
        return 1;
    a.sin_port = htons(atoi(argv[2]));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 5)) {
        perror("server");
        return 1;
    }
    for (;;) {
        size_t n;
        int c = accept(s, NULL, NULL);
        char *p = baca_sampai_titik(c, &n);
        if (p)
            kirim_semua(c, p, n);
        free(p);
        close(c);
    }
}
