#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <arpa/inet.h>
#include <sys/socket.h>
int main(int argc, char **argv) {
    static char buf[100000];
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct linger lg = {1, 0};
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2])), .sin_addr.s_addr = inet_addr(argv[1])};
    setsockopt(s, SOL_SOCKET, SO_LINGER, &lg, sizeof lg); /* no TIME_WAIT please */
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) { perror("bind"); return 1; }
    listen(s, 3);
    while (1) {
        int c = accept(s, NULL, NULL), len = 0, end = 0;
        while (!end) {
            int n = recv(c, buf + len, sizeof buf - len, 0);
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) break;
            char *d = memchr(buf + len, '.', n);
            len += n;
            if (d) end = d - buf + 1;
        }
        for (int o = 0; o < end;) { int k = send(c, buf + o, end - o, MSG_NOSIGNAL); if (k < 0 && errno == EINTR) continue; if (k < 0) break; o += k; }
        close(c);
    }
}
