/* SPDX-License-Identifier: MIT
 * Complaints are kept in order, told once, and shown under the right place. */
#include "spec/complaint.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/table.h"

static struct sg_source make_source(const char *path, const char *text)
{
    struct sg_source source = {.path = path};
    sg_bytes_add_text(&source.text, text);
    return source;
}

static void complain(struct sg_complaints *complaints, const struct sg_source *source, size_t line,
                     size_t column, size_t width, const char *text)
{
    struct sg_place place = {.source = source, .line = line, .column = column, .width = width};
    sg_complain_at(complaints, place, "%s", text);
}

static void expect_printed(const struct sg_complaints *complaints, const char *expected,
                           const char *name)
{
    sg_autobytes struct sg_bytes out = {0};
    sg_complaints_print(complaints, &out);
    cr_expect_str_eq(sg_bytes_text(&out), expected, "%s", name);
}

Test(complaint, the_caret_stands_under_the_place)
{
    static const struct {
        const char *name, *text;
        size_t line, column, width;
        const char *printed;
    } rows[] = {
        {"at the start", "abc def\n", 1, 1, 3, "f:1:1: x\n    1 | abc def\n      | ^~~\n"},
        {"in the middle", "abc def\n", 1, 5, 3, "f:1:5: x\n    1 | abc def\n      |     ^~~\n"},
        {"behind a tab", "\tabc\n", 1, 2, 3, "f:1:2: x\n    1 | \tabc\n      | \t^~~\n"},
        {"behind wide characters", "\xe6\x97\xa5 b\n", 1, 3, 1,
         "f:1:3: x\n    1 | \xe6\x97\xa5 b\n      |    ^\n"},
        {"behind what is shown as an escape", "\x1b b\n", 1, 3, 1,
         "f:1:3: x\n    1 | \\x1b b\n      |      ^\n"},
        {"at the end of the line", "ab", 1, 3, 1, "f:1:3: x\n    1 | ab\n      |   ^\n"},
        {"wider than the line", "ab\n", 1, 2, 50, "f:1:2: x\n    1 | ab\n      |  ^\n"},
        {"in the last line of many", "\n\n\nabc", 4, 1, 1, "f:4:1: x\n    4 | abc\n      | ^\n"},
        {"in an empty line", "\n", 1, 1, 1, "f:1:1: x\n"},
        {"behind the end of the file", "a\n", 9, 1, 1, "f:9:1: x\n"},
        {"a line that Windows ended", "abc\r\n", 1, 1, 3, "f:1:1: x\n    1 | abc\n      | ^~~\n"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_source source = make_source("f", rows[i].text);
        struct sg_complaints complaints = {0};
        complain(&complaints, &source, rows[i].line, rows[i].column, rows[i].width, "x");
        expect_printed(&complaints, rows[i].printed, rows[i].name);
        sg_complaints_done(&complaints);
        sg_bytes_done(&source.text);
    }
}

Test(complaint, a_long_line_is_cut_around_the_place)
{
    char line[1001];
    memset(line, 'a', 1000);
    line[1000] = 0;
    line[700] = 'X';
    struct sg_source source = make_source("f", line);
    struct sg_complaints complaints = {0};
    complain(&complaints, &source, 1, 701, 1, "x");
    sg_autobytes struct sg_bytes out = {0};
    sg_complaints_print(&complaints, &out);
    const char *shown = strchr(sg_bytes_text(&out), '\n') + 1, *caret = strchr(shown, '\n') + 1;
    cr_expect_not_null(strstr(shown, "… a"));
    cr_expect_not_null(strstr(shown, "a …\n"));
    /* The sign for what is left out takes three bytes and one column. */
    cr_expect_eq(strchr(caret, '^') - caret, strchr(shown, 'X') - shown - 2);
    sg_complaints_done(&complaints);
    sg_bytes_done(&source.text);
}

Test(complaint, places_are_in_order_whatever_was_found_first)
{
    struct sg_source sources[] = {make_source("own", "a\nb\n"), make_source("base", "c\n")};
    struct sg_complaints complaints = {0};
    complain(&complaints, &sources[1], 1, 1, 1, "5");
    complain(&complaints, &sources[0], 2, 1, 1, "3");
    complain(&complaints, &sources[0], 1, 1, 1, "2");
    complain(&complaints, &sources[0], 2, 1, 1, "4, at the same place and later");
    complain(&complaints, &sources[0], 1, 0, 1, "1");
    cr_assert_eq(complaints.count, 5);
    for (size_t i = 0; i < complaints.count; i++)
        cr_expect_eq(complaints.items[i].text[0], (char)('1' + i), "%s", complaints.items[i].text);
    sg_complaints_done(&complaints);
    sg_bytes_done(&sources[0].text);
    sg_bytes_done(&sources[1].text);
}

Test(complaint, the_same_is_told_once)
{
    struct sg_source source = make_source("f", "a\n");
    struct sg_complaints complaints = {0};
    for (int i = 0; i < 50; i++)
        complain(&complaints, &source, 1, 1, 1, "again");
    complain(&complaints, &source, 1, 1, 1, "something else");
    cr_expect_eq(complaints.count, 2);
    cr_expect_eq(complaints.unsaid, 0);
    sg_complaints_done(&complaints);
    sg_bytes_done(&source.text);
}

Test(complaint, the_first_twenty_places_are_kept_and_the_rest_is_counted)
{
    struct sg_source source = make_source("f", "a\n");
    struct sg_complaints complaints = {0};
    for (size_t line = 100; line > 0; line--)
        complain(&complaints, &source, line, 1, 1, "wrong");
    cr_assert_eq(complaints.count, SG_MOST_COMPLAINTS);
    cr_expect_eq(complaints.items[0].place.line, 1);
    cr_expect_eq(complaints.items[SG_MOST_COMPLAINTS - 1].place.line, 20);
    cr_expect_eq(complaints.unsaid, 80);
    sg_complaints_done(&complaints);
    sg_bytes_done(&source.text);
}

Test(complaint, a_text_is_one_line_that_is_safe_to_show)
{
    struct sg_source source = make_source("f", "a\n");
    struct sg_complaints complaints = {0};
    complain(&complaints, &source, 1, 1, 1, "a\nb\tc\x1b[31m\xff");
    cr_expect_str_eq(complaints.items[0].text, "a\\nb\\tc\\x1b[31m\\xff");
    sg_complaints_done(&complaints);
    sg_bytes_done(&source.text);
}

Test(complaint, an_offset_has_a_place)
{
    static const struct {
        size_t offset, line, column;
    } rows[] = {{0, 1, 1}, {1, 1, 2}, {2, 2, 1}, {4, 2, 2}, {5, 2, 3}, {99, 2, 4}};
    struct sg_source source = make_source("f", "a\n\xc3\xa9"
                                               "bc");
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_place place = sg_place_of_offset(&source, rows[i].offset);
        cr_expect_eq(place.line, rows[i].line, "offset %zu", rows[i].offset);
        cr_expect_eq(place.column, rows[i].column, "offset %zu", rows[i].offset);
    }
    sg_bytes_done(&source.text);
}
