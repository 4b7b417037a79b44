/* SPDX-License-Identifier: MIT
 * The program of the filter: there is room for the largest, and none is cut. */
#include "fault/filter.h"

#include <criterion/criterion.h>
#include <linux/seccomp.h>

#include "base/table.h"

static struct sock_filter items[4096];

static int make(unsigned choice, uint32_t stop, size_t room)
{
    const struct sg_filter_options options = {
        .traps = SG_TRAP_SETUP | SG_TRAP_SEND | SG_TRAP_RECV | SG_TRAP_ACCEPT | SG_TRAP_TIMEOUTS |
                 SG_TRAP_DATAGRAM,
        .offline = choice & 1,
        .no_splice = choice & 2,
        .raw = choice & 4,
        .unjailed = choice & 8,
    };
    return sg_filter_make(&options, stop, items, room);
}

static bool is_jump(const struct sock_filter *item)
{
    return BPF_CLASS(item->code) == BPF_JMP && BPF_OP(item->code) != BPF_JA;
}

Test(filter, the_largest_fits)
{
    static const uint32_t stops[] = {0, SECCOMP_RET_USER_NOTIF, SECCOMP_RET_TRACE};
    for (size_t s = 0; s < SG_COUNT(stops); s++) {
        for (unsigned choice = 0; choice < 16; choice++) {
            int length = make(choice, stops[s], SG_COUNT(items));
            cr_expect_gt(length, 0);
            cr_expect_leq(length, SG_MOST_FILTER_CODE, "stop %x, choice %u", stops[s], choice);
            for (int i = 0; i < length; i++)
                cr_expect(!is_jump(&items[i]) ||
                              (i + 1 + items[i].jt < length && i + 1 + items[i].jf < length),
                          "stop %x, choice %u: %d jumps out of it", stops[s], choice, i);
        }
    }
}

Test(filter, what_does_not_fit_is_told_and_not_written)
{
    int length = make(12, SECCOMP_RET_TRACE, SG_COUNT(items));
    for (int room = 0; room < length; room++) {
        const struct sock_filter mark = {.code = 0xabcd};
        items[room] = mark;
        cr_expect_eq(make(12, SECCOMP_RET_TRACE, (size_t)room), -1, "room for %d", room);
        cr_expect_eq(items[room].code, mark.code, "room for %d", room);
    }
    cr_expect_eq(make(12, SECCOMP_RET_TRACE, (size_t)length), length);
}
