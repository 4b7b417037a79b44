#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    static char frame[65536];
    int fd = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)), left = argc == 2 ? atoi(argv[1]) : 0;
    while (left > 0 && recv(fd, frame, sizeof frame, 0) > 0) {
        struct ethhdr *eth = (struct ethhdr *)frame;
        struct iphdr *ip = (struct iphdr *)(eth + 1);
        struct tcphdr *tcp = (struct tcphdr *)((char *)ip + ip->ihl * 4);
        if (eth->h_proto != htons(ETH_P_IP) || ip->protocol != IPPROTO_TCP)
            continue;
        printf("%s:%u", inet_ntoa((struct in_addr){ip->saddr}), tcp->source);
        printf(" %s:%u %u\n", inet_ntoa((struct in_addr){ip->daddr}), tcp->dest,
               ntohs(ip->tot_len) - (ip->ihl + tcp->doff) * 4u);
        left--;
    }
    return 0;
}
