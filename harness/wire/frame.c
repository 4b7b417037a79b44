/* SPDX-License-Identifier: MIT
 * Frames, packets and echoes, byte by byte. */
#include "wire/frame.h"

#include <string.h>

enum {
    TYPE_IPV4 = 0x0800,
    TYPE_ARP = 0x0806,
    IP_BYTES = 20,
    OPTION_BYTES = 4,
    TIME_TO_LIVE = 64,
    LEAST_FRAME = 60, /* a shorter one is filled up with zeroes, as on a real Ethernet */
};

static void add16(struct sg_bytes *out, uint16_t value)
{
    sg_bytes_add_byte(out, (uint8_t)(value >> 8));
    sg_bytes_add_byte(out, (uint8_t)value);
}

static uint16_t read16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

uint16_t sg_internet_checksum(struct sg_slice bytes)
{
    uint32_t sum = 0;
    for (size_t i = 0; i + 1 < bytes.length; i += 2)
        sum += read16(bytes.data + i);
    if (bytes.length % 2)
        sum += (uint32_t)bytes.data[bytes.length - 1] << 8;
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)~sum;
}

/* Puts the checksum of what stands behind `start` into its place `at`. */
static void put_checksum(struct sg_bytes *out, size_t start, size_t at)
{
    uint16_t sum = sg_internet_checksum(sg_slice_skip(sg_bytes_slice(out), start));
    out->data[at] = (uint8_t)(sum >> 8);
    out->data[at + 1] = (uint8_t)sum;
}

static void add_head(struct sg_bytes *out, const struct sg_macs *macs, uint16_t type)
{
    sg_bytes_add(out, macs->to, sizeof macs->to);
    sg_bytes_add(out, macs->from, sizeof macs->from);
    add16(out, type);
}

static void fill_up(struct sg_bytes *out, size_t frame)
{
    while (out->length - frame < LEAST_FRAME)
        sg_bytes_add_byte(out, 0);
}

void sg_frame_add_ipv4(struct sg_bytes *out, const struct sg_macs *macs,
                       const struct sg_packet *packet)
{
    static const uint8_t no_operations[OPTION_BYTES] = {1, 1, 1, 0};
    size_t frame = out->length, header = IP_BYTES + (packet->options ? OPTION_BYTES : 0);
    add_head(out, macs, TYPE_IPV4);
    size_t start = out->length;
    sg_bytes_add_byte(out, (uint8_t)(0x40 | header / 4));
    sg_bytes_add_byte(out, 0);
    add16(out, (uint16_t)(header + packet->payload.length));
    add16(out, 0);
    add16(out, 0x4000); /* not to be fragmented */
    sg_bytes_add_byte(out, TIME_TO_LIVE);
    sg_bytes_add_byte(out, packet->protocol);
    add16(out, 0);
    sg_bytes_add(out, &packet->from, sizeof packet->from);
    sg_bytes_add(out, &packet->to, sizeof packet->to);
    if (packet->options)
        sg_bytes_add(out, no_operations, sizeof no_operations);
    put_checksum(out, start, start + 10);
    sg_bytes_add(out, packet->payload.data, packet->payload.length);
    fill_up(out, frame);
}

void sg_frame_add_arp(struct sg_bytes *out, const struct sg_macs *macs, struct in_addr from,
                      struct in_addr to)
{
    /* Ethernet and IPv4, their lengths, a request; the sender's hardware; whose is looked for. */
    static const uint8_t head[] = {0, 1, 8, 0, 6, 4, 0, 1},
                         hardware[SG_MAC_BYTES] = {2, IPPROTO_TCP};
    static const uint8_t unknown[SG_MAC_BYTES];
    size_t frame = out->length;
    add_head(out, macs, TYPE_ARP);
    sg_bytes_add(out, head, sizeof head);
    sg_bytes_add(out, hardware, sizeof hardware);
    sg_bytes_add(out, &from, sizeof from);
    sg_bytes_add(out, unknown, sizeof unknown);
    sg_bytes_add(out, &to, sizeof to);
    fill_up(out, frame);
}

