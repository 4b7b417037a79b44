/* SPDX-License-Identifier: MIT
 * Complaints: kept, sorted by place, printed with the line and a caret under it. */
#include "spec/complaint.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { WIDEST_LINE = 160 };

void sg_complaints_done(struct sg_complaints *complaints)
{
    if (!complaints)
        return;
    for (size_t i = 0; i < complaints->count; i++)
        free(complaints->items[i].text);
    *complaints = (struct sg_complaints){0};
}

/* The same mistake is met again in every combination of a matrix, and behind every alias. */
static bool is_known(const struct sg_complaints *complaints, const struct sg_place *place,
                     const char *text)
{
    for (size_t i = 0; i < complaints->count; i++) {
        const struct sg_complaint *known = &complaints->items[i];
        if (known->place.source == place->source && known->place.line == place->line &&
            known->place.column == place->column && strcmp(known->text, text) == 0)
            return true;
    }
    return false;
}

void sg_complain_v(struct sg_complaints *complaints, struct sg_place place, const char *format,
                   va_list args)
{
    struct sg_bytes text = {0};
    sg_bytes_vprintf(&text, format, args);
    if (is_known(complaints, &place, sg_bytes_text(&text))) {
        sg_bytes_done(&text);
        return;
    }
    if (complaints->count == SG_MOST_COMPLAINTS) {
        complaints->unsaid++;
        sg_bytes_done(&text);
        return;
    }
    complaints->items[complaints->count++] =
        (struct sg_complaint){.place = place, .text = sg_bytes_take_text(&text)};
}

void sg_complain_at(struct sg_complaints *complaints, struct sg_place place, const char *format,
                    ...)
{
    va_list args;
    va_start(args, format);
    sg_complain_v(complaints, place, format, args);
    va_end(args);
}

static int compare_places(const void *a, const void *b)
{
    const struct sg_place *left = &((const struct sg_complaint *)a)->place;
    const struct sg_place *right = &((const struct sg_complaint *)b)->place;
    if (left->source != right->source)
        return strcmp(left->source->path, right->source->path);
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    return 0;
}

static struct sg_slice find_line(const struct sg_source *source, size_t line)
{
    struct sg_slice rest = sg_bytes_slice(&source->text);
    for (size_t at = 1; at < line; at++) {
        size_t end = sg_slice_find(rest, sg_slice_text("\n"));
        if (end == SIZE_MAX)
            return (struct sg_slice){NULL, 0};
        rest = sg_slice_skip(rest, end + 1);
    }
    size_t end = sg_slice_find(rest, sg_slice_text("\n"));
    rest = sg_slice_first(rest, end);
    if (rest.length && rest.data[rest.length - 1] == '\r')
        rest.length--;
    return rest;
}

/* Bytes of `line` that its first `columns` characters take. */
static size_t bytes_of_columns(struct sg_slice line, size_t columns)
{
    size_t at = 0;
    while (columns-- && at < line.length) {
        uint32_t point;
        size_t step = sg_utf8_next(line.data + at, line.length - at, &point);
        at += step ? step : 1;
    }
    return at;
}

static void print_caret(const struct sg_place *place, struct sg_slice line, struct sg_bytes *out)
{
    size_t start = bytes_of_columns(line, place->column - 1);
    sg_bytes_add_text(out, "      | ");
    for (size_t i = 0; i < start; i++) {
        if ((line.data[i] & 0xc0) != 0x80)
            sg_bytes_add_byte(out, line.data[i] == '\t' ? '\t' : ' ');
    }
    sg_bytes_add_byte(out, '^');
    size_t left = line.length > start ? line.length - start : 1;
    for (size_t i = 1; i < place->width && i < left; i++)
        sg_bytes_add_byte(out, '~');
    sg_bytes_add_byte(out, '\n');
}

static void print_one(const struct sg_complaint *complaint, struct sg_bytes *out)
{
    const struct sg_place *place = &complaint->place;
    sg_bytes_printf(out, "%s:%zu:%zu: %s\n", place->source->path, place->line, place->column,
                    complaint->text);
    struct sg_slice line = find_line(place->source, place->line);
    if (line.length == 0)
        return;
    if (line.length > WIDEST_LINE)
        line.length = bytes_of_columns(line, WIDEST_LINE);
    sg_bytes_printf(out, "%5zu | ", place->line);
    sg_show_lines(out, line.data, line.length);
    sg_bytes_add_byte(out, '\n');
    if (place->column <= WIDEST_LINE)
        print_caret(place, line, out);
}

void sg_complaints_print(const struct sg_complaints *complaints, struct sg_bytes *out)
{
    struct sg_complaint sorted[SG_MOST_COMPLAINTS];
    memcpy(sorted, complaints->items, sizeof sorted);
    qsort(sorted, complaints->count, sizeof sorted[0], compare_places);
    for (size_t i = 0; i < complaints->count; i++)
        print_one(&sorted[i], out);
    if (complaints->unsaid)
        sg_bytes_printf(out, "and %zu more\n", complaints->unsaid);
}

struct sg_place sg_place_of_offset(const struct sg_source *source, size_t offset)
{
    struct sg_place place = {.source = source, .line = 1, .column = 1, .width = 1};
    for (size_t i = 0; i < offset && i < source->text.length; i++) {
        uint8_t byte = source->text.data[i];
        if (byte == '\n') {
            place.line++;
            place.column = 1;
        } else if ((byte & 0xc0) != 0x80) {
            place.column++;
        }
    }
    return place;
}
