#include <arpa/inet.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static volatile sig_atomic_t late;

static void on_alarm(int number)
{
    (void)number;
    late = 1;
}

/* Words as they lie in memory: the sum then needs no htons(). */
static unsigned short cksum(unsigned short *p, int n)
{
    long sum = 0;
    for (; n > 1; n -= 2)
        sum += *p++;
    if (n == 1)
        sum += *(unsigned char *)p;
    sum = (sum >> 16) + (sum & 0xffff);
    sum += sum >> 16;
    return (unsigned short)~sum;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "Usage: %s <host> <count>\n", argv[0]);
        return 1;
    }
    int count = atoi(argv[2]), got = 0, s = socket(PF_INET, SOCK_RAW, IPPROTO_ICMP);
    if (s < 0) {
        perror("socket");
        return 1;
    }
    struct sigaction action = {.sa_handler = on_alarm};
    sigaction(SIGALRM, &action, NULL);
    struct sockaddr_in to = {.sin_family = AF_INET};
    inet_aton(argv[1], &to.sin_addr);
    printf("PING %s\n", argv[1]);
    for (int i = 0; i < count; i++) {
        unsigned char out[64] = {0}, in[1500];
        struct icmphdr *h = (struct icmphdr *)out;
        h->type = ICMP_ECHO;
        h->un.echo.id = (unsigned short)getpid();
        h->un.echo.sequence = (unsigned short)i;
        h->checksum = cksum((unsigned short *)out, sizeof out);
        struct timeval before, after;
        gettimeofday(&before, NULL);
        sendto(s, out, sizeof out, 0, (struct sockaddr *)&to, sizeof to);
        late = 0;
        alarm(1);
        while (!late) {
            struct sockaddr_in from;
            socklen_t size = sizeof from;
            ssize_t n = recvfrom(s, in, sizeof in, 0, (struct sockaddr *)&from, &size);
            if (n < 0)
                continue;
            struct iphdr *ip = (struct iphdr *)in;
            struct icmphdr *r = (struct icmphdr *)(in + ip->ihl * 4);
            if (from.sin_addr.s_addr != to.sin_addr.s_addr || r->type != ICMP_ECHOREPLY ||
                r->un.echo.id != h->un.echo.id || r->un.echo.sequence != h->un.echo.sequence ||
                cksum((unsigned short *)r, (int)(n - ip->ihl * 4)) != 0)
                continue;
            gettimeofday(&after, NULL);
            printf("%zd bytes from %s: icmp_req=%d ttl=%d time=%.2f ms\n", n - ip->ihl * 4,
                   inet_ntoa(from.sin_addr), i, ip->ttl,
                   (double)(after.tv_sec - before.tv_sec) * 1e3 +
                       (double)(after.tv_usec - before.tv_usec) / 1e3);
            got++;
            break;
        }
        alarm(0);
        if (late)
            printf("Request timeout for icmp_req %d\n", i);
    }
    printf("--- %s ping statistics ---\n%d packets transmitted, %d received\n", argv[1], count, got);
    return got ? 0 : 1;
}