/* The checksum of what stands behind `start`, and of the addresses, which are not in it. */
static void put_checksum_between(struct sg_bytes *out, size_t start, size_t at, struct in_addr from,
                                 struct in_addr to, uint8_t protocol)
{
    sg_autobytes struct sg_bytes whole = {0};
    sg_bytes_add(&whole, &from, sizeof from);
    sg_bytes_add(&whole, &to, sizeof to);
    add16(&whole, protocol);
    add16(&whole, (uint16_t)(out->length - start));
    sg_bytes_add(&whole, out->data + start, out->length - start);
    uint16_t sum = sg_internet_checksum(sg_bytes_slice(&whole));
    out->data[at] = (uint8_t)(sum >> 8);
    out->data[at + 1] = (uint8_t)sum;
}

void sg_segment_add_tcp(struct sg_bytes *out, struct in_addr from, struct in_addr to,
                        const struct sg_ported *segment)
{
    static const uint8_t options[] = {1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1}; /* a time stamp */
    size_t start = out->length, words = 5 + (segment->options ? sizeof options / 4 : 0);
    add16(out, segment->from_port);
    add16(out, segment->to_port);
    add16(out, (uint16_t)(segment->sequence >> 16));
    add16(out, (uint16_t)segment->sequence);
    add16(out, 0);
    add16(out, 1);
    sg_bytes_add_byte(out, (uint8_t)(words << 4));
    sg_bytes_add_byte(out, 0x18); /* PSH, ACK */
    add16(out, 0x7210);
    add16(out, 0);
    add16(out, 0);
    if (segment->options)
        sg_bytes_add(out, options, sizeof options);
    sg_bytes_add(out, segment->data.data, segment->data.length);
    put_checksum_between(out, start, start + 16, from, to, IPPROTO_TCP);
}

void sg_segment_add_udp(struct sg_bytes *out, struct in_addr from, struct in_addr to,
                        const struct sg_ported *segment)
{
    size_t start = out->length;
    add16(out, segment->from_port);
    add16(out, segment->to_port);
    add16(out, (uint16_t)(8 + segment->data.length));
    add16(out, 0);
    sg_bytes_add(out, segment->data.data, segment->data.length);
    put_checksum_between(out, start, start + 6, from, to, IPPROTO_UDP);
}

bool sg_frame_read_ipv4(struct sg_slice frame, struct sg_packet *ret)
{
    if (frame.length < SG_FRAME_HEAD_BYTES + IP_BYTES || read16(frame.data + 12) != TYPE_IPV4)
        return false;
    struct sg_slice packet = sg_slice_skip(frame, SG_FRAME_HEAD_BYTES);
    size_t header = (size_t)(packet.data[0] & 0xf) * 4, length = read16(packet.data + 2);
    if (packet.data[0] >> 4 != 4 || header < IP_BYTES || length < header || length > packet.length)
        return false;
    *ret = (struct sg_packet){.protocol = packet.data[9], .options = header > IP_BYTES};
    memcpy(&ret->from, packet.data + 12, sizeof ret->from);
    memcpy(&ret->to, packet.data + 16, sizeof ret->to);
    ret->payload = sg_slice_skip(sg_slice_first(packet, length), header);
    return true;
}

bool sg_echo_read(struct sg_slice icmp, struct sg_echo *ret, bool *ret_checksum_right)
{
    if (icmp.length < SG_ECHO_BYTES || icmp.data[1] != 0 ||
        (icmp.data[0] != SG_ICMP_ECHO_REPLY && icmp.data[0] != SG_ICMP_ECHO_REQUEST))
        return false;
    *ret = (struct sg_echo){
        .type = icmp.data[0],
        .id = read16(icmp.data + 4),
        .sequence = read16(icmp.data + 6),
        .data = sg_slice_skip(icmp, SG_ECHO_BYTES),
    };
    *ret_checksum_right = sg_internet_checksum(icmp) == 0;
    return true;
}

void sg_echo_add(struct sg_bytes *out, const struct sg_echo *echo)
{
    size_t start = out->length;
    sg_bytes_add_byte(out, echo->type);
    sg_bytes_add_byte(out, 0);
    add16(out, 0);
    add16(out, echo->id);
    add16(out, echo->sequence);
    sg_bytes_add(out, echo->data.data, echo->data.length);
    put_checksum(out, start, start + 2);
}
