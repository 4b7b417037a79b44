/* SPDX-License-Identifier: MIT
 * Markdown for a terminal. */
#include "report/page.h"

#include <stdio.h>
#include <string.h>

#include "base/table.h"
#include "base/utf8.h"
#include "report/paint.h"

static const struct {
    uint32_t point;
    const char *ascii;
} plain_forms[] = {
    {0x2500, "-"}, {0x25b6, ">"}, {0x25c0, "<"}, {0x2014, "--"}, {0x2026, "..."}, {0xe9, "e"},
};

/* The same text in ASCII, where that is wanted. */
static void add_text(const struct sg_paint *paint, struct sg_slice text, struct sg_bytes *out)
{
    for (size_t at = 0; at < text.length;) {
        uint32_t point;
        size_t step = sg_utf8_next(text.data + at, text.length - at, &point);
        const char *form = step > 1 && paint->ascii ? "?" : NULL;
        for (size_t i = 0; form && i < SG_COUNT(plain_forms); i++)
            form = plain_forms[i].point == point ? plain_forms[i].ascii : form;
        step = step ? step : 1;
        if (form)
            sg_bytes_add_text(out, form);
        else
            sg_bytes_add(out, text.data + at, step);
        at += step;
    }
}

/* Prose: what stands in backquotes is a word of the terminal. */
static void paint_prose(const struct sg_paint *paint, const char *line)
{
    bool code = false; /* no page breaks a line within backquotes */
    while (*line) {
        size_t length = strcspn(line, "`");
        sg_paint(paint, code ? SG_PAINT_NOTE : SG_PAINT_PLAIN, "%.*s", (int)length, line);
        line += length;
        if (*line == '`') {
            code = !code;
            line++;
            /* Without colour the quotes stay: they say where a command begins and ends. */
            if (!paint->color)
                sg_bytes_add_byte(paint->out, '`');
        }
    }
}

static void paint_line(const struct sg_paint *paint, const char *line, bool *fenced)
{
    if (strncmp(line, "```", 3) == 0) {
        *fenced = !*fenced;
        return;
    }
    if (*fenced) {
        sg_paint(paint, SG_PAINT_DIM, "  %s ", sg_sign(paint, SG_SIGN_LIFE));
        sg_paint(paint, SG_PAINT_PLAIN, "%s", line);
    } else if (line[0] == '#') {
        sg_paint(paint, SG_PAINT_BOLD, "%s", line + strspn(line, "# "));
    } else if (line[0]) {
        sg_paint_blanks(paint, 2);
        paint_prose(paint, line);
    }
    sg_bytes_add_byte(paint->out, '\n');
}

void sg_page_paint(struct sg_slice page, bool color, bool ascii, struct sg_bytes *out)
{
    const struct sg_paint paint = {.out = out, .color = color, .ascii = ascii};
    sg_autobytes struct sg_bytes text = {0};
    add_text(&paint, page, &text);
    bool fenced = false;
    for (const char *at = sg_bytes_text(&text); *at;) {
        size_t length = strcspn(at, "\n");
        sg_autofree char *line = sg_printf("%.*s", (int)length, at);
        paint_line(&paint, line, &fenced);
        at += length + (at[length] == '\n');
    }
}
