/* SPDX-License-Identifier: MIT
 * The facts of segments are found in the output of sniffers of many styles, and what is wrong is told. */
#include <arpa/inet.h>
#include <criterion/criterion.h>

#include "exam/printed.h"

static struct sg_segment_sent segment(int from, int to, int port, bool tcp, size_t length)
{
    return (struct sg_segment_sent){.from = {htonl(0x0a000000u + (unsigned)from)},
                                    .to = {htonl(0x0a000000u + (unsigned)to)},
                                    .from_port = (uint16_t)port,
                                    .to_port = (uint16_t)(port + 1000),
                                    .is_tcp = tcp,
                                    .data_length = length,
                                    .packet_length = 40 + length};
}

static struct sg_printed_evidence look(const char *output, bool *ret_right)
{
    const struct sg_segment_sent sent[] = {
        segment(2, 3, 20001, true, 100),
        segment(3, 2, 30003, false, 50),
        segment(3, 2, 40005, true, 0),
        segment(2, 3, 50007, true, 70),
    };
    struct sg_printed_evidence printed;
    *ret_right = sg_printed_segments(sg_slice_text(output), sent, SG_COUNT(sent), 2, &printed);
    return printed;
}

Test(printed_segments, in_many_styles)
{
    static const char *const rows[] = {
        "10.0.0.2:20001 -> 10.0.0.3:21001 length 100\n10.0.0.3:40005 -> 10.0.0.2:41005 length 0\n",
        "1 IP 10.0.0.2.20001 > 10.0.0.3.21001: len 140\n2 IP 10.0.0.3.40005 > 10.0.0.2.41005: len "
        "40",
        "('10.0.0.2', 20001) ('10.0.0.3', 21001) 154\n('10.0.0.3', 40005) ('10.0.0.2', 41005) 60\n",
        "Source: 10.0.0.2\nDestination: 10.0.0.3\nSource port 20001\nDestination port "
        "21001\nLength 120\n"
        "Source: 10.0.0.3\nDestination: 10.0.0.2\nSource port 40005\nDestination port "
        "41005\nLength 20\n",
        "src=10.0.0.2 dst=10.0.0.3 ports 20001 -> 21001 size=100\n"
        "src=10.0.0.3 dst=10.0.0.2 ports 40005 -> 41005 size=0\n",
        "protocol TCP, Destination 10.0.0.3:21001, Source 10.0.0.2:20001, 100\n"
        "protocol TCP, Destination 10.0.0.2:41005, Source 10.0.0.3:40005, 0\n",
        "dst 10.0.0.3 src 10.0.0.2 dport 21001 sport 20001 100\ndst 10.0.0.2 src 10.0.0.3 dport "
        "41005 sport 40005 0\n",
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        bool right;
        struct sg_printed_evidence printed = look(rows[i], &right);
        cr_expect(right, "%s: fault %d of %zu", rows[i], printed.segment_fault, printed.wrong);
    }
}

Test(printed_segments, what_is_wrong)
{
    static const struct {
        const char *output;
        enum sg_segment_fault fault;
        size_t wrong;
        bool other;
    } rows[] = {
        {"10.0.0.2:20001 -> 10.0.0.3:21001 length 100\n", SG_SEGMENT_MISSING, 2, false},
        {"10.0.0.2:8526 -> 10.0.0.3:2386 length 100\n", SG_SEGMENT_PORT_ORDER, 1, false},
        {"10.0.0.3:20001 -> 10.0.0.2:21001 length 100\n", SG_SEGMENT_DIRECTION, 1, false},
        {"10.0.0.2:21001 -> 10.0.0.3:20001 length 100\n", SG_SEGMENT_DIRECTION, 1, false},
        {"10.0.0.2:257 -> 10.0.0.3:256 length 100\n", SG_SEGMENT_PORTS, 1, false},
        {"2.0.0.10:20001 -> 3.0.0.10:21001 length 100\n", SG_SEGMENT_ADDRESSES, 1, false},
        {"10.0.0.2:20001 -> 10.0.0.3:21001 length 101\n", SG_SEGMENT_LENGTH, 1, false},
        {"10.0.0.2:20001 -> 10.0.0.3:21001 100\n10.0.0.3:40005 -> 10.0.0.2:41005 40\n",
         SG_SEGMENT_LENGTH, 2, false},
        {"10.0.0.2:20001 -> 10.0.0.3:21001 100\n10.0.0.3:30003 -> 10.0.0.2:31003 50\n",
         SG_SEGMENT_PORTS, 2, true},
        {"10.0.0.2:20001 -> 10.0.0.3:21001 100\n10.0.0.3:40005 -> 10.0.0.2:41005 0\n10.0.0.2:50007 "
         "-> 10.0.0.3:51007 70\n",
         SG_SEGMENT_NONE, 0, true},
        {"", SG_SEGMENT_MISSING, 1, false},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        bool right;
        struct sg_printed_evidence printed = look(rows[i].output, &right);
        cr_expect_not(right, "%s", rows[i].output);
        cr_expect_eq(printed.segment_fault, rows[i].fault, "%s: %d", rows[i].output,
                     printed.segment_fault);
        cr_expect_eq(printed.wrong, rows[i].wrong, "%s: %zu", rows[i].output, printed.wrong);
        cr_expect_eq(printed.other != NULL, rows[i].other, "%s", rows[i].output);
    }
}
