#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char blok[UKURAN];

static void gema(int c)
{
    char *titik = NULL;
    while (!titik) {
        ssize_t n = recv(c, blok, UKURAN, 0), i = 0;
        if (n <= 0)
            return;
        titik = memchr(blok, '.', n);
        n = titik ? titik - blok + 1 : n;
        while (i < n) {
            ssize_t k = send(c, blok + i, n - i, MSG_NOSIGNAL);
            if (k < 0)
                return;
            i += k;
        }
    }
}

int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(argc > 2 ? atoi(argv[2]) : 0)};
    int s = socket(AF_INET, SOCK_STREAM, 0), ya = 1, c;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &ya, sizeof ya);
    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, ANTRIAN))
        return 1;
    while ((c = accept(s, NULL, NULL)) >= 0) {
        gema(c);
        close(c);
    }
    return 1;
}
