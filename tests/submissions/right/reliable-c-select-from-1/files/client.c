#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

static int wait_for(int fd, uint32_t number, const struct sockaddr_in *server)
{
    struct timeval limit = {0, 500000};
    for (;;) {
        fd_set set;
        FD_ZERO(&set);
        FD_SET(fd, &set);
        if (select(fd + 1, &set, NULL, NULL, &limit) <= 0) /* Linux leaves what is left in limit */
            return 0;
        uint32_t answer;
        struct sockaddr_in from;
        socklen_t size = sizeof from;
        ssize_t n = recvfrom(fd, &answer, sizeof answer, 0, (struct sockaddr *)&from, &size);
        if (n == 4 && from.sin_port == server->sin_port && ntohl(answer) == number)
            return 1;
    }
}

int main(int argc, char **argv)
{
    struct sockaddr_in server = {0};
    char packet[4 + 512];
    if (argc < 4)
        return 2;
    FILE *in = fopen(argv[3], "rb");
    if (!in) {
        perror(argv[3]);
        return 1;
    }
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    server.sin_family = AF_INET;
    server.sin_port = htons(atoi(argv[2]));
    server.sin_addr.s_addr = inet_addr(argv[1]);
    size_t n;
    uint32_t number = 1;
    do {
        n = fread(packet + 4, 1, 512, in);
        uint32_t header = htonl(number);
        memcpy(packet, &header, 4);
        int tries = 0;
        do {
            if (tries++ == 10) {
                fprintf(stderr, "nobody answers\n");
                return 1;
            }
            sendto(fd, packet, 4 + n, 0, (struct sockaddr *)&server, sizeof server);
        } while (!wait_for(fd, number, &server));
        number++;
    } while (n > 0);
    return 0;
}
