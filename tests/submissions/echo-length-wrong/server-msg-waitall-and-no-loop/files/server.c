#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
#include <unistd.h>
#include <errno.h>
#include <arpa/inet.h>
#include <sys/socket.h>
int main(int argc, char **argv) {
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2])), .sin_addr.s_addr = inet_addr(argv[1])};
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) { perror("bind"); return 1; }
    listen(s, 3);
    while (1) {
        int c = accept(s, NULL, NULL);
        uint32_t h;
        while (recv(c, &h, 4, MSG_WAITALL) == 4) {
            uint32_t n = ntohl(h);
            if (n > 16777216) break;
            char *b = malloc(n + 4);
            memcpy(b, &h, 4);
            if (n && recv(c, b + 4, n, MSG_WAITALL) != (ssize_t)n) { free(b); break; }
            size_t o = 0;
            while (o < n + 4) { ssize_t k = send(c, b + o, n + 4 - o, MSG_NOSIGNAL); if (k < 0 && errno == EINTR) continue; if (k < 0) break; o += k; }
            free(b);
        }
        close(c);
    }
}
