/* SPDX-License-Identifier: MIT
 * Frames are made as they are on the wire, and read from there. */
#include "wire/frame.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <string.h>

static struct sg_packet packet_of(struct sg_slice payload, bool options)
{
    return (struct sg_packet){.from = {htonl(0x0a000001)},
                              .to = {htonl(0x0a0000fe)},
                              .protocol = IPPROTO_ICMP,
                              .options = options,
                              .payload = payload};
}

Test(frame, a_checksum_is_that_of_the_rfc)
{
    static const uint8_t words[] = {0x00, 0x01, 0xf2, 0x03,
                                    0xf4, 0xf5, 0xf6, 0xf7}; /* RFC 1071, 3 */
    cr_expect_eq(sg_internet_checksum((struct sg_slice){words, 8}), 0x220d);
    static const uint8_t odd[] = {0x12, 0x34, 0x56};
    cr_expect_eq(sg_internet_checksum((struct sg_slice){odd, 3}), (uint16_t) ~(0x1234 + 0x5600));
    cr_expect_eq(sg_internet_checksum((struct sg_slice){odd, 0}), 0xffff);
}

Test(frame, a_packet_is_read_as_it_was_made)
{
    for (int options = 0; options < 2; options++) {
        const struct sg_macs macs = {.to = {2}, .from = {3}};
        struct sg_packet made = packet_of(sg_slice_text("abc"), options), read;
        sg_autobytes struct sg_bytes frame = {0};
        sg_frame_add_ipv4(&frame, &macs, &made);
        cr_expect_eq(frame.length, 60, "as short as a frame can be");
        struct sg_slice header = sg_slice_skip(sg_bytes_slice(&frame), SG_FRAME_HEAD_BYTES);
        cr_expect_eq(sg_internet_checksum(sg_slice_first(header, options ? 24 : 20)), 0);
        cr_assert(sg_frame_read_ipv4(sg_bytes_slice(&frame), &read));
        cr_expect_eq(read.from.s_addr, made.from.s_addr);
        cr_expect_eq(read.to.s_addr, made.to.s_addr);
        cr_expect_eq(read.options, made.options);
        cr_expect(sg_slice_equal(read.payload, made.payload), "without what fills the frame up");
    }
}

Test(frame, what_is_cut_short_is_no_packet)
{
    const struct sg_macs macs = {0};
    struct sg_packet made =
                         packet_of(sg_slice_text("0123456789012345678901234567890123456789"), true),
                     read;
    sg_autobytes struct sg_bytes frame = {0};
    sg_frame_add_ipv4(&frame, &macs, &made);
    for (size_t length = 0; length < frame.length; length++)
        cr_expect_not(sg_frame_read_ipv4(sg_slice_first(sg_bytes_slice(&frame), length), &read),
                      "%zu", length);
    frame.data[SG_FRAME_HEAD_BYTES] = 0x44; /* a header of 16 bytes */
    cr_expect_not(sg_frame_read_ipv4(sg_bytes_slice(&frame), &read));
}

Test(frame, an_echo_tells_whether_it_is_whole)
{
    const struct sg_echo made = {
        .type = SG_ICMP_ECHO_REQUEST, .id = 7, .sequence = 258, .data = sg_slice_text("xyz")};
    struct sg_echo read;
    bool right;
    sg_autobytes struct sg_bytes icmp = {0};
    sg_echo_add(&icmp, &made);
    cr_assert(sg_echo_read(sg_bytes_slice(&icmp), &read, &right));
    cr_expect(right);
    cr_expect_eq(read.id, 7);
    cr_expect_eq(read.sequence, 258);
    cr_expect(sg_slice_equal(read.data, made.data));
    icmp.data[9] ^= 1;
    cr_assert(sg_echo_read(sg_bytes_slice(&icmp), &read, &right));
    cr_expect_not(right);
    icmp.data[0] = 13;
    cr_expect_not(sg_echo_read(sg_bytes_slice(&icmp), &read, &right), "a timestamp request");
    cr_expect_not(sg_echo_read(sg_slice_first(sg_bytes_slice(&icmp), 7), &read, &right));
}

Test(frame, segments_and_datagrams_have_right_checksums)
{
    const struct in_addr from = {htonl(0x0a000001)}, to = {htonl(0x0a0000fe)};
    for (int options = 0; options < 2; options++) {
        const struct sg_ported parts = {.from_port = 258,
                                        .to_port = 80,
                                        .sequence = 7,
                                        .options = options,
                                        .data = sg_slice_text("abc")};
        for (int udp = 0; udp < 2; udp++) {
            sg_autobytes struct sg_bytes made = {0}, whole = {0};
            if (udp)
                sg_segment_add_udp(&made, from, to, &parts);
            else
                sg_segment_add_tcp(&made, from, to, &parts);
            cr_expect_eq(made.length, udp ? 11 : options ? 35 : 23);
            cr_expect(made.data[0] == 1 && made.data[1] == 2, "the port in network byte order");
            const uint8_t pseudo[] = {0, udp ? IPPROTO_UDP : IPPROTO_TCP, 0, (uint8_t)made.length};
            sg_bytes_add(&whole, &from, sizeof from);
            sg_bytes_add(&whole, &to, sizeof to);
            sg_bytes_add(&whole, pseudo, sizeof pseudo);
            sg_bytes_add(&whole, made.data, made.length);
            cr_expect_eq(sg_internet_checksum(sg_bytes_slice(&whole)), 0);
        }
    }
}
