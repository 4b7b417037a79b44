#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    for (int port = atoi(argv[2]); port <= atoi(argv[3]); port++) {
        struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
        struct timeval limit = {0, 300000};
        int s = socket(AF_INET, SOCK_STREAM, 0);
        inet_pton(AF_INET, argv[1], &a.sin_addr);
        setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        if (connect(s, (struct sockaddr *)&a, sizeof a) == 0)
            printf("port %d: OPEN\n", port);
    }
    return 0;
}
