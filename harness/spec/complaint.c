/* SPDX-License-Identifier: MIT
 * Complaints: kept in the order of their places, printed with the line and a caret under it. */
#include "spec/complaint.h"

#include <stdint.h>
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

/* Files in the order they were read in (a spec before those that it extends: they stand in one
 * array), places from top to bottom. */
static int compare_places(const struct sg_place *left, const struct sg_place *right)
{
    uintptr_t files[] = {(uintptr_t)left->source, (uintptr_t)right->source};
    if (files[0] != files[1])
        return files[0] < files[1] ? -1 : 1;
    if (left->line != right->line)
        return left->line < right->line ? -1 : 1;
    if (left->column != right->column)
        return left->column < right->column ? -1 : 1;
    return 0;
}

/* The same mistake is met again in every combination of a matrix, and behind every alias. */
static bool is_known(const struct sg_complaints *complaints, const struct sg_place *place,
                     const char *text)
{
    for (size_t i = 0; i < complaints->count; i++) {
        const struct sg_complaint *known = &complaints->items[i];
        if (compare_places(&known->place, place) == 0 && strcmp(known->text, text) == 0)
            return true;
    }
    return false;
}

static void leave_unsaid(struct sg_complaints *complaints, struct sg_complaint *complaint)
{
    if (!complaints->unsaid || compare_places(&complaints->last_unsaid, &complaint->place) != 0)
        complaints->unsaid++;
    complaints->last_unsaid = complaint->place;
    free(complaint->text);
}

/* Puts a complaint behind those that stand before it or at the same place. */
static void insert(struct sg_complaints *complaints, struct sg_complaint complaint)
{
    size_t at = complaints->count;
    while (at && compare_places(&complaint.place, &complaints->items[at - 1].place) < 0)
        at--;
    if (at == SG_MOST_COMPLAINTS) {
        leave_unsaid(complaints, &complaint);
        return;
    }
    if (complaints->count == SG_MOST_COMPLAINTS)
        leave_unsaid(complaints, &complaints->items[--complaints->count]);
    memmove(&complaints->items[at + 1], &complaints->items[at],
            (complaints->count - at) * sizeof complaints->items[0]);
    complaints->items[at] = complaint;
    complaints->count++;
}

/* One line that is safe to show: a complaint may repeat whatever stands in the file. */
static struct sg_bytes make_line(const char *format, va_list args)
{
    sg_autobytes struct sg_bytes raw = {0};
    struct sg_bytes line = {0};
    sg_bytes_vprintf(&raw, format, args);
    for (struct sg_slice rest = sg_bytes_slice(&raw); rest.length;) {
        size_t plain = 0;
        while (plain < rest.length && rest.data[plain] != '\n' && rest.data[plain] != '\t')
            plain++;
        sg_show_lines(&line, rest.data, plain);
        if (plain < rest.length)
            sg_bytes_add_text(&line, rest.data[plain] == '\n' ? "\\n" : "\\t");
        rest = sg_slice_skip(rest, plain + 1);
    }
    return line;
}

void sg_complain_v(struct sg_complaints *complaints, struct sg_place place, const char *format,
                   va_list args)
{
    struct sg_bytes text = make_line(format, args);
    if (is_known(complaints, &place, sg_bytes_text(&text)))
        sg_bytes_done(&text);
    else
        insert(complaints,
               (struct sg_complaint){.place = place, .text = sg_bytes_take_text(&text)});
}

void sg_complain_at(struct sg_complaints *complaints, struct sg_place place, const char *format,
                    ...)
{
    va_list args;
    va_start(args, format);
    sg_complain_v(complaints, place, format, args);
    va_end(args);
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

/* What is shown of a long line: the part around the place. */
struct excerpt {
    struct sg_slice line;
    size_t column, width; /* of the place in it */
    bool cut_before, cut_behind;
};

static struct excerpt cut_line(struct sg_slice line, const struct sg_place *place)
{
    struct excerpt excerpt = {.line = line, .column = place->column, .width = place->width};
    if (place->column > WIDEST_LINE - 40) {
        size_t skipped = place->column - 40;
        excerpt.line = sg_slice_skip(line, bytes_of_columns(line, skipped));
        excerpt.column -= skipped;
        excerpt.cut_before = true;
    }
    size_t most = bytes_of_columns(excerpt.line, WIDEST_LINE);
    excerpt.cut_behind = most < excerpt.line.length;
    excerpt.line = sg_slice_first(excerpt.line, most);
    return excerpt;
}

/* Columns that `text` takes on a screen, as sg_show_lines shows it; a tab counts as one. */
static size_t shown_width(struct sg_slice text)
{
    sg_autobytes struct sg_bytes shown = {0};
    sg_show_lines(&shown, text.data, text.length);
    return sg_utf8_width(sg_bytes_text(&shown));
}

static void print_caret(const struct excerpt *excerpt, struct sg_bytes *out)
{
    size_t start = bytes_of_columns(excerpt->line, excerpt->column - 1);
    sg_bytes_printf(out, "      | %s", excerpt->cut_before ? "  " : "");
    for (size_t at = 0, step; at < start; at += step) {
        step = bytes_of_columns(sg_slice_skip(excerpt->line, at), 1);
        bool tab = excerpt->line.data[at] == '\t';
        size_t width = shown_width((struct sg_slice){excerpt->line.data + at, step});
        sg_bytes_printf(out, "%*s", tab ? 0 : (int)width, "");
        sg_bytes_add_text(out, tab ? "\t" : "");
    }
    struct sg_slice rest = sg_slice_skip(excerpt->line, start);
    size_t marked = shown_width(sg_slice_first(rest, bytes_of_columns(rest, excerpt->width)));
    sg_bytes_add_byte(out, '^');
    for (size_t i = 1; i < marked; i++)
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
    struct excerpt excerpt = cut_line(line, place);
    sg_bytes_printf(out, "%5zu | %s", place->line, excerpt.cut_before ? "… " : "");
    sg_show_lines(out, excerpt.line.data, excerpt.line.length);
    sg_bytes_add_text(out, excerpt.cut_behind ? " …\n" : "\n");
    print_caret(&excerpt, out);
}

void sg_complaints_print(const struct sg_complaints *complaints, struct sg_bytes *out)
{
    for (size_t i = 0; i < complaints->count; i++)
        print_one(&complaints->items[i], out);
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
