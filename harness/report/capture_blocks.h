/* SPDX-License-Identifier: MIT
 * Packets over IPv4 and IPv6, and the blocks of a pcapng file around them. */
#ifndef SG_REPORT_CAPTURE_BLOCKS_H
#define SG_REPORT_CAPTURE_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

enum { SG_TCP_FIN = 1, SG_TCP_SYN = 2, SG_TCP_RST = 4, SG_TCP_PSH = 8, SG_TCP_ACK = 16 };

struct sg_packet_end {
    int family;          /* AF_INET or AF_INET6 */
    uint8_t address[16]; /* in network byte order; the first 4 of them for IPv4 */
    uint16_t port;
    uint32_t next; /* the sequence number of its next byte */
};

/* Borrows `out`. A packet is held back until it is known what is said beside it. */
struct sg_capture_file {
    struct sg_bytes *out;
    struct sg_bytes packet; /* the one that is held back; owned, like what follows */
    struct sg_bytes beside,
        comments; /* what belongs to it, and to the next; each text ends with a NUL */
    uint64_t at_ns;
    bool holds;
};

void sg_capture_begin(struct sg_capture_file *file, const char *what);
/* Said beside the next packet, or the last one where none follows. UTF-8 without control
 * characters. */
void sg_capture_comment(struct sg_capture_file *file, const char *text);
/* Takes and moves the sequence number of `from`, and acknowledges all that `to` has sent. */
void sg_capture_add_segment(struct sg_capture_file *file, struct sg_packet_end *from,
                            const struct sg_packet_end *to, uint8_t flags, struct sg_slice data,
                            uint64_t at_ns);
void sg_capture_add_datagram(struct sg_capture_file *file, const struct sg_packet_end *from,
                             const struct sg_packet_end *to, struct sg_slice data, uint64_t at_ns);
/* Writes what is held back and frees what `file` owns. */
void sg_capture_end(struct sg_capture_file *file);

#endif
