#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void usage(char *nama)
{
    printf("Usage: %s <port>\n", nama);
    exit(0);
}

int main(int argc, char **argv)
{
    struct sockaddr_in serv_addr;
    int on = 1;

    if (argc != 2)
        usage(argv[0]);
    bzero(&serv_addr, sizeof(serv_addr));
    serv_addr.sin_family = AF_INET;
    serv_addr.sin_addr.s_addr = INADDR_ANY;
    serv_addr.sin_port = htons(atoi(argv[1]));
    int sockfd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(sockfd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(sockfd, (struct sockaddr *)&serv_addr, sizeof(serv_addr)) < 0) {
        perror("ERROR on binding");
        exit(1);
    }
    listen(sockfd, 5);
    for (;;) {
        int newsockfd = accept(sockfd, NULL, NULL);
        static char pesan[100000];
        size_t n = 0, i = 0;
        ssize_t k = 1;
        while (n < sizeof(pesan) && (n == 0 || pesan[n - 1] != '.') &&
               recv(newsockfd, pesan + n, 1, 0) == 1)
            n++;
        while (n > 0 && pesan[n - 1] == '.' && i < n && k > 0) {
            k = send(newsockfd, pesan + i, n - i, MSG_NOSIGNAL);
            i += k > 0 ? k : 0;
        }
        close(newsockfd);
    }
}
