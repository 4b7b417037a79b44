/* SPDX-License-Identifier: MIT
 * Finds bytes in what a program printed, in the notations that languages have for them. */
#include <ctype.h>
#include <string.h>

#include "exam/printed.h"

enum { MOST_BETWEEN = 8 };

static int char_at(struct sg_slice text, size_t at)
{
    return at < text.length ? text.data[at] : 0;
}

static int digit_at(struct sg_slice text, size_t at)
{
    int c = tolower(char_at(text, at));
    if (!isxdigit(c))
        return -1;
    return isdigit(c) ? c - '0' : c - 'a' + 10;
}

/* Two digits; -1: one of them is none. */
static int byte_at(struct sg_slice text, size_t at)
{
    int high = digit_at(text, at), low = digit_at(text, at + 1);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

static bool is_inside_word(struct sg_slice text, size_t at)
{
    return at > 0 && isalnum(text.data[at - 1]);
}

/* A byte with `0x` or `\x` before it, in one digit or two; its end, 0: none. */
static size_t match_prefixed(struct sg_slice text, size_t at, uint8_t byte)
{
    int first = char_at(text, at);
    if ((first != '0' && first != '\\') || tolower(char_at(text, at + 1)) != 'x')
        return 0;
    bool two = digit_at(text, at + 3) >= 0;
    int value = two ? byte_at(text, at + 2) : digit_at(text, at + 2);
    size_t end = at + (two ? 4 : 3);
    return value == byte && digit_at(text, end) < 0 ? end : 0;
}

/* A byte as two digits that are no part of a word. */
static size_t match_pair(struct sg_slice text, size_t at, uint8_t byte)
{
    bool alone = !is_inside_word(text, at) && !isalnum(char_at(text, at + 2));
    return alone && byte_at(text, at) == byte ? at + 2 : 0;
}

typedef size_t sg_match_byte(struct sg_slice text, size_t at, uint8_t byte);

/* One byte after the other, with blanks, commas, quotes and the like between. */
static size_t match_each(struct sg_slice text, size_t at, struct sg_slice bytes,
                         sg_match_byte *match)
{
    for (size_t i = 0; i < bytes.length; i++) {
        size_t between = 0;
        while (i && between < MOST_BETWEEN && at < text.length && !isalnum(text.data[at]) &&
               text.data[at] != '\\') {
            at++;
            between++;
        }
        at = match(text, at, bytes.data[i]);
        if (!at)
            return 0;
    }
    return at;
}

static size_t match_prefixed_each(struct sg_slice text, size_t at, struct sg_slice bytes)
{
    return match_each(text, at, bytes, match_prefixed);
}

static size_t match_pairs(struct sg_slice text, size_t at, struct sg_slice bytes)
{
    return match_each(text, at, bytes, match_pair);
}

/* All digits in one word: `2b67`, `0x2b67`. */
static size_t match_joined(struct sg_slice text, size_t at, struct sg_slice bytes)
{
    if (is_inside_word(text, at))
        return 0;
    if (char_at(text, at) == '0' && tolower(char_at(text, at + 1)) == 'x')
        at += 2;
    for (size_t i = 0; i < bytes.length; i++, at += 2) {
        if (byte_at(text, at) != bytes.data[i])
            return 0;
    }
    return isalnum(char_at(text, at)) ? 0 : at;
}

/* A character of a bytes literal, perhaps escaped; its end, and its value (-1: it has none). */
static size_t read_literal(struct sg_slice text, size_t at, int *ret)
{
    static const char escapes[][2] = {{'n', '\n'},  {'r', '\r'},  {'t', '\t'},
                                      {'0', 0},     {'b', '\b'},  {'f', '\f'},
                                      {'\\', '\\'}, {'\'', '\''}, {'"', '"'}};
    *ret = char_at(text, at);
    if (*ret != '\\')
        return at + 1;
    int kind = char_at(text, at + 1);
    if (kind == 'x') {
        *ret = byte_at(text, at + 2);
        return at + 4;
    }
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (kind == escapes[i][0])
            *ret = escapes[i][1];
    }
    return at + 2;
}

/* `b'+g'`, as Python and Rust print bytes. */
static size_t match_literal(struct sg_slice text, size_t at, struct sg_slice bytes)
{
    int quote = char_at(text, at + 1);
    if (char_at(text, at) != 'b' || (quote != '\'' && quote != '"') || is_inside_word(text, at))
        return 0;
    at += 2;
    for (size_t i = 0; i < bytes.length; i++) {
        int value;
        at = read_literal(text, at, &value);
        if (value != bytes.data[i])
            return 0;
    }
    return char_at(text, at) == quote ? at + 1 : 0;
}

static size_t (*const notations[])(struct sg_slice text, size_t at, struct sg_slice bytes) = {
    match_prefixed_each,
    match_pairs,
    match_joined,
    match_literal,
};

bool sg_printed_shows(struct sg_slice output, struct sg_slice bytes, size_t *from)
{
    for (size_t at = *from; at < output.length; at++) {
        for (size_t i = 0; i < sizeof notations / sizeof *notations; i++) {
            size_t end = notations[i](output, at, bytes);
            if (!end)
                continue;
            *from = end;
            return true;
        }
    }
    return false;
}

int sg_printed_both_orders(struct sg_slice output)
{
    enum { MOST = 400 }; /* of what is searched for each number there is */
    output = sg_slice_first(output, MOST);
    for (int number = 0; number < 65536; number++) {
        uint8_t big[] = {(uint8_t)(number >> 8), (uint8_t)number}, little[] = {big[1], big[0]};
        size_t from = 0;
        if (big[0] != big[1] && sg_printed_shows(output, (struct sg_slice){big, 2}, &from) &&
            sg_printed_shows(output, (struct sg_slice){little, 2}, &from))
            return number;
    }
    return -1;
}
