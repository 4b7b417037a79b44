/* SPDX-License-Identifier: MIT
 * sniff COUNT: prints source, destination, ports and length of COUNT TCP segments that pass by. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { ETHERNET_BYTES = 14, IP_BYTES = 20, TCP_BYTES = 20 };

/* Two bytes in network byte order. */
static unsigned read16(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

/* Prints the segment that the frame holds; false where it holds none. */
static bool show(const uint8_t *frame, size_t size)
{
    if (size < ETHERNET_BYTES + IP_BYTES || read16(frame + 12) != ETH_P_IP)
        return false;
    const uint8_t *ip = frame + ETHERNET_BYTES;
    size_t header = (ip[0] & 0xf) * 4u, total = read16(ip + 2);
    if (ip[9] != IPPROTO_TCP || total < header + TCP_BYTES || ETHERNET_BYTES + total > size)
        return false;
    const uint8_t *tcp = ip + header;
    size_t tcp_header = (tcp[12] >> 4) * 4u;
    if (total < header + tcp_header)
        return false;
    char from[INET_ADDRSTRLEN], to[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, ip + 12, from, sizeof from);
    inet_ntop(AF_INET, ip + 16, to, sizeof to);
    printf("%s:%u -> %s:%u length %zu\n", from, read16(tcp), to, read16(tcp + 2),
           total - header - tcp_header);
    fflush(stdout); /* whoever reads along wants to see it now */
    return true;
}

int main(int argc, char **argv)
{
    long count = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
    if (count < 1) {
        fprintf(stderr, "usage: sniff COUNT\n");
        return 2;
    }
    int fd = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
    if (fd < 0) {
        perror("sniff: socket");
        return 1;
    }
    while (count > 0) {
        static uint8_t frame[65536];
        struct sockaddr_ll from;
        socklen_t length = sizeof from;
        ssize_t size = recvfrom(fd, frame, sizeof frame, 0, (struct sockaddr *)&from, &length);
        if (size < 0 && errno != EINTR) {
            perror("sniff: recvfrom");
            return 1;
        }
        /* On lo each frame passes twice: when it is sent, and when it arrives. */
        if (size > 0 && from.sll_pkttype != PACKET_OUTGOING && show(frame, (size_t)size))
            count--;
    }
    return 0;
}
