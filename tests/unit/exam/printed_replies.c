/* SPDX-License-Identifier: MIT
 * Replies are counted in the output of pings of many styles. */
#include <criterion/criterion.h>

#include "exam/printed.h"

Test(printed_replies, of_many_styles)
{
    static const struct {
        const char *name, *output;
        size_t wanted;
        bool right;
        size_t lines;
    } rows[] = {
        {"iputils",
         "PING 10.0.0.2 (10.0.0.2)\n64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.04 ms\n64 "
         "bytes from 10.0.0.2: icmp_seq=3 ttl=64 time=12 ms\n\n--- 10.0.0.2 ping statistics ---\n3 "
         "packets transmitted, 2 received\n",
         2, true, 2},
        {"a lost one is told otherwise", "reply 1\nreply 2\ntimeout 3\nreply 4\n", 3, true, 3},
        {"numbers of any form", "time=1e-05 s\ntime<1 s\ntime=0,25 s\n", 3, true, 3},
        {"units that go with the size",
         "seq=1 rtt=842.497\u00b5s\nseq=2 rtt=3.14ms\nseq=3 rtt=1.2s\nseq=4 rtt=980 ns\n", 4, true,
         4},
        {"no number at all", "Reply from host\nReply from host\n", 2, true, 2},
        {"several lines for each", "to 1\nfrom 1\nto 2\nfrom 2\n", 2, true, 2},
        {"without a last newline", "ok 1 ms\nok 2 ms", 2, true, 2},
        {"one too many", "reply 1\nreply 2\nreply 3\nreply 4\n", 3, false, 4},
        {"one too few", "sent 1\nsent 2\nsent 3\nsent 4\nreply from x, 1 ms\nreply from x, 2 ms\n",
         3, false, 2},
        {"blanks do not matter", "seq   1\tok\nseq  12 ok\n", 2, true, 2},
        {"nothing", "", 2, false, 0},
        {"blank lines are no lines", "\n\n\n", 3, false, 0},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        size_t lines = 99;
        bool right = sg_printed_replies(sg_slice_text(rows[i].output), rows[i].wanted, &lines);
        cr_expect_eq(right, rows[i].right, "%s", rows[i].name);
        cr_expect_eq(lines, rows[i].lines, "%s: %zu", rows[i].name, lines);
    }
}
