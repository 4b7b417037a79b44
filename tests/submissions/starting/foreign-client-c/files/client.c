#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SERVER_IP "10.10.100.5"
#define SERVER_PORT 5000

int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(SERVER_PORT)};
    const char *pesan = argc == 2 ? argv[1] : "Selamat pagi pak dosen.";
    int s = socket(AF_INET, SOCK_STREAM, 0);
    char c = 0;

    inet_pton(AF_INET, SERVER_IP, &a.sin_addr);
    if (connect(s, (struct sockaddr *)&a, sizeof a) == -1) {
        perror("connect()");
        exit(1);
    }
    if (send(s, pesan, strlen(pesan), 0) != (ssize_t)strlen(pesan)) {
        perror("send()");
        exit(1);
    }
    while (c != '.') {
        if (recv(s, &c, 1, 0) != 1) {
            fprintf(stderr, "server diam saja lalu pergi\n");
            exit(1);
        }
        putchar(c);
    }
    putchar('\n');
    close(s);
    return 0;
}
