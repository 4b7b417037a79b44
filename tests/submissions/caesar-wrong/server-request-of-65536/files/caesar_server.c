/* Caesar cipher server: (d|e)(NN)(text). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <unistd.h>
#include <netdb.h>
#include <sys/time.h>
#include <sys/socket.h>

#define MAXREQ 65536    /* 64 KiB is the longest text */

static char req[MAXREQ];

/* reads a request up to its dot; returns its length or -1 */
static int read_request(int fd)
{
    int len = 0;
    while (len < MAXREQ) {
        int n = recv(fd, req + len, MAXREQ - len, 0);
        char *dot;
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        len += n;
        if (len <= 3)
            continue;
        dot = memchr(req + 3, '.', len - 3);
        if (dot)
            return dot - req + 1;
    }
    fprintf(stderr, "request too long\n");
    return -1;
}

static void caesar(char *p, int n, int shift)
{
    int i;
    for (i = 0; i < n; i++)
        if (p[i] >= 'a' && p[i] <= 'z')
            p[i] = (p[i] - 'a' + shift) % 26 + 'a';
}

static int reply(int fd, const char *p, int n)
{
    while (n > 0) {
        int k = send(fd, p, n, MSG_NOSIGNAL);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return -1;
        p += k;
        n -= k;
    }
    return 0;
}

static void drain(int fd)
{
    char junk[1024];
    struct timeval tv = { 0, 300000 }, now, start;
    shutdown(fd, SHUT_WR);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
    gettimeofday(&start, NULL);
    do {
        if (recv(fd, junk, sizeof junk, 0) <= 0)
            break;
        gettimeofday(&now, NULL);
    } while (now.tv_sec - start.tv_sec < 2);
}

int main(int argc, char *argv[])
{
    struct addrinfo hints, *res;
    int sock, on = 1;

    if (argc != 3) {
        fprintf(stderr, "Usage: %s HOST PORT\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    memset(&hints, 0, sizeof(hints));
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    if (getaddrinfo(argv[1], argv[2], &hints, &res)) {
        fprintf(stderr, "getaddrinfo failed\n");
        return 1;
    }
    sock = socket(res->ai_family, res->ai_socktype, 0);
    setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(sock, res->ai_addr, res->ai_addrlen) < 0) {
        perror("bind");
        return 1;
    }
    listen(sock, 10);
    printf("Caesar server on port %s\n", argv[2]);
    fflush(stdout);
    for (;;) {
        int shift = 0, len, c = accept(sock, NULL, NULL);
        if (c < 0)
            continue;
        len = read_request(c);
        if (len > 3) {
            if (isdigit((unsigned char)req[1]) && isdigit((unsigned char)req[2]))
                shift = ((req[1] - '0') * 10 + req[2] - '0') % 26;
            if (req[0] == 'd')
                shift = 26 - shift;
            caesar(req + 3, len - 3, shift);
            if (reply(c, req + 3, len - 3) == 0)
                drain(c);
        }
        close(c);
    }
}
