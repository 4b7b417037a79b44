#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <net/ethernet.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    unsigned char buffer[65536];
    int n = 0, want = argc > 1 ? atoi(argv[1]) : 10;
    int s = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_IP)); /* frames that arrive, of IPv4 alone */
    if (s < 0) {
        perror("socket");
        return EXIT_FAILURE;
    }
    while (n < want) {
        ssize_t got = recvfrom(s, buffer, sizeof buffer, 0, NULL, NULL);
        if (got < (ssize_t)(sizeof(struct ethhdr) + sizeof(struct iphdr)))
            continue;
        struct iphdr *ip = (struct iphdr *)(buffer + sizeof(struct ethhdr));
        if (ip->protocol != IPPROTO_TCP)
            continue;
        struct tcphdr *tcp = (struct tcphdr *)((unsigned char *)ip + ip->ihl * 4);
        struct in_addr src = {ip->saddr}, dst = {ip->daddr};
        printf("\n*********** Segment %d ***********\n", ++n);
        printf("   |-Source IP        : %s\n", inet_ntoa(src));
        printf("   |-Destination IP   : %s\n", inet_ntoa(dst));
        printf("   |-Source Port      : %u\n", ntohs(tcp->source));
        printf("   |-Destination Port : %u\n", ntohs(tcp->dest));
        printf("   |-Data Length      : %d bytes\n", ntohs(ip->tot_len) - ip->ihl * 4 - tcp->doff * 4);
    }
    return 0;
}
