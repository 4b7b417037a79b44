#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* berapa byte yang sudah dibaca stdio tapi belum kita ambil */
static size_t sisa(FILE *f)
{
    return f->_IO_read_end - f->_IO_read_ptr;
}

int main(int argc, char **argv)
{
    int one = 1;
    struct sockaddr_in a;
    if (argc != 3) {
        puts("argumen: HOST PORT");
        return 1;
    }
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[2]));
    a.sin_addr.s_addr = htonl(INADDR_ANY);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 10);
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int c = accept(s, NULL, NULL);
        if (c < 0)
            continue;
        if (fork() == 0) {
            FILE *in = fdopen(c, "rb"), *out = fdopen(dup(c), "wb");
            int ch;
            close(s);
            signal(SIGPIPE, SIG_IGN);
            while ((ch = fgetc(in)) != EOF) {
                if (fputc(ch, out) == EOF)
                    break;
                if (sisa(in) == 0 && fflush(out) == EOF)
                    break;
            }
            _exit(0);
        }
        close(c);
    }
}
