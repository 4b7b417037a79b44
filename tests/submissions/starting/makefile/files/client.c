#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct sockaddr_in a = {0};
    char c;
    size_t i = 0, n;

    if (argc != 4) {
        fprintf(stderr, "usage: client HOST PORT MESSAGE\n");
        return 1;
    }
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[2]));
    a.sin_addr.s_addr = inet_addr(argv[1]);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&a, sizeof(a)) < 0) {
        perror("connect");
        return 1;
    }
    n = strlen(argv[3]);
    while (i < n) {
        ssize_t k = write(s, argv[3] + i, n - i);
        if (k < 0) {
            perror("write");
            return 1;
        }
        i += k;
    }
    do {
        if (read(s, &c, 1) != 1) {
            fprintf(stderr, "putus\n");
            return 1;
        }
        putchar(c);
    } while (c != '.');
    printf("\n");
    return 0;
}
