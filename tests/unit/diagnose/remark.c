/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "diagnose/rules.h"

#define BYTES(text)                               \
    {                                             \
        (const uint8_t *)(text), sizeof(text) - 1 \
    }

Test(remark, says_in_what_way_bytes_differ)
{
    static const struct {
        const char *name;
        struct sg_slice expected, got;
        const char *remark;
    } rows[] = {
        {"equal", BYTES("abcdef"), BYTES("abcdef"), NULL},
        {"an end is no difference in bytes", BYTES("abcdef"), BYTES("abc"), NULL},
        {"more behind", BYTES("abc"), BYTES("abcdef"), NULL},
        {"\\r added", BYTES("one\ntwo\n"), BYTES("one\r\ntwo\r\n"),
         "a line end came as \\r\\n, and \\n was due"},
        {"\\r lost", BYTES("one\r\ntwo\r\n"), BYTES("one\ntwo\n"),
         "a line end came as \\n, and \\r\\n was due"},
        {"missing", BYTES("abcdefghijklmnopq"), BYTES("abcghijklmnopq"),
         "3 bytes are missing there"},
        {"twice", BYTES("abcdefghijklmnopq"), BYTES("abcdefdefghijklmnopq"),
         "the 3 bytes before it came twice"},
        {"zeroes", BYTES("abcdefghijklmnopq"), BYTES("abc\0\0defghijklmnopq"),
         "2 zero bytes stand there that do not belong"},
        {"others", BYTES("abcdefghijklmnopq"), BYTES("abcXYdefghijklmnopq"),
         "2 bytes stand there that do not belong"},
        {"a length swapped", BYTES("\0\0\1\2abc"), BYTES("\2\1\0\0abc"),
         "4 bytes came in the opposite order"},
        {"a port swapped", BYTES("\x13\x88!"), BYTES("\x88\x13!"),
         "2 bytes came in the opposite order"},
        {"a NUL for a letter", BYTES("abcd"), BYTES("ab\0\0"), "a zero byte came there"},
        {"a few bytes may agree by chance", BYTES("abcdefgh"), BYTES("abXefgh"), NULL},
        {"simply others", BYTES("abcdefghijkl"), BYTES("abcdefghXYZW"), NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *remark = sg_difference_remark(rows[i].expected, rows[i].got);
        if (rows[i].remark)
            cr_expect_str_eq(remark ? remark : "(none)", rows[i].remark, "%s", rows[i].name);
        else
            cr_expect_null(remark, "%s: %s", rows[i].name, remark);
        free(remark);
    }
}
