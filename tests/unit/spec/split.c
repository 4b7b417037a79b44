/* SPDX-License-Identifier: MIT
 * How messages are cut into segments. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "spec/data.h"

#define SIZES(...)                                                        \
    {                                                                     \
        .form = SG_SPLIT_SIZES, .sizes = {                                \
            .items = (uint64_t[]){__VA_ARGS__},                           \
            .count = sizeof((uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t) \
        }                                                                 \
    }
#define AROUND(mark_text)                                                                       \
    {                                                                                           \
        .form = SG_SPLIT_AROUND, .mark = {(const uint8_t *)(mark_text), sizeof(mark_text) - 1 } \
    }

static void expect_sizes(const char *name, const struct sg_split *split, const char *message,
                         const size_t *expected)
{
    size_t *sizes, count, sum = 0;
    sg_split_sizes(split, sg_slice_text(message), &sizes, &count);
    for (size_t i = 0; i < count; i++) {
        cr_expect_eq(sizes[i], expected[i], "%s: piece %zu has %zu bytes", name, i, sizes[i]);
        cr_expect_gt(sizes[i], 0, "%s: no piece is empty", name);
        sum += sizes[i];
    }
    cr_expect_eq(expected[count], 0, "%s: %zu pieces", name, count);
    cr_expect_eq(sum, strlen(message), "%s: nothing is lost", name);
    free(sizes);
}

Test(split, each_form_cuts_as_it_says)
{
    struct sg_split rows_split[] = {
        {.form = SG_SPLIT_WHOLE},
        {.form = SG_SPLIT_WHOLE},
        SIZES(3, 3),
        SIZES(2),
        SIZES(100),
        {.form = SG_SPLIT_BYTES},
        {.form = SG_SPLIT_CHUNKS, .size = 4},
        {.form = SG_SPLIT_CHUNKS, .size = 100},
        {.form = SG_SPLIT_PARTS, .count = 3},
        {.form = SG_SPLIT_PARTS, .count = 3},
        {.form = SG_SPLIT_PARTS, .count = 9},
        {.form = SG_SPLIT_PARTS, .count = 1},
        AROUND("."),
        AROUND("."),
        AROUND("\r\n"),
        AROUND("x"),
        AROUND(""),
    };
    static const struct {
        const char *name, *message;
        size_t sizes[8];
    } rows[] = {
        {"whole", "hello", {5}},
        {"nothing has no pieces", "", {0}},
        {"sizes and the rest", "0123456789", {3, 3, 4}},
        {"one size and the rest", "hello", {2, 3}},
        {"a size beyond the message", "hello", {5}},
        {"bytes", "abc", {1, 1, 1}},
        {"chunks", "0123456789", {4, 4, 2}},
        {"a chunk beyond the message", "hello", {5}},
        {"parts of one size", "012345678", {3, 3, 3}},
        {"parts that differ by a byte", "0123456789", {4, 3, 3}},
        {"more parts than bytes", "ab", {1, 1}},
        {"one part", "hello", {5}},
        {"around a mark at the end", "hello.", {5, 1}},
        {"around marks everywhere", ".a..b", {1, 1, 1, 1, 1}},
        {"around a mark of two bytes", "a\r\nb\r\n", {1, 2, 1, 2}},
        {"around a mark that is not there", "hello", {5}},
        {"around no mark", "hello", {5}},
    };
    cr_assert_eq(SG_COUNT(rows), SG_COUNT(rows_split));
    for (size_t i = 0; i < SG_COUNT(rows); i++)
        expect_sizes(rows[i].name, &rows_split[i], rows[i].message, rows[i].sizes);
}

Test(split, is_described_as_a_reader_would_say_it)
{
    struct sg_split rows_split[] = {
        {.form = SG_SPLIT_WHOLE},
        SIZES(1, 2, 3),
        SIZES(2),
        SIZES(1, 2, 3, 4, 5, 6, 7, 8),
        {.form = SG_SPLIT_BYTES},
        {.form = SG_SPLIT_CHUNKS, .size = 4096},
        {.form = SG_SPLIT_CHUNKS, .size = 1},
        {.form = SG_SPLIT_PARTS, .count = 3},
        AROUND("."),
    };
    static const char *const said[] = {
        "",
        "in pieces of 1, 2, 3 and the rest",
        "the first 2 apart",
        "in pieces of 1, 2, 3, 4, 5, 6, … and the rest",
        "byte by byte",
        "in pieces of 4 KiB",
        "in pieces of 1 byte",
        "in 3 pieces",
        "cut around each \".\"",
    };
    for (size_t i = 0; i < SG_COUNT(said); i++) {
        sg_autobytes struct sg_bytes out = {0};
        sg_split_describe(&rows_split[i], &out);
        cr_expect_str_eq(sg_bytes_text(&out), said[i]);
    }
}
