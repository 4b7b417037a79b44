#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET};
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1, c;
    if (argc < 3)
        return 2;
    a.sin_port = htons(atoi(argv[2]));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 5))
        return perror("server"), 1;
    while ((c = accept(s, NULL, NULL)) >= 0) {
        static char x[1 << 17];
        size_t n = 0, i = 0;
        ssize_t k;
        while ((k = recv(c, x + n, sizeof x - n, 0)) > 0) {
            char *titik = memchr(x + n, '.', k);
            n += k;
            if (!titik)
                continue;
            n = titik + 1 - x;
            while (i < n && (k = send(c, x + i, n - i, MSG_NOSIGNAL)) > 0)
                i += k;
            break;
        }
        close(c);
    }
    return 1;
}
