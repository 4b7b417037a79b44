#include <arpa/inet.h>
#include <netinet/ip_icmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>

static unsigned short sum(const unsigned short *p, int n)
{
    unsigned s = 0;
    while (n--)
        s += *p++;
    s = (s >> 16) + (s & 0xffff);
    return (unsigned short)~(s + (s >> 16));
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    int fd = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), got = 0;
    struct timeval limit = {.tv_sec = 1};
    struct sockaddr_in host = {.sin_family = AF_INET, .sin_addr.s_addr = inet_addr(argv[1])};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    for (int i = 1; i <= atoi(argv[2]); i++) {
        struct icmphdr h = {.type = ICMP_ECHO};
        char in[2000];
        h.un.echo.sequence = htons((unsigned short)i);
        h.checksum = sum((unsigned short *)&h, sizeof h / 2);
        sendto(fd, &h, sizeof h, 0, (struct sockaddr *)&host, sizeof host);
        if (recv(fd, in, sizeof in, 0) > 0) {
            printf("reply %d\n", i);
            got++;
        } else {
            printf("timeout %d\n", i);
        }
    }
    return got ? 0 : 1;
}
