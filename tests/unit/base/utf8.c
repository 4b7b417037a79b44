/* SPDX-License-Identifier: MIT
 * UTF-8, and hostile bytes made harmless. */
#include "base/utf8.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/bytes.h"
#include "base/table.h"

/* A text that may hold zero bytes. */
#define TEXT(text) text, sizeof(text) - 1

Test(utf8, only_well_formed_sequences_are_valid)
{
    static const struct {
        const char *name, *text;
        size_t length;
        bool valid;
    } rows[] = {
        {"nothing", TEXT(""), true},
        {"ASCII", TEXT("hello\n"), true},
        {"a zero byte", TEXT("a\0b"), true},
        {"two bytes", TEXT("caf\xc3\xa9"), true},
        {"three bytes", TEXT("\xe2\x82\xac"), true},
        {"four bytes", TEXT("\xf0\x9f\x98\x80"), true},
        {"the last code point", TEXT("\xf4\x8f\xbf\xbf"), true},
        {"beyond the last code point", TEXT("\xf4\x90\x80\x80"), false},
        {"a continuation alone", TEXT("\x80"), false},
        {"a sequence cut short", TEXT("\xe2\x82"), false},
        {"a sequence that goes on in ASCII", TEXT("\xc3x"), false},
        {"an overlong slash", TEXT("\xc0\xaf"), false},
        {"an overlong zero of three bytes", TEXT("\xe0\x80\x80"), false},
        {"an overlong form of four bytes", TEXT("\xf0\x80\x80\x80"), false},
        {"a surrogate", TEXT("\xed\xa0\x80"), false},
        {"five bytes", TEXT("\xf8\x88\x80\x80\x80"), false},
        {"0xff", TEXT("\xff"), false},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++)
        cr_expect_eq(sg_utf8_valid((const uint8_t *)rows[i].text, rows[i].length), rows[i].valid,
                     "%s", rows[i].name);
}

Test(utf8, width_counts_columns)
{
    static const struct {
        const char *text;
        size_t width;
    } rows[] = {
        {"", 0},
        {"hello", 5},
        {"caf\xc3\xa9", 4},
        {"\xe6\x97\xa5\xe6\x9c\xac", 4},
        {"e\xcc\x81", 1},
        {"\xf0\x9f\x98\x80", 2},
        {"\xff", 1},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++)
        cr_expect_eq(sg_utf8_width(rows[i].text), rows[i].width, "'%s'", rows[i].text);
}

Test(utf8, hostile_bytes_become_harmless)
{
    static const struct {
        const char *name, *text;
        size_t length;
        const char *shown, *lines;
    } rows[] = {
        {"plain text", TEXT("hello"), "hello", "hello"},
        {"line ends", TEXT("a\r\nb\tc"), "a\\r\\nb\\tc", "a\\r\nb\tc"},
        {"a zero byte", TEXT("a\0b"), "a\\0b", "a\\0b"},
        {"a backslash", TEXT("a\\n"), "a\\\\n", "a\\n"},
        {"an escape sequence", TEXT("\x1b[31m"), "\\x1b[31m", "\\x1b[31m"},
        {"a bell and a delete", TEXT("\a\x7f"), "\\x07\\x7f", "\\x07\\x7f"},
        {"a control in two bytes", TEXT("\xc2\x9b"), "\\xc2\\x9b", "\\xc2\\x9b"},
        {"right to left",
         TEXT("\xe2\x80\xae"
              "evil"),
         "\\xe2\\x80\\xaeevil", "\\xe2\\x80\\xaeevil"},
        {"a zero-width blank", TEXT("\xe2\x80\x8b"), "\\xe2\\x80\\x8b", "\\xe2\\x80\\x8b"},
        {"a line separator", TEXT("\xe2\x80\xa8"), "\\xe2\\x80\\xa8", "\\xe2\\x80\\xa8"},
        {"a byte order mark", TEXT("\xef\xbb\xbf"), "\\xef\\xbb\\xbf", "\\xef\\xbb\\xbf"},
        {"a tag character", TEXT("\xf3\xa0\x81\x81"), "\\xf3\\xa0\\x81\\x81",
         "\\xf3\\xa0\\x81\\x81"},
        {"letters beyond ASCII", TEXT("caf\xc3\xa9 \xe2\x82\xac"), "caf\xc3\xa9 \xe2\x82\xac",
         "caf\xc3\xa9 \xe2\x82\xac"},
        {"no UTF-8",
         TEXT("\xff\xfe"
              "a\xc3"),
         "\\xff\\xfea\\xc3", "\\xff\\xfea\\xc3"},
        {"the end of CDATA", TEXT("]]>"), "]]>", "]]>"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autobytes struct sg_bytes shown = {0}, lines = {0};
        sg_show(&shown, (const uint8_t *)rows[i].text, rows[i].length);
        sg_show_lines(&lines, (const uint8_t *)rows[i].text, rows[i].length);
        cr_expect_str_eq(sg_bytes_text(&shown), rows[i].shown, "%s", rows[i].name);
        cr_expect_str_eq(sg_bytes_text(&lines), rows[i].lines, "%s, in lines", rows[i].name);
    }
}

Test(utf8, whatever_is_shown_is_valid_and_has_no_controls)
{
    for (unsigned first = 0; first < 256; first++) {
        for (unsigned second = 0; second < 256; second++) {
            const uint8_t pair[] = {(uint8_t)first, (uint8_t)second};
            sg_autobytes struct sg_bytes shown = {0};
            sg_show(&shown, pair, sizeof pair);
            cr_assert(sg_utf8_valid(shown.data, shown.length), "%02x %02x", first, second);
            for (size_t i = 0; i < shown.length; i++)
                cr_assert(shown.data[i] >= 0x20 && shown.data[i] != 0x7f, "%02x %02x", first,
                          second);
        }
    }
}

Test(utf8, a_mebibyte_is_shown_whole)
{
    sg_autobytes struct sg_bytes big = {0}, shown = {0};
    memset(sg_bytes_reserve(&big, 1 << 20), 0, 1 << 20);
    big.length = 1 << 20;
    sg_show(&shown, big.data, big.length);
    cr_expect_eq(shown.length, 2u << 20);
}
