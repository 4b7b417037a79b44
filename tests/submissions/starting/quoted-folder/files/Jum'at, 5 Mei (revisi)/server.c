#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(argc > 2 ? atoi(argv[2]) : 0)};
    int s = socket(AF_INET, SOCK_STREAM, 0), ya = 1, c;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &ya, sizeof ya);
    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 5))
        return 1;
    while ((c = accept(s, NULL, NULL)) >= 0) {
        char b[1000], *t = NULL;
        ssize_t n, k = 0;
        while (!t && k >= 0 && (n = recv(c, b, sizeof b, 0)) > 0) {
            if ((t = memchr(b, '.', n)))
                n = t - b + 1;
            for (ssize_t i = 0; i < n && (k = send(c, b + i, n - i, MSG_NOSIGNAL)) > 0; i += k)
                ;
        }
        close(c);
    }
    return 1;
}
