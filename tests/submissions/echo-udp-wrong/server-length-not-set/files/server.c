// echo server, UDP
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAXLEN 65507

char buffer[MAXLEN];
struct sockaddr_in server_addr, client_addr;

int main(int argc, char **argv)
{
    int sockfd;
    socklen_t client_len = 0;

    if (argc < 3) {
        printf("Usage: %s <host> <port>\n", argv[0]);
        exit(1);
    }

    sockfd = socket(AF_INET, SOCK_DGRAM, 0);
    if (sockfd == -1) {
        perror("socket failed");
        exit(1);
    }

    server_addr.sin_family = AF_INET;
    server_addr.sin_addr.s_addr = inet_addr(argv[1]);
    server_addr.sin_port = htons(atoi(argv[2]));
    if (bind(sockfd, (struct sockaddr *)&server_addr, sizeof(server_addr)) == -1) {
        perror("bind failed");
        exit(1);
    }

    for (;;) {
        fd_set fds;
        FD_ZERO(&fds);
        FD_SET(sockfd, &fds);
        if (select(sockfd + 1, &fds, NULL, NULL, NULL) <= 0)
            continue;

        ssize_t got = recvfrom(sockfd, buffer, MAXLEN, 0,
                               (struct sockaddr *)&client_addr, &client_len);
        if (got < 0) {
            perror("recvfrom");
            continue;
        }
        if (sendto(sockfd, buffer, got, 0,
                   (struct sockaddr *)&client_addr, client_len) < 0)
            perror("sendto");
    }
}
