/* SPDX-License-Identifier: MIT
 * The ladder, in text: the examiner's ends to the left, the program to the right. */
#include "report/ladder.h"

#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/utf8.h"
#include "report/rung.h"

enum {
    LEFT = 9,     /* the column of the left line; names of peers stand before it */
    BETWEEN = 30, /* columns between the lines */
    NOTE = 28,    /* columns for what is said at the right */
    MOST_ROWS = 16,
    FIRST_ROWS = 4,
};

struct row {
    struct sg_rung rung;
    const struct sg_event *event;
};

static void paint_dashes(const struct sg_paint *paint, size_t count)
{
    while (count--)
        sg_bytes_add_text(paint->out, sg_sign(paint, SG_SIGN_DASH));
}

static void paint_arrow(const struct sg_paint *paint, const struct row *row)
{
    const char *text = row->rung.label;
    size_t label = sg_utf8_width(text) + 2;
    size_t dashes = BETWEEN > label + 1 ? BETWEEN - label - 1 : 0;
    size_t near = dashes < 3 ? dashes : 3;
    if (strcmp(row->event->from, "harness") == 0) {
        paint_dashes(paint, near);
        sg_paint(paint, SG_PAINT_PLAIN, " %s ", text);
        paint_dashes(paint, dashes - near);
        sg_bytes_add_text(paint->out, sg_sign(paint, SG_SIGN_TO));
    } else {
        sg_bytes_add_text(paint->out, sg_sign(paint, SG_SIGN_FROM));
        paint_dashes(paint, dashes - near);
        sg_paint(paint, SG_PAINT_PLAIN, " %s ", text);
        paint_dashes(paint, near);
    }
}

static void paint_row(const struct sg_paint *paint, const struct row *row)
{
    const char *peer = row->event->peer ? row->event->peer : "";
    const char *label = row->rung.label;
    bool arrow = row->rung.kind == SG_RUNG_ARROW;
    sg_paint_blanks(paint, 2);
    sg_paint_field(paint, SG_PAINT_DIM, peer, LEFT - 3);
    sg_paint_blanks(paint, 1);
    if (row->rung.kind == SG_RUNG_UNSENT) {
        sg_paint(paint, SG_PAINT_PLAIN, "%s ", sg_sign(paint, SG_SIGN_END));
        sg_paint_field(paint, SG_PAINT_DIM, label, BETWEEN + NOTE - 1);
    } else {
        sg_bytes_add_text(paint->out, sg_sign(paint, SG_SIGN_LIFE));
        if (arrow)
            paint_arrow(paint, row);
        else
            sg_paint_blanks(paint, BETWEEN);
        sg_bytes_add_text(paint->out, sg_sign(paint, SG_SIGN_LIFE));
        sg_paint_blanks(paint, 1);
        sg_paint_field(paint, SG_PAINT_PLAIN, arrow ? "" : label, NOTE);
    }
    sg_paint(paint, SG_PAINT_DIM, "%7.1f ms\n", (double)row->event->at_ns / 1e6);
}

void sg_ladder(const struct sg_paint *paint, const struct sg_case_result *result)
{
    size_t count = result->event_count;
    if (count) {
        sg_paint_blanks(paint, LEFT);
        sg_paint(paint, SG_PAINT_DIM, "%s", _("examiner"));
        sg_paint_blanks(paint, BETWEEN - 2 - sg_utf8_width(_("examiner")));
        sg_paint(paint, SG_PAINT_DIM, "%s\n", result->role);
    }
    size_t left_out = count > MOST_ROWS ? count - MOST_ROWS : 0;
    for (size_t i = 0; i < count; i++) {
        if (left_out && i == FIRST_ROWS) {
            sg_paint_blanks(paint, LEFT);
            sg_paint(paint, SG_PAINT_DIM, _("%s %zu more\n"), sg_sign(paint, SG_SIGN_ELLIPSIS),
                     left_out);
            i += left_out;
        }
        const struct sg_event *event = &result->transcript[i];
        const struct row row = {.rung = sg_rung_of(event, BETWEEN - 6), .event = event};
        paint_row(paint, &row);
        free(row.rung.label);
    }
}
