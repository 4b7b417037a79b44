/* SPDX-License-Identifier: MIT
 * Reads CSV. */
#include "class/csv.h"

#include <stdbool.h>
#include <string.h>

#include "base/table.h"
#include "base/utf8.h"

enum { MOST_ROWS = 10000, MOST_CELLS = 1000 };

struct reader {
    struct sg_csv *csv;
    struct sg_slice rest;
    size_t line;
    struct sg_error *err;
};

static char separator_of(struct sg_slice text)
{
    static const char separators[] = {',', ';', '\t'};
    size_t counts[SG_COUNT(separators)] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.length && (quoted || text.data[i] != '\n'); i++) {
        quoted = quoted != (text.data[i] == '"');
        for (size_t s = 0; !quoted && s < SG_COUNT(separators); s++)
            counts[s] += text.data[i] == (uint8_t)separators[s];
    }
    for (size_t s = 1; s < SG_COUNT(separators); s++)
        best = counts[s] > counts[best] ? s : best;
    return separators[best];
}

static int front(const struct reader *reader)
{
    return reader->rest.length ? reader->rest.data[0] : -1;
}

static int take(struct reader *reader)
{
    int byte = front(reader);
    reader->rest = sg_slice_skip(reader->rest, 1);
    reader->line += byte == '\n';
    return byte;
}

static int read_quoted(struct reader *reader, struct sg_bytes *cell)
{
    size_t began = reader->line;
    (void)take(reader);
    for (;;) {
        int byte = take(reader);
        if (byte < 0)
            return sg_fail(reader->err, "line %zu: the quote is not closed", began);
        if (byte == '"' && front(reader) != '"')
            return 0;
        if (byte == '"')
            (void)take(reader);
        sg_bytes_add_byte(cell, (uint8_t)byte);
    }
}

static bool ends_cell(const struct reader *reader)
{
    int byte = front(reader);
    return byte < 0 || byte == '\n' || byte == '\r' || byte == reader->csv->separator;
}

/* A quote counts at the start of a cell only; text behind a closed one is taken as it stands. */
static int read_cell(struct reader *reader, char **ret)
{
    sg_autobytes struct sg_bytes cell = {0};
    if (front(reader) == '"' && read_quoted(reader, &cell) < 0)
        return -1;
    while (!ends_cell(reader))
        sg_bytes_add_byte(&cell, (uint8_t)take(reader));
    const uint8_t *data = cell.data;
    size_t length = cell.length;
    for (; length && strchr(" \t\r\n", data[0]); data++)
        length--;
    while (length && strchr(" \t\r\n", data[length - 1]))
        length--;
    *ret = sg_arena_copy(&reader->csv->arena, length ? (const char *)data : "", length);
    return 0;
}

static int read_row(struct reader *reader)
{
    struct sg_csv *csv = reader->csv;
    struct sg_csv_row row = {.line = reader->line};
    bool text = false;
    for (;;) {
        char *cell = NULL;
        if (row.count == MOST_CELLS)
            return sg_fail(reader->err, "line %zu: more than %d columns", row.line, MOST_CELLS);
        if (read_cell(reader, &cell) < 0)
            return -1;
        char **room =
            sg_arena_push(&csv->arena, (void **)&row.cells, &row.count, sizeof *row.cells);
        *room = cell;
        text = text || *cell;
        int byte = front(reader);
        if (byte == csv->separator) {
            (void)take(reader);
            continue;
        }
        while (front(reader) == '\r')
            (void)take(reader);
        if (front(reader) == '\n')
            (void)take(reader);
        break;
    }
    if (!text)
        return 0;
    if (csv->count == MOST_ROWS)
        return sg_fail(reader->err, "more than %d rows", MOST_ROWS);
    struct sg_csv_row *room =
        sg_arena_push(&csv->arena, (void **)&csv->rows, &csv->count, sizeof *csv->rows);
    *room = row;
    return 0;
}

static int check_text(struct sg_slice text, struct sg_error *err)
{
    size_t line = 1;
    for (size_t at = 0, step; at < text.length; at += step) {
        uint32_t point = 0;
        step = sg_utf8_next(text.data + at, text.length - at, &point);
        if (!step || !point)
            return sg_fail(err,
                           "line %zu: not text in UTF-8: byte 0x%02x; save it as \"CSV UTF-8\"",
                           line, text.data[at]);
        line += point == '\n';
    }
    return 0;
}

int sg_csv_parse(struct sg_slice text, struct sg_csv *ret, struct sg_error *err)
{
    static const uint8_t mark[] = {0xef, 0xbb, 0xbf};
    *ret = (struct sg_csv){0};
    if (sg_slice_equal(sg_slice_first(text, 3), (struct sg_slice){mark, sizeof mark}))
        text = sg_slice_skip(text, 3);
    if (check_text(text, err) < 0)
        return -1;
    ret->separator = separator_of(text);
    struct reader reader = {.csv = ret, .rest = text, .line = 1, .err = err};
    while (reader.rest.length) {
        if (read_row(&reader) < 0) {
            sg_csv_done(ret);
            return -1;
        }
    }
    return 0;
}

void sg_csv_done(struct sg_csv *csv)
{
    sg_arena_done(&csv->arena);
    *csv = (struct sg_csv){0};
}
