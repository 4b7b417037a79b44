/* SPDX-License-Identifier: MIT
 * Growing bytes and borrowed slices. */
#include "base/bytes.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"

Test(bytes, hold_any_byte_and_end_with_a_zero_that_does_not_count)
{
    sg_autobytes struct sg_bytes bytes = {0};
    cr_expect_str_eq(sg_bytes_text(&bytes), "", "empty ones are a text too");
    sg_bytes_add(&bytes, "a\0b", 3);
    sg_bytes_add_byte(&bytes, 0xff);
    sg_bytes_add_text(&bytes, "!");
    sg_bytes_printf(&bytes, "%d", 42);
    cr_assert_eq(bytes.length, 7);
    cr_expect_arr_eq(bytes.data, "a\0b\xff!42", 8);
}

Test(bytes, grow_by_single_bytes_without_losing_one)
{
    sg_autobytes struct sg_bytes bytes = {0};
    for (size_t i = 0; i < 5000; i++)
        sg_bytes_add_byte(&bytes, (uint8_t)i);
    cr_assert_eq(bytes.length, 5000);
    for (size_t i = 0; i < 5000; i++)
        cr_assert_eq(bytes.data[i], (uint8_t)i, "byte %zu", i);
}

Test(bytes, drop_takes_from_the_front)
{
    static const struct {
        const char *name;
        size_t dropped;
        const char *left;
    } rows[] = {
        {"nothing", 0, "hello"},
        {"some", 2, "llo"},
        {"all", 5, ""},
        {"more than there is", 9, ""},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autobytes struct sg_bytes bytes = {0};
        sg_bytes_add_text(&bytes, "hello");
        sg_bytes_drop(&bytes, rows[i].dropped);
        cr_expect_str_eq(sg_bytes_text(&bytes), rows[i].left, "%s", rows[i].name);
        cr_expect_eq(bytes.length, strlen(rows[i].left), "%s", rows[i].name);
    }
}

Test(bytes, a_text_that_is_taken_leaves_nothing_behind)
{
    struct sg_bytes bytes = {0};
    sg_bytes_add_text(&bytes, "mine");
    char *text = sg_bytes_take_text(&bytes);
    cr_expect_str_eq(text, "mine");
    cr_expect_null(bytes.data);
    free(text);
    text = sg_bytes_take_text(&bytes);
    cr_expect_str_eq(text, "", "of nothing an empty text is taken");
    free(text);
}

Test(bytes, an_array_grows_without_losing_an_item)
{
    enum { COUNT = 1000 };
    size_t *items = NULL, moves = 0;
    for (size_t i = 0; i < COUNT; i++) {
        size_t *before = items;
        items = sg_grow_array(items, i, sizeof *items);
        moves += items != before;
        items[i] = i;
    }
    for (size_t i = 0; i < COUNT; i++)
        cr_assert_eq(items[i], i);
    cr_assert_leq(moves, 11);
    free(items);
}

Test(slice, find_knows_edges)
{
    static const struct {
        const char *name, *hay, *needle;
        size_t at;
    } rows[] = {
        {"at the start", "abcabc", "ab", 0},
        {"at the end", "abcabd", "bd", 4},
        {"not there", "abc", "x", SIZE_MAX},
        {"an empty needle", "abc", "", 0},
        {"an empty hay", "", "a", SIZE_MAX},
        {"a needle longer than the hay", "ab", "abc", SIZE_MAX},
        {"the whole", "abc", "abc", 0},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++)
        cr_expect_eq(sg_slice_find(sg_slice_text(rows[i].hay), sg_slice_text(rows[i].needle)),
                     rows[i].at, "%s", rows[i].name);
}

Test(slice, compares_bytes_and_not_texts)
{
    struct sg_slice a = {(const uint8_t *)"a\0b", 3}, b = {(const uint8_t *)"a\0c", 3};
    struct sg_slice none = {NULL, 0};
    cr_expect_not(sg_slice_equal(a, b));
    cr_expect(sg_slice_equal(a, a));
    cr_expect(sg_slice_equal(none, sg_slice_text("")));
    cr_expect_eq(sg_slice_common(a, b), 2);
    cr_expect_eq(sg_slice_common(a, none), 0);
}

Test(slice, skip_and_first_stay_within)
{
    struct sg_slice slice = sg_slice_text("hello");
    cr_expect_eq(sg_slice_skip(slice, 2).length, 3);
    cr_expect_eq(sg_slice_skip(slice, 9).length, 0);
    cr_expect_eq(sg_slice_first(slice, 2).length, 2);
    cr_expect_eq(sg_slice_first(slice, SIZE_MAX).length, 5);
    cr_expect_eq(sg_slice_skip((struct sg_slice){NULL, 0}, 3).length, 0);
}
