#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <netinet/in.h>
#include <sys/socket.h>

#define MAX_TEXT 70000

char text[MAX_TEXT];

/* header dulu 3 byte, lalu teks per karakter */
int recv_until(int sock)
{
    int i = 3;
    if (recv(sock, text, 3, 0) <= 0)
        return -1;
    if (memchr(text, '.', 3))
        return 3;
    while (i < MAX_TEXT) {
        if (recv(sock, &text[i], 1, 0) <= 0)
            return -1;
        if (text[i++] == '.')
            return i;
    }
    return -1;
}

void caesar(char *p, int n, int shift)
{
    int i;
    for (i = 0; i < n; i++) {
        if (p[i] >= 'a' && p[i] <= 'z') {
            int x = p[i] - 'a' + shift;
            x = x % 26;
            if (x < 0)
                x += 26;
            p[i] = 'a' + x;
        }
    }
}

int ambil_shift(const char *p)
{
    if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9')
        return 0;
    return (p[0] - '0') * 10 + p[1] - '0';
}

int main(int argc, char **argv)
{
    struct sockaddr_in addr;
    int s, c, n, shift, yes = 1;

    if (argc < 3) {
        fprintf(stderr, "usage: server host port\n");
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = htonl(INADDR_ANY);
    addr.sin_port = htons(atoi(argv[2]));
    if (bind(s, (struct sockaddr *)&addr, sizeof addr) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 5);
    while (1) {
        c = accept(s, NULL, NULL);
        if (c < 0)
            continue;
        n = recv_until(c);
        if (n > 3) {
            shift = ambil_shift(text + 1);
            if (text[0] == 'd')
                shift = -shift;
            caesar(text + 3, n - 3, shift);
            int off = 3;
            while (off < n) {
                int k = send(c, text + off, n - off, 0);
                if (k <= 0)
                    break;
                off += k;
            }
        }
        close(c);
    }
}
