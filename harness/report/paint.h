/* SPDX-License-Identifier: MIT
 * Text for a terminal of 80 columns: colours, signs, wrapped and cut lines. */
#ifndef SG_REPORT_PAINT_H
#define SG_REPORT_PAINT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

enum { SG_PAINT_WIDTH = 80 };

enum sg_style_name {
    SG_PAINT_PLAIN,
    SG_PAINT_BOLD,
    SG_PAINT_DIM,
    SG_PAINT_GOOD,
    SG_PAINT_BAD,
    SG_PAINT_NOTE,
};

enum sg_sign {
    SG_SIGN_PASSED,
    SG_SIGN_FAILED,
    SG_SIGN_SKIPPED,
    SG_SIGN_UNSURE,
    SG_SIGN_DOT,
    SG_SIGN_MARK, /* in front of the line that is meant */
    SG_SIGN_LIFE, /* the line of a participant */
    SG_SIGN_DASH, /* of an arrow */
    SG_SIGN_TO,   /* its head, to the right */
    SG_SIGN_FROM, /* its head, to the left */
    SG_SIGN_END,  /* where a line of a participant ends */
    SG_SIGN_ELLIPSIS,
    SG_SIGN_COUNT,
};

struct sg_paint {
    struct sg_bytes *out;
    bool color;
    bool ascii;
};

const char *sg_sign(const struct sg_paint *paint, enum sg_sign sign);
/* Appends printf text in a style. Whatever it prints is made safe to show, line by line
 * (sg_show_lines). */
void sg_paint(const struct sg_paint *paint, enum sg_style_name style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Appends `text` in lines of at most SG_PAINT_WIDTH columns, each behind `indent` blanks. */
void sg_paint_wrapped(const struct sg_paint *paint, enum sg_style_name style, size_t indent,
                      const char *text);
void sg_paint_blanks(const struct sg_paint *paint, size_t count);
/* Appends as much of `text` as fits into `width` columns, cut with an ellipsis. Returns the columns
 * that are left. */
size_t sg_paint_cut(const struct sg_paint *paint, enum sg_style_name style, const char *text,
                    size_t width);
/* The same, and blanks up to `width`. */
void sg_paint_field(const struct sg_paint *paint, enum sg_style_name style, const char *text,
                    size_t width);

#endif
