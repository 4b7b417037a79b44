#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
#include <unistd.h>
#include <errno.h>
#include <arpa/inet.h>
#include <sys/socket.h>
static char body[65536];
static int readn(int c, void *v, size_t n) { char *p = v; while (n) { ssize_t k = read(c, p, n); if (k < 0 && errno == EINTR) continue; if (k <= 0) return -1; p += k; n -= k; } return 0; }
static int writen(int c, const void *v, size_t n) { const char *p = v; while (n) { ssize_t k = send(c, p, n, MSG_NOSIGNAL); if (k < 0 && errno == EINTR) continue; if (k < 0) return -1; p += k; n -= k; } return 0; }
int main(int argc, char **argv) {
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2])), .sin_addr.s_addr = inet_addr(argv[1])};
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) { perror("bind"); return 1; }
    listen(s, 3);
    while (1) {
        int c = accept(s, NULL, NULL);
        uint32_t h;
        while (readn(c, &h, 4) == 0) {
            uint32_t n = ntohl(h);
            if (n > sizeof body) { fprintf(stderr, "too long\n"); break; }
            if (readn(c, body, n) || writen(c, &h, 4) || writen(c, body, n)) break;
        }
        close(c);
    }
}
