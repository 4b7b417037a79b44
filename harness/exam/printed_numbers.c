/* SPDX-License-Identifier: MIT
 * Numbers that stand alone in what a program printed: "22" in "port 22/tcp", none in "ipv4
 * 10.0.0.22". */
#include <ctype.h>

#include "exam/printed.h"

static bool is_part(int c)
{
    return isalnum(c) || c == '_';
}

/* The dot of an address, a version, a fraction: one with a digit behind it. */
static bool is_dotted(struct sg_slice text, size_t at)
{
    return at + 1 < text.length && text.data[at] == '.' && isdigit(text.data[at + 1]);
}

bool sg_printed_number(struct sg_slice text, size_t *from, size_t *ret_at, int64_t *ret)
{
    enum { MOST_DIGITS = 9 };
    for (size_t at = *from; at < text.length; at++) {
        if (!isdigit(text.data[at]))
            continue;
        size_t end = at;
        int64_t value = 0;
        while (end < text.length && isdigit(text.data[end])) {
            value = end - at < MOST_DIGITS ? value * 10 + (text.data[end] - '0') : INT64_MAX / 2;
            end++;
        }
        bool before =
            at > 0 && (is_part(text.data[at - 1]) ||
                       (text.data[at - 1] == '.' && at > 1 && isdigit(text.data[at - 2])));
        bool after = end < text.length && (is_part(text.data[end]) || is_dotted(text, end));
        bool negative =
            at > 0 && text.data[at - 1] == '-' && (at == 1 || isspace(text.data[at - 2]));
        if (before || after) {
            at = end - 1;
            continue;
        }
        *ret = negative ? -value : value;
        *ret_at = at;
        *from = end;
        return true;
    }
    return false;
}
