/* SPDX-License-Identifier: MIT
 * Numbers from text and back. */
#include "base/number.h"

#include <criterion/criterion.h>

#include "base/bytes.h"
#include "base/table.h"

Test(number, reads_whole_numbers_and_nothing_else)
{
    static const struct {
        const char *text;
        bool right;
        int64_t value;
    } rows[] = {
        {"0", true, 0},
        {"42", true, 42},
        {"-7", true, -7},
        {"007", true, 7},
        {"9223372036854775807", true, INT64_MAX},
        {"9223372036854775808", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"--1", false, 0},
        {"+1", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"1x", false, 0},
        {"0x10", false, 0},
        {"1.0", false, 0},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        int64_t value = -99;
        cr_expect_eq(sg_number_parse(rows[i].text, &value), rows[i].right, "'%s'", rows[i].text);
        cr_expect_eq(value, rows[i].right ? rows[i].value : -99, "'%s'", rows[i].text);
    }
}

struct unit_row {
    const char *text;
    bool right;
    uint64_t value;
};

static void check_units(bool (*parse)(const char *, uint64_t *), const struct unit_row *rows,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t value = 99;
        cr_expect_eq(parse(rows[i].text, &value), rows[i].right, "'%s'", rows[i].text);
        cr_expect_eq(value, rows[i].right ? rows[i].value : 99, "'%s'", rows[i].text);
    }
}

Test(number, reads_durations)
{
    static const struct unit_row rows[] = {
        {"0ms", true, 0},
        {"250ms", true, UINT64_C(250000000)},
        {"2s", true, UINT64_C(2000000000)},
        {"1.5s", true, UINT64_C(1500000000)},
        {"0.001ms", true, 1000},
        {"0.0001ms", false, 0},
        {"2", false, 0},
        {"s", false, 0},
        {"2 s", false, 0},
        {"-1s", false, 0},
        {"2m", false, 0},
        {"1.s", false, 0},
        {".5s", false, 0},
        {"99999999999999999999s", false, 0},
        {"9999999999s", false, 0},
    };
    check_units(sg_duration_parse, rows, SG_COUNT(rows));
}

Test(number, reads_sizes)
{
    static const struct unit_row rows[] = {
        {"0", true, 0},          {"512", true, 512},     {"64KiB", true, 65536},
        {"1MiB", true, 1048576}, {"1.5KiB", true, 1536}, {"64KB", false, 0},
        {"64kib", false, 0},     {"KiB", false, 0},      {"-1", false, 0},
        {"1GiB", false, 0},      {"1 MiB", false, 0},    {"9999999999999MiB", false, 0},
    };
    check_units(sg_size_parse, rows, SG_COUNT(rows));
}

Test(number, thousandths_are_read_exactly)
{
    static const struct {
        const char *text;
        bool right;
        int64_t value;
    } rows[] = {
        {"2", true, 2000},    {"0.5", true, 500}, {"3.125", true, 3125}, {"0", true, 0},
        {"0.1", true, 100},   {"1.", false, 0},   {".5", false, 0},      {"1.0001", false, 0},
        {"1.0000", false, 0}, {"-1", false, 0},   {"1,5", false, 0},     {"", false, 0},
        {"1e3", false, 0},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        int64_t value = -99;
        cr_expect_eq(sg_thousandths_parse(rows[i].text, &value), rows[i].right, "'%s'",
                     rows[i].text);
        cr_expect_eq(value, rows[i].right ? rows[i].value : -99, "'%s'", rows[i].text);
    }
}

Test(number, thousandths_are_printed_as_short_as_can_be)
{
    static const struct {
        int64_t value;
        const char *text;
    } rows[] = {{0, "0"},     {2000, "2"},  {500, "0.5"},          {333, "0.333"},
                {10, "0.01"}, {1, "0.001"}, {1000001, "1000.001"}, {14250, "14.25"}};
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autobytes struct sg_bytes out = {0};
        sg_thousandths_print(&out, rows[i].value);
        cr_expect_str_eq(sg_bytes_text(&out), rows[i].text);
    }
}
