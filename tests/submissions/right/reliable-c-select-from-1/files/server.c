#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    char packet[1500];
    struct sockaddr_in me = {0}, from, client;
    int known = 0;
    uint32_t expected = 1;
    if (argc < 4)
        return 2;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    FILE *out = fopen(argv[3], "wb");
    me.sin_family = AF_INET;
    me.sin_port = htons(atoi(argv[2]));
    me.sin_addr.s_addr = inet_addr(argv[1]);
    if (!out || bind(fd, (struct sockaddr *)&me, sizeof me) < 0) {
        perror("server");
        return 1;
    }
    for (;;) {
        socklen_t size = sizeof from;
        ssize_t n = recvfrom(fd, packet, sizeof packet, 0, (struct sockaddr *)&from, &size);
        uint32_t number;
        if (n < 4)
            continue;
        if (!known) {
            client = from;
            known = 1;
        }
        if (memcmp(&from, &client, sizeof from) != 0)
            continue;
        memcpy(&number, packet, 4);
        if (ntohl(number) == expected) {
            fwrite(packet + 4, 1, n - 4, out);
            fflush(out);
            expected++;
        }
        if (ntohl(number) < expected)
            sendto(fd, packet, 4, 0, (struct sockaddr *)&from, size);
    }
}
