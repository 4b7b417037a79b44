/* SPDX-License-Identifier: MIT
 * Blocks of pcapng, in the byte order of this machine as the format has it, with packets in network
 * byte order. */
#include "report/capture_blocks.h"

#include <netinet/in.h>
#include <string.h>

/* draft-ietf-opsawg-pcapng: types of blocks, and of options in them. */
enum {
    BLOCK_SECTION = 0x0A0D0D0A,
    BLOCK_INTERFACE = 1,
    BLOCK_PACKET = 6,
    ORDER_OF_BYTES = 0x1A2B3C4D,
    LINK_RAW = 101, /* packets begin with their IP header */
    OPTION_END = 0,
    OPTION_COMMENT = 1,
    OPTION_APPLICATION = 4,
    OPTION_INTERFACE_NAME = 2,
    OPTION_RESOLUTION = 9, /* of times, as a negative power of ten */
};

static void add_u16(struct sg_bytes *out, uint16_t value)
{
    sg_bytes_add(out, &value, sizeof value);
}

static void add_u32(struct sg_bytes *out, uint32_t value)
{
    sg_bytes_add(out, &value, sizeof value);
}

static void pad(struct sg_bytes *out)
{
    while (out->length % 4)
        sg_bytes_add_byte(out, 0);
}

static void add_option(struct sg_bytes *out, uint16_t code, const void *value, size_t length)
{
    add_u16(out, code);
    add_u16(out, (uint16_t)length);
    sg_bytes_add(out, value, length);
    pad(out);
}

static void add_block(struct sg_bytes *out, uint32_t type, const struct sg_bytes *body)
{
    uint32_t length = (uint32_t)body->length + 12;
    add_u32(out, type);
    add_u32(out, length);
    sg_bytes_add(out, body->data, body->length);
    add_u32(out, length);
}

void sg_capture_begin(struct sg_capture_file *file, const char *what)
{
    static const char application[] = "sockgrade", name[] = "lo";
    static const uint8_t nanoseconds = 9;
    sg_autobytes struct sg_bytes section = {0}, interface = {0};
    add_u32(&section, ORDER_OF_BYTES);
    add_u16(&section, 1); /* version 1.0 */
    add_u16(&section, 0);
    add_u32(&section, UINT32_MAX); /* its length is not said */
    add_u32(&section, UINT32_MAX);
    add_option(&section, OPTION_APPLICATION, application, sizeof application - 1);
    add_option(&section, OPTION_COMMENT, what, strlen(what));
    add_option(&section, OPTION_END, NULL, 0);
    add_block(file->out, BLOCK_SECTION, &section);
    add_u16(&interface, LINK_RAW);
    add_u16(&interface, 0);
    add_u32(&interface, 0); /* packets are kept whole */
    add_option(&interface, OPTION_INTERFACE_NAME, name, sizeof name - 1);
    add_option(&interface, OPTION_RESOLUTION, &nanoseconds, 1);
    add_option(&interface, OPTION_END, NULL, 0);
    add_block(file->out, BLOCK_INTERFACE, &interface);
}

/* ---- packets ---- */

static void put_u16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void put_u32(uint8_t *at, uint32_t value)
{
    put_u16(at, (uint16_t)(value >> 16));
    put_u16(at + 2, (uint16_t)value);
}

/* RFC 1071. */
static uint32_t sum(uint32_t before, const uint8_t *data, size_t length)
{
    for (size_t i = 0; i + 1 < length; i += 2)
        before += (uint32_t)(data[i] << 8 | data[i + 1]);
    if (length % 2)
        before += (uint32_t)data[length - 1] << 8;
    return (before & 0xffff) + (before >> 16);
}

static uint16_t fold(uint32_t value)
{
    while (value >> 16)
        value = (value & 0xffff) + (value >> 16);
    return (uint16_t)~value;
}

static size_t address_length(const struct sg_packet_end *end)
{
    return end->family == AF_INET6 ? 16 : 4;
}

/* Over the addresses, the protocol and the length, as TCP (RFC 9293) and UDP have it, and over what
 * they carry. */
static uint16_t checksum(const struct sg_packet_end *from, const struct sg_packet_end *to,
                         uint8_t protocol, const uint8_t *data, size_t length)
{
    uint32_t value = protocol + (uint32_t)(length >> 16) + (uint32_t)(length & 0xffff);
    value = sum(value, from->address, address_length(from));
    value = sum(value, to->address, address_length(to));
    return fold(sum(value, data, length));
}

static void add_ip_header(struct sg_bytes *out, const struct sg_packet_end *from,
                          const struct sg_packet_end *to, uint8_t protocol, size_t length)
{
    enum { TIME_TO_LIVE = 64, DONT_FRAGMENT = 0x40 };
    if (from->family == AF_INET6) {
        uint8_t header[40] = {0x60, [6] = protocol, [7] = TIME_TO_LIVE};
        put_u16(header + 4, (uint16_t)length);
        memcpy(header + 8, from->address, 16);
        memcpy(header + 24, to->address, 16);
        sg_bytes_add(out, header, sizeof header);
        return;
    }
    uint8_t header[20] = {0x45, [6] = DONT_FRAGMENT, [8] = TIME_TO_LIVE, [9] = protocol};
    put_u16(header + 2, (uint16_t)(length + sizeof header));
    memcpy(header + 12, from->address, 4);
    memcpy(header + 16, to->address, 4);
    put_u16(header + 10, fold(sum(0, header, sizeof header)));
    sg_bytes_add(out, header, sizeof header);
}

