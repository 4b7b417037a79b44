#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

static void salah(const char *apa)
{
    perror(apa);
    exit(1);
}

static void layani(int c)
{
    FILE *tmp = tmpfile();
    char buf[3000];
    int ketemu = 0;
    if (!tmp)
        salah("tmpfile");
    while (!ketemu) {
        ssize_t n = read(c, buf, sizeof buf);
        if (n <= 0)
            exit(0);
        char *d = memchr(buf, '.', n);
        if (d) {
            n = d - buf + 1;
            ketemu = 1;
        }
        fwrite(buf, 1, n, tmp);
    }
    off_t off = 0, size;
    fflush(tmp);
    size = ftell(tmp);
    while (off < size)
        if (sendfile(c, fileno(tmp), &off, size - off) <= 0)
            break;
    exit(0);
}

int main(int argc, char **argv)
{
    struct sockaddr_in me = {.sin_family = AF_INET};
    int on = 1;
    if (argc < 3)
        return 1;
    signal(SIGCHLD, SIG_IGN);
    me.sin_port = htons(atoi(argv[2]));
    int s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&me, sizeof me) < 0 || listen(s, 8) < 0)
        salah("bind");
    while (1) {
        int c = accept(s, 0, 0);
        if (c < 0)
            continue;
        if (!fork()) {
            close(s);
            layani(c);
        }
        close(c);
    }
}
