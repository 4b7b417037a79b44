/* SPDX-License-Identifier: MIT
 * Frames of an Ethernet with IPv4 in them, as they are on the wire: made and read byte by byte. */
#ifndef SG_WIRE_FRAME_H
#define SG_WIRE_FRAME_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

enum { SG_MAC_BYTES = 6, SG_FRAME_HEAD_BYTES = 14 };

struct sg_macs {
    uint8_t to[SG_MAC_BYTES], from[SG_MAC_BYTES];
};

/* A packet of IPv4, without its frame. */
struct sg_packet {
    struct in_addr from, to;
    uint8_t protocol;
    bool options; /* its header has some, which mean nothing: 24 bytes instead of 20 */
    struct sg_slice payload;
};

/* The checksum of the internet (RFC 1071), as it stands in memory. Over a whole message with its
 * checksum in it: 0 where that is right. */
uint16_t sg_internet_checksum(struct sg_slice bytes);

/* Appends a frame that holds the packet. */
void sg_frame_add_ipv4(struct sg_bytes *out, const struct sg_macs *macs,
                       const struct sg_packet *packet);
/* Reads one; the payload points into `frame`. False where it holds no whole packet of IPv4. */
bool sg_frame_read_ipv4(struct sg_slice frame, struct sg_packet *ret);

/* A frame of ARP, which asks who has the address `to`. Where a packet of IPv4 says that it holds
 * TCP this one has the same value: who does not look at the type of a frame takes it for one. */
void sg_frame_add_arp(struct sg_bytes *out, const struct sg_macs *macs, struct in_addr from,
                      struct in_addr to);

/* A segment of TCP, or a datagram of UDP, between these addresses. */
struct sg_ported {
    uint16_t from_port, to_port;
    uint32_t sequence; /* TCP */
    bool options;      /* TCP: 32 bytes of header instead of 20 */
    struct sg_slice data;
};
void sg_segment_add_tcp(struct sg_bytes *out, struct in_addr from, struct in_addr to,
                        const struct sg_ported *segment);
void sg_segment_add_udp(struct sg_bytes *out, struct in_addr from, struct in_addr to,
                        const struct sg_ported *segment);

/* An echo request or reply of ICMP (RFC 792). */
enum { SG_ECHO_BYTES = 8, SG_ICMP_ECHO_REPLY = 0, SG_ICMP_ECHO_REQUEST = 8 };
struct sg_echo {
    uint8_t type;
    uint16_t id, sequence; /* host byte order, as if they had been sent in network byte order */
    struct sg_slice data;
};
/* False where it is neither. *ret_checksum_right: whether the checksum is. */
bool sg_echo_read(struct sg_slice icmp, struct sg_echo *ret, bool *ret_checksum_right);
void sg_echo_add(struct sg_bytes *out, const struct sg_echo *echo);

#endif