/* Writes the packet that is held back, with what was said about it. */
static void flush(struct sg_capture_file *file)
{
    if (!file->holds)
        return;
    sg_autobytes struct sg_bytes body = {0};
    add_u32(&body, 0); /* the only interface */
    add_u32(&body, (uint32_t)(file->at_ns >> 32));
    add_u32(&body, (uint32_t)file->at_ns);
    add_u32(&body, (uint32_t)file->packet.length);
    add_u32(&body, (uint32_t)file->packet.length);
    sg_bytes_add(&body, file->packet.data, file->packet.length);
    pad(&body);
    for (size_t at = 0; at < file->beside.length;) {
        const char *text = (const char *)file->beside.data + at;
        add_option(&body, OPTION_COMMENT, text, strlen(text));
        at += strlen(text) + 1;
    }
    if (file->beside.length)
        add_option(&body, OPTION_END, NULL, 0);
    add_block(file->out, BLOCK_PACKET, &body);
    sg_bytes_clear(&file->packet);
    sg_bytes_clear(&file->beside);
    file->holds = false;
}

/* Holds the packet back; what was said since the one before belongs to it. */
static void hold(struct sg_capture_file *file, const struct sg_packet_end *from,
                 const struct sg_packet_end *to, uint8_t protocol, struct sg_slice carried,
                 uint64_t at_ns)
{
    flush(file);
    sg_bytes_add(&file->beside, file->comments.data, file->comments.length);
    sg_bytes_clear(&file->comments);
    add_ip_header(&file->packet, from, to, protocol, carried.length);
    sg_bytes_add(&file->packet, carried.data, carried.length);
    file->at_ns = at_ns;
    file->holds = true;
}

void sg_capture_add_segment(struct sg_capture_file *file, struct sg_packet_end *from,
                            const struct sg_packet_end *to, uint8_t flags, struct sg_slice data,
                            uint64_t at_ns)
{
    enum { HEADER = 20, OPTIONS = 8, WINDOW = 65535 };
    /* Loopback's largest segment (65,495 bytes), and a window of 64 KiB << 14, so that none is
     * overrun. */
    static const uint8_t options[OPTIONS] = {2, 4, 0xff, 0xd7, 1, 3, 3, 14};
    bool begins = flags & SG_TCP_SYN;
    size_t header = HEADER + (begins ? OPTIONS : 0);
    sg_autobytes struct sg_bytes segment = {0};
    uint8_t fixed[HEADER] = {0};
    put_u16(fixed, from->port);
    put_u16(fixed + 2, to->port);
    put_u32(fixed + 4, from->next);
    put_u32(fixed + 8, flags & SG_TCP_ACK ? to->next : 0);
    fixed[12] = (uint8_t)(header / 4 << 4);
    fixed[13] = flags;
    put_u16(fixed + 14, WINDOW);
    sg_bytes_add(&segment, fixed, sizeof fixed);
    sg_bytes_add(&segment, options, header - HEADER);
    sg_bytes_add(&segment, data.data, data.length);
    put_u16(segment.data + 16, checksum(from, to, IPPROTO_TCP, segment.data, segment.length));
    hold(file, from, to, IPPROTO_TCP, sg_bytes_slice(&segment), at_ns);
    from->next += (uint32_t)data.length + (begins || flags & SG_TCP_FIN ? 1 : 0);
}

void sg_capture_add_datagram(struct sg_capture_file *file, const struct sg_packet_end *from,
                             const struct sg_packet_end *to, struct sg_slice data, uint64_t at_ns)
{
    uint8_t header[8] = {0};
    sg_autobytes struct sg_bytes datagram = {0};
    put_u16(header, from->port);
    put_u16(header + 2, to->port);
    put_u16(header + 4, (uint16_t)(data.length + sizeof header));
    sg_bytes_add(&datagram, header, sizeof header);
    sg_bytes_add(&datagram, data.data, data.length);
    uint16_t check = checksum(from, to, IPPROTO_UDP, datagram.data, datagram.length);
    put_u16(datagram.data + 6, check ? check : 0xffff);
    hold(file, from, to, IPPROTO_UDP, sg_bytes_slice(&datagram), at_ns);
}

void sg_capture_comment(struct sg_capture_file *file, const char *text)
{
    sg_bytes_add(&file->comments, text, strlen(text) + 1);
}

void sg_capture_end(struct sg_capture_file *file)
{
    sg_bytes_add(&file->beside, file->comments.data, file->comments.length);
    flush(file);
    sg_bytes_done(&file->packet);
    sg_bytes_done(&file->beside);
    sg_bytes_done(&file->comments);
}
