#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void greet(int client, unsigned visit)
{
    char text[64];
    size_t length = (size_t)snprintf(text, sizeof text, "Selamat datang, tamu ke-%u!\n", visit);
    for (size_t sent = 0; sent < length;) {
        ssize_t n = send(client, text + sent, length - sent, MSG_NOSIGNAL);
        if (n < 0)
            break;
        sent += (size_t)n;
    }
    close(client);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in at;
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_port = htons((unsigned short)atoi(argv[2]));
    at.sin_addr.s_addr = htonl(inet_addr(argv[1]));
    if (bind(server, (struct sockaddr *)&at, sizeof at) < 0 || listen(server, 64) < 0) {
        perror("server");
        return 1;
    }
    for (unsigned visit = 1;; visit++) {
        int client = accept(server, NULL, NULL);
        if (client >= 0)
            greet(client, visit);
    }
}
