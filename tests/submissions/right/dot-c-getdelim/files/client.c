#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    struct sockaddr_in addr = {.sin_family = AF_INET};
    if (argc != 4) {
        fprintf(stderr, "usage: %s host port message\n", argv[0]);
        return 1;
    }
    addr.sin_port = htons((unsigned short)atoi(argv[2]));
    inet_aton(argv[1], &addr.sin_addr);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&addr, sizeof addr)) {
        perror("connect");
        return 1;
    }
    FILE *f = fdopen(s, "r+");
    fputs(argv[3], f);
    fflush(f);
    char *line = NULL;
    size_t cap = 0;
    ssize_t n = getdelim(&line, &cap, '.', f);
    if (n <= 0 || line[n - 1] != '.') {
        fprintf(stderr, "jawaban tidak lengkap\n");
        return 1;
    }
    fwrite(line, 1, n, stdout);
    putchar('\n');
    return 0;
}
