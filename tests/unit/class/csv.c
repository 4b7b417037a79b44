/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <string.h>

#include "base/table.h"
#include "class/csv.h"

/* The cells as one text: '|' between cells, '/' between rows. */
static char *joined(const struct sg_csv *csv)
{
    struct sg_bytes out = {0};
    for (size_t r = 0; r < csv->count; r++) {
        if (r)
            sg_bytes_add_byte(&out, '/');
        for (size_t c = 0; c < csv->rows[r].count; c++)
            sg_bytes_printf(&out, "%s%s", c ? "|" : "", csv->rows[r].cells[c]);
    }
    return sg_bytes_take_text(&out);
}

Test(csv, reads_what_spreadsheets_write)
{
    static const struct {
        const char *name, *text, *cells;
    } rows[] = {
        {"nothing", "", ""},
        {"one cell", "a", "a"},
        {"line ends of every sort", "a,b\r\nc,d\ne,f\rg,h", "a|b/c|d/e|f/g|h"},
        {"quotes", "\"a,b\",\"c\"\"d\"\n", "a,b|c\"d"},
        {"a line end in quotes", "\"a\nb\",c\nd,e\n", "a\nb|c/d|e"},
        {"an empty cell at the end", "a,\n,b\n", "a|/|b"},
        {"empty rows are none", "a\n\n,,\nb\n", "a/b"},
        {"blanks around a cell", " a , \"b\" ,c\n", "a|\"b\"|c"},
        {"text behind a quote", "\"a\"b,c\n", "ab|c"},
        {"a quote within a cell", "5\" pipe,c\n", "5\" pipe|c"},
        {"semicolons", "a;b,c;d\n", "a|b,c|d"},
        {"tabs", "a\tb\n", "a|b"},
        {"separators in quotes do not count", "\"a;b;c;d\",e\n", "a;b;c;d|e"},
        {"a mark of the byte order", "\xef\xbb\xbf\"a\",b\n", "a|b"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_csv csv = {0};
        struct sg_error err = {0};
        cr_expect_eq(sg_csv_parse(sg_slice_text(rows[i].text), &csv, &err), 0, "%s: %s",
                     rows[i].name, err.text);
        sg_autofree char *cells = joined(&csv);
        cr_expect_str_eq(cells, rows[i].cells, "%s: %s", rows[i].name, cells);
        sg_csv_done(&csv);
    }
}

Test(csv, says_in_which_line_a_row_begins)
{
    struct sg_csv csv = {0};
    struct sg_error err = {0};
    cr_assert_eq(sg_csv_parse(sg_slice_text("a\n\"b\nb\"\n\nc\n"), &csv, &err), 0);
    cr_assert_eq(csv.count, 3);
    cr_expect_eq(csv.rows[1].line, 2);
    cr_expect_eq(csv.rows[2].line, 5);
    sg_csv_done(&csv);
}

Test(csv, refuses_what_it_cannot_read)
{
    static const struct {
        const char *name;
        struct sg_slice text;
        const char *says;
    } rows[] = {
        {"an open quote", {(const uint8_t *)"a\n\"b", 4}, "line 2: the quote is not closed"},
        {"a stray byte", {(const uint8_t *)"a\nb\xff", 4}, "line 2: not text in UTF-8: byte 0xff"},
        {"a zero byte", {(const uint8_t *)"a\0b", 3}, "line 1: not text in UTF-8: byte 0x00"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_csv csv = {0};
        struct sg_error err = {0};
        cr_expect_eq(sg_csv_parse(rows[i].text, &csv, &err), -1, "%s", rows[i].name);
        cr_expect_not_null(strstr(err.text, rows[i].says), "%s: %s", rows[i].name, err.text);
        cr_expect_eq(err.blame, SG_BLAME_INPUT);
    }
}
