/* SPDX-License-Identifier: MIT
 * Text and bytes of others, for HTML: made visible (base/utf8.h), then escaped. */
#include <stdarg.h>
#include <string.h>

#include "base/language.h"
#include "base/number.h"
#include "base/utf8.h"
#include "report/html.h"

enum { BYTES_PER_ROW = 8 };

/* Appends text that has been made visible. The one place where HTML is escaped. */
static void add_escaped(struct sg_bytes *out, const char *visible)
{
    for (const char *c = visible; *c; c++) {
        switch (*c) {
        case '&':
            sg_bytes_add_text(out, "&amp;");
            break;
        case '<':
            sg_bytes_add_text(out, "&lt;");
            break;
        case '>':
            sg_bytes_add_text(out, "&gt;");
            break;
        case '"':
            sg_bytes_add_text(out, "&quot;");
            break;
        case '\'':
            sg_bytes_add_text(out, "&#39;");
            break;
        default:
            sg_bytes_add_byte(out, (uint8_t)*c);
        }
    }
}

/* At most `most` bytes of `text`, and no part of a character. */
static struct sg_slice beginning(const char *text, size_t most)
{
    struct sg_slice slice = sg_slice_text(text);
    if (slice.length <= most)
        return slice;
    while (most && (slice.data[most] & 0xc0) == 0x80)
        most--;
    return sg_slice_first(slice, most);
}

void sg_html_text_most(struct sg_bytes *out, const char *text, size_t most)
{
    sg_autobytes struct sg_bytes visible = {0};
    struct sg_slice shown = beginning(text ? text : "", most);
    sg_show_lines(&visible, shown.data, shown.length);
    add_escaped(out, sg_bytes_text(&visible));
    size_t more = text ? strlen(text) - shown.length : 0;
    if (more)
        sg_html_say(out, _(" … +%zu more bytes"), more);
}

void sg_html_text(struct sg_bytes *out, const char *text)
{
    sg_html_text_most(out, text, SG_HTML_MOST);
}

void sg_html_bytes(struct sg_bytes *out, struct sg_slice bytes)
{
    sg_autobytes struct sg_bytes visible = {0};
    sg_show(&visible, bytes.data, bytes.length);
    add_escaped(out, sg_bytes_text(&visible));
}

/* A byte in the column of text: what is no printable ASCII is a dot. */
static void add_as_text(struct sg_bytes *out, uint8_t byte)
{
    if (byte < 0x20 || byte > 0x7e) {
        sg_bytes_add_text(out, "·");
        return;
    }
    const char visible[] = {(char)byte, 0};
    add_escaped(out, visible);
}

static void add_row(struct sg_bytes *out, struct sg_slice row, size_t offset, size_t mark)
{
    sg_bytes_printf(out, "<span class=\"at\">%6zu</span> ", offset);
    for (size_t i = 0; i < BYTES_PER_ROW; i++) {
        if (i >= row.length)
            sg_bytes_add_text(out, "   ");
        else
            sg_bytes_printf(out, offset + i == mark ? " <mark>%02x</mark>" : " %02x", row.data[i]);
    }
    sg_bytes_add_text(out, "  ");
    for (size_t i = 0; i < row.length; i++) {
        bool marked = offset + i == mark;
        sg_bytes_add_text(out, marked ? "<mark>" : "");
        add_as_text(out, row.data[i]);
        sg_bytes_add_text(out, marked ? "</mark>" : "");
    }
    sg_bytes_add_byte(out, '\n');
}

void sg_html_dump(struct sg_bytes *out, struct sg_slice bytes, size_t start, size_t mark)
{
    for (size_t at = 0; at < bytes.length; at += BYTES_PER_ROW) {
        struct sg_slice row = sg_slice_first(sg_slice_skip(bytes, at), BYTES_PER_ROW);
        add_row(out, row, start + at, mark);
    }
}

void sg_html_say(struct sg_bytes *out, const char *format, ...)
{
    sg_autobytes struct sg_bytes escaped = {0};
    va_list args;
    add_escaped(&escaped, format);
    va_start(args, format);
    sg_bytes_vprintf(out, sg_bytes_text(&escaped), args);
    va_end(args);
}

char *sg_html_escaped(const char *text)
{
    struct sg_bytes escaped = {0};
    sg_html_text(&escaped, text);
    return sg_bytes_take_text(&escaped);
}

bool sg_html_may_tell(const struct sg_html *page, const struct sg_case_result *result)
{
    return !(result->hidden && page->options->for_student);
}
