/* SPDX-License-Identifier: MIT
 * The ladder, in text: the examiner's ends to the left, the program to the right. */
#include "report/ladder.h"

#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/utf8.h"

enum {
    LEFT = 8,     /* the column of the left line; names of peers stand before it */
    BETWEEN = 30, /* columns between the lines */
    NOTE = 28,    /* columns for what is said at the right */
    MOST_ROWS = 16,
    FIRST_ROWS = 4,
    MOST_SHOWN = 20, /* bytes of a segment */
};

/* One row: an arrow with a label, or a note at one side. */
struct row {
    bool arrow, to_right;
    bool left_note;
    char *label;
    const char *peer; /* NULL: none */
    uint64_t at_ns;
};

struct rows {
    struct row *items;
    size_t count;
};

static struct row *add_row(struct rows *rows, const struct sg_event *event, char *label)
{
    rows->items = sg_realloc_array(rows->items, rows->count + 1, sizeof *rows->items);
    struct row *row = &rows->items[rows->count++];
    *row = (struct row){.label = label, .peer = event->peer, .at_ns = event->at_ns};
    return row;
}

static char *show_bytes(const struct sg_event *event)
{
    struct sg_bytes text = {0};
    size_t shown = event->data.length < MOST_SHOWN ? event->data.length : MOST_SHOWN;
    sg_bytes_add_byte(&text, '"');
    sg_show(&text, event->data.data, shown);
    sg_bytes_add_byte(&text, '"');
    if (event->bytes > shown)
        sg_bytes_printf(&text, _(" +%zu more"), event->bytes - shown);
    if (sg_utf8_width(sg_bytes_text(&text)) <= BETWEEN - 6)
        return sg_bytes_take_text(&text);
    sg_bytes_done(&text);
    return sg_printf(_("%zu bytes"), event->bytes);
}

static void add_arrow(struct rows *rows, const struct sg_event *event, char *label)
{
    struct row *row = add_row(rows, event, label);
    row->arrow = true;
    row->to_right = strcmp(event->from, "harness") == 0;
}

static char *show_output(const struct sg_event *event)
{
    sg_autobytes struct sg_bytes shown = {0};
    sg_show(&shown, event->data.data, event->data.length < 24 ? event->data.length : 24);
    return sg_printf("%s: \"%s\"%s", event->to, sg_bytes_text(&shown),
                     event->bytes > 24 ? " …" : "");
}

static void add_event(struct rows *rows, const struct sg_event *event)
{
    switch (event->kind) {
    case SG_EVENT_START:
        add_row(rows, event, sg_strdup(_("started")));
        return;
    case SG_EVENT_LISTEN:
        add_row(rows, event, sg_printf(_("listens on %s"), event->text));
        return;
    case SG_EVENT_CONNECT:
        add_arrow(rows, event, sg_strdup(_("connect")));
        return;
    case SG_EVENT_DATA:
        add_arrow(rows, event, show_bytes(event));
        return;
    case SG_EVENT_END:
        add_arrow(rows, event, sg_strdup(_("end")));
        return;
    case SG_EVENT_RESET:
        add_arrow(rows, event, sg_strdup(event->text ? _("refused") : _("reset")));
        return;
    case SG_EVENT_CLOSE:
        add_arrow(rows, event, sg_strdup(_("close")));
        return;
    case SG_EVENT_UNSENT:
        add_row(rows, event,
                sg_printf(_("%zu bytes not sent: the connection was over"), event->bytes))
            ->left_note = true;
        return;
    case SG_EVENT_STDIN:
        add_arrow(rows, event, sg_strdup(_("standard input")));
        return;
    case SG_EVENT_OUTPUT:
        add_row(rows, event, show_output(event));
        return;
    case SG_EVENT_SIGNAL:
        add_arrow(rows, event, sg_strdup(event->text ? event->text : _("signal")));
        return;
    case SG_EVENT_EXIT:
        add_row(rows, event, sg_printf(_("ends: %s"), event->text ? event->text : ""));
        return;
    case SG_EVENT_BLOCKED:
    case SG_EVENT_FAULT:
        add_row(rows, event, sg_strdup(event->text ? event->text : ""));
        return;
    }
}

static void paint_dashes(const struct sg_paint *paint, size_t count)
{
    while (count--)
        sg_bytes_add_text(paint->out, sg_sign(paint, SG_SIGN_DASH));
}

static void paint_arrow(const struct sg_paint *paint, const struct row *row)
{
    size_t label = sg_utf8_width(row->label) + 2;
    size_t dashes = BETWEEN > label + 1 ? BETWEEN - label - 1 : 0;
    size_t near = dashes < 3 ? dashes : 3;
    if (row->to_right) {
        paint_dashes(paint, near);
        sg_paint(paint, SG_PAINT_PLAIN, " %s ", row->label);
        paint_dashes(paint, dashes - near);
        sg_bytes_add_text(paint->out, sg_sign(paint, SG_SIGN_TO));
    } else {
        sg_bytes_add_text(paint->out, sg_sign(paint, SG_SIGN_FROM));
        paint_dashes(paint, dashes - near);
        sg_paint(paint, SG_PAINT_PLAIN, " %s ", row->label);
        paint_dashes(paint, near);
    }
}

static void paint_row(const struct sg_paint *paint, const struct row *row)
{
    const char *peer = row->peer ? row->peer : "";
    sg_paint_blanks(paint, 2);
    sg_paint_field(paint, SG_PAINT_DIM, peer, LEFT - 3);
    sg_paint_blanks(paint, 1);
    if (row->left_note) {
        sg_paint(paint, SG_PAINT_PLAIN, "%s ", sg_sign(paint, SG_SIGN_END));
        sg_paint_field(paint, SG_PAINT_DIM, row->label, BETWEEN + NOTE - 1);
    } else {
        sg_bytes_add_text(paint->out, sg_sign(paint, SG_SIGN_LIFE));
        if (row->arrow)
            paint_arrow(paint, row);
        else
            sg_paint_blanks(paint, BETWEEN);
        sg_bytes_add_text(paint->out, sg_sign(paint, SG_SIGN_LIFE));
        sg_paint_blanks(paint, 1);
        sg_paint_field(paint, SG_PAINT_PLAIN, row->arrow ? "" : row->label, NOTE);
    }
    sg_paint(paint, SG_PAINT_DIM, "%7.1f ms\n", (double)row->at_ns / 1e6);
}

void sg_ladder(const struct sg_paint *paint, const struct sg_case_result *result)
{
    struct rows rows = {0};
    for (size_t i = 0; i < result->event_count; i++)
        add_event(&rows, &result->transcript[i]);
    if (rows.count) {
        sg_paint_blanks(paint, LEFT);
        sg_paint(paint, SG_PAINT_DIM, "%s", _("examiner"));
        sg_paint_blanks(paint, BETWEEN - 2 - sg_utf8_width(_("examiner")));
        sg_paint(paint, SG_PAINT_DIM, "%s\n", result->role);
    }
    size_t left_out = rows.count > MOST_ROWS ? rows.count - MOST_ROWS : 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (left_out && i == FIRST_ROWS) {
            sg_paint_blanks(paint, LEFT);
            sg_paint(paint, SG_PAINT_DIM, _("%s %zu more\n"), sg_sign(paint, SG_SIGN_ELLIPSIS),
                     left_out);
            i += left_out;
        }
        paint_row(paint, &rows.items[i]);
    }
    for (size_t i = 0; i < rows.count; i++)
        free(rows.items[i].label);
    free(rows.items);
}
