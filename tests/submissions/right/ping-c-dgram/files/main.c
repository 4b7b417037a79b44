#include <arpa/inet.h>
#include <netinet/ip_icmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    /* A ping socket: the kernel sets id and checksum, and hands over replies to this socket alone. */
    int s = socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP), got = 0;
    struct timeval limit = {.tv_sec = 1};
    struct sockaddr_in host = {.sin_family = AF_INET};
    if (s < 0 || inet_pton(AF_INET, argv[1], &host.sin_addr) != 1) {
        perror("ping");
        return 2;
    }
    setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    connect(s, (struct sockaddr *)&host, sizeof host);
    for (int i = 1; i <= atoi(argv[2]); i++) {
        struct icmphdr out = {.type = ICMP_ECHO}, in;
        out.un.echo.sequence = htons((unsigned short)i);
        send(s, &out, sizeof out, 0);
        ssize_t n;
        struct sockaddr_in from;
        socklen_t size = sizeof from;
        while ((n = recvfrom(s, &in, sizeof in, 0, (struct sockaddr *)&from, &size)) >= 0 &&
               (in.un.echo.sequence != out.un.echo.sequence ||
                from.sin_addr.s_addr != host.sin_addr.s_addr)) /* connect() does not see to it */
            continue;
        if (n < 0) {
            fprintf(stderr, "%d: tidak ada balasan\n", i);
            continue;
        }
        printf("balasan dari %s nomor %d\n", argv[1], i);
        got++;
    }
    return got == 0;
}
