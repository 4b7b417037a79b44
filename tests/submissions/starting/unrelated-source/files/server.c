#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    static char p[1 << 17];
    struct sockaddr_in a = {.sin_family = AF_INET};
    int s = socket(AF_INET, SOCK_STREAM, 0), ya = 1, c;
    if (argc < 3)
        return 1;
    a.sin_port = htons(atoi(argv[2]));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &ya, sizeof ya);
    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 5))
        return perror("server"), 1;
    while ((c = accept(s, NULL, NULL)) >= 0) {
        ssize_t n = 0, k, i = 0;
        char *t = NULL;
        while (!t && (k = recv(c, p + n, sizeof p - n, 0)) > 0) {
            t = memchr(p + n, '.', k);
            n += k;
        }
        while (t && i <= t - p && (k = send(c, p + i, t - p + 1 - i, MSG_NOSIGNAL)) > 0)
            i += k;
        close(c);
    }
    return 1;
}
