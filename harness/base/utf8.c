/* SPDX-License-Identifier: MIT
 * UTF-8, and hostile text made harmless. */
#include "base/utf8.h"

#include "base/bytes.h"

size_t sg_utf8_next(const uint8_t *data, size_t length, uint32_t *ret_point)
{
    static const struct {
        uint8_t mask, lead;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    for (size_t form = 0; form < 4; form++) {
        if ((data[0] & forms[form].mask) != forms[form].lead)
            continue;
        if (form + 1 > length)
            return 0;
        uint32_t point = data[0] & (uint8_t)~forms[form].mask;
        for (size_t i = 1; i <= form; i++) {
            if ((data[i] & 0xc0) != 0x80)
                return 0;
            point = point << 6 | (data[i] & 0x3f);
        }
        bool surrogate = point >= 0xd800 && point <= 0xdfff;
        if (point < forms[form].least || point > 0x10ffff || surrogate)
            return 0;
        *ret_point = point;
        return form + 1;
    }
    return 0;
}

bool sg_utf8_valid(const uint8_t *data, size_t length)
{
    uint32_t point;
    for (size_t at = 0, step; at < length; at += step) {
        step = sg_utf8_next(data + at, length - at, &point);
        if (step == 0)
            return false;
    }
    return true;
}

static bool is_wide(uint32_t point)
{
    return (point >= 0x1100 && point <= 0x115f) || (point >= 0x2e80 && point <= 0xa4cf) ||
           (point >= 0xac00 && point <= 0xd7a3) || (point >= 0xf900 && point <= 0xfaff) ||
           (point >= 0xfe30 && point <= 0xfe6f) || (point >= 0xff00 && point <= 0xff60) ||
           (point >= 0x1f300 && point <= 0x1faff) || (point >= 0x20000 && point <= 0x3fffd);
}

static bool is_combining(uint32_t point)
{
    return (point >= 0x300 && point <= 0x36f) || (point >= 0xfe00 && point <= 0xfe0f);
}

size_t sg_utf8_width(const char *text)
{
    struct sg_slice rest = sg_slice_text(text);
    size_t width = 0;
    while (rest.length) {
        uint32_t point;
        size_t step = sg_utf8_next(rest.data, rest.length, &point);
        if (step == 0) {
            step = 1;
            width++;
        } else if (!is_combining(point)) {
            width += is_wide(point) ? 2 : 1;
        }
        rest = sg_slice_skip(rest, step);
    }
    return width;
}

/* Controls, and the marks that reorder or hide what a terminal shows. */
bool sg_utf8_unsafe(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) ||
           (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2060 && point <= 0x206f) || point == 0xfeff ||
           (point >= 0xfff0 && point <= 0xfffb) || (point & 0xfffe) == 0xfffe ||
           (point >= 0xe0000 && point <= 0xe0fff) || (point >= 0xe000 && point <= 0xf8ff);
}

static void show_byte(struct sg_bytes *out, uint8_t byte)
{
    switch (byte) {
    case '\r':
        sg_bytes_add_text(out, "\\r");
        return;
    case '\n':
        sg_bytes_add_text(out, "\\n");
        return;
    case '\t':
        sg_bytes_add_text(out, "\\t");
        return;
    case 0:
        sg_bytes_add_text(out, "\\0");
        return;
    default:
        sg_bytes_printf(out, "\\x%02x", byte);
    }
}

static void show(struct sg_bytes *out, struct sg_slice rest, bool lines)
{
    while (rest.length) {
        uint32_t point = 0;
        size_t step = sg_utf8_next(rest.data, rest.length, &point);
        uint8_t first = rest.data[0];
        if (lines && (first == '\n' || first == '\t')) {
            sg_bytes_add_byte(out, first);
        } else if (first == '\\' && !lines) {
            sg_bytes_add_text(out, "\\\\");
        } else if (step == 0 || sg_utf8_unsafe(point)) {
            step = step ? step : 1;
            for (size_t i = 0; i < step; i++)
                show_byte(out, rest.data[i]);
        } else {
            sg_bytes_add(out, rest.data, step);
        }
        rest = sg_slice_skip(rest, step);
    }
}

void sg_show(struct sg_bytes *out, const uint8_t *data, size_t length)
{
    show(out, (struct sg_slice){data, length}, false);
}

void sg_show_lines(struct sg_bytes *out, const uint8_t *data, size_t length)
{
    show(out, (struct sg_slice){data, length}, true);
}
