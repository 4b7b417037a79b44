/* SPDX-License-Identifier: MIT
 * Text for a terminal. */
#include "report/paint.h"

#include <string.h>

#include "base/utf8.h"

static const char *const signs[SG_SIGN_COUNT][2] = {
    [SG_SIGN_PASSED] = {"✓", "+"}, [SG_SIGN_FAILED] = {"✗", "x"}, [SG_SIGN_SKIPPED] = {"–", "-"},
    [SG_SIGN_UNSURE] = {"?", "?"}, [SG_SIGN_DOT] = {"·", "|"},    [SG_SIGN_MARK] = {"▶", ">"},
    [SG_SIGN_LIFE] = {"│", "|"},   [SG_SIGN_DASH] = {"─", "-"},   [SG_SIGN_TO] = {"▶", ">"},
    [SG_SIGN_FROM] = {"◀", "<"},   [SG_SIGN_END] = {"╵", "'"},    [SG_SIGN_ELLIPSIS] = {"…", "..."},
};

const char *sg_sign(const struct sg_paint *paint, enum sg_sign sign)
{
    return signs[sign][paint->ascii ? 1 : 0];
}

static const char *const codes[] = {
    [SG_PAINT_PLAIN] = "",        [SG_PAINT_BOLD] = "\033[1m", [SG_PAINT_DIM] = "\033[2m",
    [SG_PAINT_GOOD] = "\033[32m", [SG_PAINT_BAD] = "\033[31m", [SG_PAINT_NOTE] = "\033[36m",
};

static void begin(const struct sg_paint *paint, enum sg_style_name style)
{
    if (paint->color)
        sg_bytes_add_text(paint->out, codes[style]);
}

static void end(const struct sg_paint *paint, enum sg_style_name style)
{
    if (paint->color && style != SG_PAINT_PLAIN)
        sg_bytes_add_text(paint->out, "\033[0m");
}

void sg_paint(const struct sg_paint *paint, enum sg_style_name style, const char *format, ...)
{
    sg_autobytes struct sg_bytes text = {0};
    va_list args;
    va_start(args, format);
    sg_bytes_vprintf(&text, format, args);
    va_end(args);
    begin(paint, style);
    sg_show_lines(paint->out, text.data, text.length);
    end(paint, style);
}

void sg_paint_blanks(const struct sg_paint *paint, size_t count)
{
    while (count--)
        sg_bytes_add_byte(paint->out, ' ');
}

/* The bytes of `text` that fit into `width` columns. */
static size_t fitting(const char *text, size_t width)
{
    size_t at = 0, columns = 0;
    while (text[at]) {
        uint32_t point;
        size_t step = sg_utf8_next((const uint8_t *)text + at, strnlen(text + at, 4), &point);
        step = step ? step : 1;
        char one[8] = {0};
        memcpy(one, text + at, step);
        columns += sg_utf8_width(one);
        if (columns > width)
            break;
        at += step;
    }
    return at;
}

/* `text` as it can stand in one line of a known width. */
static char *one_line(const char *text)
{
    struct sg_bytes line = {0};
    sg_show_lines(&line, (const uint8_t *)text, strlen(text));
    for (size_t i = 0; i < line.length; i++) {
        if (line.data[i] == '\n' || line.data[i] == '\t')
            line.data[i] = ' ';
    }
    return sg_bytes_take_text(&line);
}

size_t sg_paint_cut(const struct sg_paint *paint, enum sg_style_name style, const char *text,
                    size_t width)
{
    sg_autofree char *line = one_line(text);
    text = line;
    size_t columns = sg_utf8_width(text);
    if (columns <= width) {
        sg_paint(paint, style, "%s", text);
        return width - columns;
    }
    const char *ellipsis = sg_sign(paint, SG_SIGN_ELLIPSIS);
    size_t room = width - sg_utf8_width(ellipsis);
    sg_autofree char *head = sg_printf("%.*s", (int)fitting(text, room), text);
    sg_paint(paint, style, "%s%s", head, ellipsis);
    return room - sg_utf8_width(head);
}

void sg_paint_field(const struct sg_paint *paint, enum sg_style_name style, const char *text,
                    size_t width)
{
    sg_paint_blanks(paint, sg_paint_cut(paint, style, text, width));
}

/* The bytes of the next line of `text` at most `width` columns wide, cut at a blank where it
 * can. */
static size_t next_line(const char *text, size_t width)
{
    size_t most = fitting(text, width);
    const char *end = memchr(text, '\n', most);
    if (end)
        return (size_t)(end - text);
    if (!text[most] || text[most] == '\n')
        return most;
    size_t cut = most;
    while (cut && text[cut] != ' ')
        cut--;
    return cut ? cut : most;
}

void sg_paint_wrapped(const struct sg_paint *paint, enum sg_style_name style, size_t indent,
                      const char *text)
{
    do {
        size_t length = next_line(text, SG_PAINT_WIDTH - indent);
        sg_paint_blanks(paint, indent);
        sg_paint(paint, style, "%.*s", (int)length, text);
        sg_bytes_add_byte(paint->out, '\n');
        text += length;
        if (*text == '\n')
            text++;
        else
            text += strspn(text, " ");
    } while (*text);
}
