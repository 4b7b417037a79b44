/* Sniffer: prints the TCP segments that pass by.
 *
 *     ./sniff COUNT
 *
 * This is a start. It builds and runs, and hears nothing yet: write what the TODOs name, from the first to the
 * last. After each of them, `sockgrade check` says how far you are. At home a packet socket needs root (sudo);
 * the grader lets your program make one. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* TODO 1: return a packet socket for all frames: socket() with AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)
 * (<linux/if_ether.h>). */
static int open_sniffer(void)
{
    fprintf(stderr, "sniff: open_sniffer() is not written yet\n");
    exit(1);
}

/* TODO 2: print source, destination, both ports and the length of the TCP segment in a frame, and return 1;
 * return 0 where there is none. All numbers are in network byte order. Nothing is said about headers longer
 * than usual, but they happen: each says its own length.
 *
 *   byte 12 of the frame     its type, two bytes: 0x0800 is IPv4, which begins at byte 14
 *   byte  0 of the packet    low four bits: length of the IP header, in words of four bytes
 *   byte  2 of the packet    its total length, two bytes (a short frame is filled up behind it)
 *   byte  9 of the packet    what it holds: 6 is TCP
 *   bytes 12 and 16          the addresses, four bytes each
 *   behind the header        TCP: both ports, two bytes each; high four bits of its byte 12: its header's length */
static int show(const uint8_t *frame, size_t size)
{
    (void)frame;
    (void)size;
    return 0;
}

/* TODO 3: read frames with recv() until `count` segments were printed. */
static void sniff(int fd, int count)
{
    static uint8_t frame[65536];
    (void)fd;
    (void)count;
    (void)show(frame, 0);
}

int main(int argc, char *argv[])
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s COUNT\n", argv[0]);
        return 2;
    }
    sniff(open_sniffer(), atoi(argv[1]));
    return 0;
}
