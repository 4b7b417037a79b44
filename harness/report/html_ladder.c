/* SPDX-License-Identifier: MIT
 * The ladder of a case, drawn: a line for each participant, a row for each event. Places from left
 * to right are parts of the width, so that the same drawing fits a phone, a screen and paper; texts
 * keep their size. */
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/table.h"
#include "base/utf8.h"
#include "report/html.h"
#include "report/rung.h"

enum {
    MOST_PEERS =
        3, /* lines for peers of their own; where there are more, one line stands for all */
    MOST_LANES = MOST_PEERS + 1,
    FIRST_ROWS = 6,
    MOST_ROWS = 24,
    LEFT = 190,  /* thousandths of the width: the first line … */
    RIGHT = 930, /* … and the last */
    TIME = 145,
    GAP = 130, /* between two peers */
    HEAD = 46, /* pixels */
    ROW = 30,
    LINE = 17, /* of a note */
    COLUMNS = 24,
    NARROW_COLUMNS = 14,
    NOTE_COLUMNS = 32,
    MOST_NOTE_LINES = 3,
};

struct lane {
    const char *name; /* what it is called in events; NULL: the examiner, whatever it plays */
    const char *shown;
    int x;
};

struct drawing {
    struct sg_bytes body;
    const struct sg_case_result *result;
    struct lane lanes[MOST_LANES];
    size_t count,
        examiners;        /* the first `examiners` are the examiner's, or the one in the middle */
    size_t judged, other; /* of the programs; SIZE_MAX: there is no other */
    size_t columns;
    bool tagged; /* each arrow says which peer it is of */
    int y;
    int born; /* where the judged program's line begins; -1: it does not run */
};

static bool is(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static bool is_program(const char *party)
{
    return is(party, "server") || is(party, "client") || is(party, "reference");
}

/* The names of what the examiner played; how many, or MOST_PEERS + 1. */
static size_t find_peers(const struct sg_case_result *result, const char *names[MOST_PEERS])
{
    size_t count = 0;
    for (size_t i = 0; i < result->event_count; i++) {
        const char *peer = result->transcript[i].peer;
        bool known = !peer;
        for (size_t k = 0; k < count && !known; k++)
            known = is(names[k], peer);
        if (known)
            continue;
        if (count == MOST_PEERS)
            return MOST_PEERS + 1;
        names[count++] = peer;
    }
    return count;
}

static bool has_other_program(const struct sg_case_result *result)
{
    for (size_t i = 0; i < result->event_count; i++) {
        const struct sg_event *event = &result->transcript[i];
        if ((is_program(event->from) && !is(event->from, result->role)) ||
            (is_program(event->to) && !is(event->to, result->role)))
            return true;
    }
    return false;
}

/* Two programs, and the examiner between them. */
static void place_three(struct drawing *drawing)
{
    drawing->count = 3;
    drawing->judged = is(drawing->result->role, "server") ? 2 : 0;
    drawing->other = 2 - drawing->judged;
    drawing->columns = NARROW_COLUMNS;
    const char *const shown[] = {"client", _("examiner"), "server"};
    for (int i = 0; i < 3; i++)
        drawing->lanes[i] = (struct lane){.shown = shown[i], .x = LEFT + (RIGHT - LEFT) / 2 * i};
}

static void place_lanes(struct drawing *drawing)
{
    const char *names[MOST_PEERS] = {NULL};
    drawing->columns = COLUMNS;
    drawing->other = SIZE_MAX;
    if (has_other_program(drawing->result)) {
        place_three(drawing);
        return;
    }
    size_t peers = find_peers(drawing->result, names);
    drawing->tagged = peers > MOST_PEERS;
    size_t lanes = drawing->tagged || !peers ? 1 : peers;
    for (size_t i = 0; i < lanes; i++) {
        const char *name = drawing->tagged ? NULL : names[i];
        drawing->lanes[i] = (struct lane){.name = name, .shown = name, .x = LEFT + GAP * (int)i};
    }
    drawing->judged = lanes;
    drawing->lanes[lanes] = (struct lane){.shown = drawing->result->role, .x = RIGHT};
    drawing->count = lanes + 1;
}

static size_t lane_of(const struct drawing *drawing, const char *party, const char *peer)
{
    if (drawing->other != SIZE_MAX && is(party, "harness"))
        return 1;
    if (is(party, "harness")) {
        for (size_t i = 0; i < drawing->judged; i++) {
            if (is(drawing->lanes[i].name, peer))
                return i;
        }
        return 0;
    }
    return is(party, drawing->result->role) || drawing->other == SIZE_MAX ? drawing->judged
                                                                          : drawing->other;
}

static void add_x(struct drawing *drawing, const char *name, int x)
{
    sg_bytes_printf(&drawing->body, " %s=\"%d.%d%%\"", name, x / 10, x % 10);
}

static void add_text(struct drawing *drawing, const char *class, int x, int y, const char *text)
{
    sg_bytes_printf(&drawing->body, "<text class=\"%s\"", class);
    add_x(drawing, "x", x);
    sg_bytes_printf(&drawing->body, " y=\"%d\">", y);
    sg_html_text(&drawing->body, text);
    sg_bytes_add_text(&drawing->body, "</text>");
}

static void add_line(struct drawing *drawing, const char *class, int x1, int y1, int x2, int y2)
{
    sg_bytes_printf(&drawing->body, "<line class=\"%s\"", class);
    add_x(drawing, "x1", x1);
    add_x(drawing, "x2", x2);
    sg_bytes_printf(&drawing->body, " y1=\"%d\" y2=\"%d\"/>", y1, y2);
}

/* One of the signs that the page defines once (html.c). */
static void add_sign(struct drawing *drawing, const char *sign, const char *class, int x, int y)
{
    sg_bytes_printf(&drawing->body, "<use href=\"#%s\" class=\"%s\"", sign, class);
    add_x(drawing, "x", x);
    sg_bytes_printf(&drawing->body, " y=\"%d\"/>", y);
}

static void add_time(struct drawing *drawing, const struct sg_event *event, int y)
{
    sg_autofree char *time = sg_printf("%.1f", (double)event->at_ns / 1e6);
    add_text(drawing, "ms", TIME, y, time);
}

/* How an event looks, beyond its words. */
static const char *class_of(const struct sg_event *event)
{
    static const char *const classes[SG_EVENT_FAULT + 1] = {
        [SG_EVENT_DATA] = "data",    [SG_EVENT_RESET] = "bad",     [SG_EVENT_FAULT] = "fault",
        [SG_EVENT_SIGNAL] = "fault", [SG_EVENT_BLOCKED] = "fault", [SG_EVENT_UNSENT] = "fault",
        [SG_EVENT_EXIT] = "exit",
    };
    if (event->kind == SG_EVENT_EXIT && event->text && strncmp(event->text, "SIG", 3) == 0)
        return "bad";
    return classes[event->kind] ? classes[event->kind] : "";
}

static void draw_arrow(struct drawing *drawing, const struct sg_event *event, const char *label)
{
    const char *class = class_of(event);
    size_t to_lane = lane_of(drawing, event->to, event->peer);
    int from = drawing->lanes[lane_of(drawing, event->from, event->peer)].x;
    int to = drawing->lanes[to_lane].x;
    if (!event->peer && is(event->from, "harness")) /* nothing goes over a connection */
        from = to + (to > LEFT ? -100 : 100);
    sg_autofree char *text =
        drawing->tagged && event->peer ? sg_printf("%s: %s", event->peer, label) : sg_strdup(label);
    int y = drawing->y + ROW - 8;
    sg_autofree char *line = sg_printf("arrow %s", class);
    sg_autofree char *words = sg_printf("%s %s",
                                        event->peer ? "on"
                                        : to > from ? "before"
                                                    : "behind",
                                        class);
    add_time(drawing, event, y + 4);
    add_line(drawing, line, from, y, to, y);
    add_sign(drawing, to > from ? "to" : "fro", class, to, y);
    if (event->kind == SG_EVENT_RESET)
        add_sign(drawing, "cross", class, (from + to) / 2, y);
    add_text(drawing, words, event->peer ? (from + to) / 2 : from, event->peer ? y - 6 : y + 4,
             text);
    drawing->y += ROW;
}

/* How much of `text` fits into a line. */
static size_t fitting(const char *text)
{
    size_t length = strlen(text), most = 0;
    for (size_t columns = 0; most < length && columns < NOTE_COLUMNS; columns++) {
        uint32_t point;
        size_t step = sg_utf8_next((const uint8_t *)text + most, length - most, &point);
        most += step ? step : 1;
    }
    return most;
}

/* Where the next line of a note ends: before a bracket or at a blank, where it can. */
static size_t line_length(const char *text)
{
    size_t most = fitting(text), cut = most;
    if (!text[most])
        return most;
    const char *bracket = strchr(text, '(');
    while (bracket && bracket > text && bracket[-1] != ' ') /* that of a call belongs to its name */
        bracket = strchr(bracket + 1, '(');
    if (bracket && bracket > text && (size_t)(bracket - text) <= most)
        return (size_t)(bracket - text) - 1;
    while (cut && text[cut] != ' ')
        cut--;
    return cut ? cut : most;
}

/* Harmless, and without breaks: a label has its own. */
static char *one_line(const char *text)
{
    struct sg_bytes line = {0};
    sg_show_lines(&line, (const uint8_t *)text, strlen(text));
    for (size_t i = 0; i < line.length; i++)
        line.data[i] = line.data[i] == '\n' || line.data[i] == '\t' ? ' ' : line.data[i];
    return sg_bytes_take_text(&line);
}

static void draw_note(struct drawing *drawing, const struct sg_event *event,
                      const struct sg_rung *rung)
{
    const char *party = event->kind == SG_EVENT_START ? event->to : event->from;
    const struct lane *lane = &drawing->lanes[lane_of(drawing, party, event->peer)];
    bool at_right = lane->x > (LEFT + RIGHT) / 2;
    const char *class = class_of(event);
    sg_autofree char *words = sg_printf("%s %s", at_right ? "before" : "behind", class);
    sg_autofree char *label = one_line(rung->label);
    const char *rest = label;
    int y = drawing->y + LINE;
    add_time(drawing, event, y);
    add_sign(drawing, event->kind == SG_EVENT_EXIT ? "stop" : "dot", class, lane->x, y - 4);
    for (int line = 0; *rest && line < MOST_NOTE_LINES; line++, y += LINE) {
        size_t length = line_length(rest);
        bool cut = line + 1 == MOST_NOTE_LINES && rest[length];
        sg_autofree char *piece = sg_printf("%.*s%s", (int)length, rest, cut ? " …" : "");
        add_text(drawing, words, lane->x + (at_right ? -18 : 18), y, piece);
        rest += length + strspn(rest + length, " ");
    }
    drawing->y = y - LINE + ROW - LINE;
}

/* The judged program's line goes from where it was started to where it ended. */
static void follow_life(struct drawing *drawing, const struct sg_event *event)
{
    int x = drawing->lanes[drawing->judged].x;
    bool ends = event->kind == SG_EVENT_EXIT && is(event->from, drawing->result->role);
    bool starts = event->kind == SG_EVENT_START && is(event->to, drawing->result->role);
    if (ends && drawing->born >= 0) {
        add_line(drawing, "life", x, drawing->born, x, drawing->y + LINE - 4);
        drawing->born = -1;
    } else if (starts && drawing->born < 0) {
        drawing->born = drawing->y + LINE - 4;
    }
}

static void draw_event(struct drawing *drawing, const struct sg_event *event)
{
    struct sg_rung rung = sg_rung_of(event, drawing->columns);
    sg_autofree char *label = rung.label;
    follow_life(drawing, event);
    bool same =
        lane_of(drawing, event->from, event->peer) == lane_of(drawing, event->to, event->peer);
    if (rung.kind == SG_RUNG_ARROW && !same)
        draw_arrow(drawing, event, label);
    else
        draw_note(drawing, event, &rung);
}

static void draw_heads(struct drawing *drawing)
{
    int first = drawing->lanes[0].x;
    if (drawing->other == SIZE_MAX)
        add_text(drawing, "head first", first - 8, 16, _("examiner"));
    for (size_t i = 0; i < drawing->count; i++) {
        const struct lane *lane = &drawing->lanes[i];
        bool peer = drawing->other == SIZE_MAX && i < drawing->judged;
        if (lane->shown)
            add_text(drawing,
                     peer ? "head peer"
                     : i  ? "head"
                          : "head first",
                     lane->x - (peer || i ? 0 : 8), peer ? 34 : 16, lane->shown);
    }
    add_text(drawing, "ms", TIME, 16, "ms");
}

static void draw_all(struct drawing *drawing)
{
    const struct sg_case_result *result = drawing->result;
    size_t count = result->event_count;
    size_t left_out = count > MOST_ROWS ? count - MOST_ROWS : 0;
    drawing->y = HEAD;
    drawing->born = HEAD - 6;
    if (count && result->transcript[0].kind == SG_EVENT_START)
        drawing->born = -1;
    for (size_t i = 0; i < count; i++) {
        if (left_out && i == FIRST_ROWS) {
            sg_autofree char *more = sg_printf(_("… %zu more"), left_out);
            add_text(drawing, "on dim", (LEFT + RIGHT) / 2, drawing->y + LINE + 4, more);
            drawing->y += ROW;
            for (; left_out; left_out--)
                follow_life(drawing, &result->transcript[i++]);
        }
        draw_event(drawing, &result->transcript[i]);
    }
    int x = drawing->lanes[drawing->judged].x;
    if (drawing->born >= 0)
        add_line(drawing, "life", x, drawing->born, x, drawing->y + 6);
}

void sg_html_ladder(struct sg_html *page, size_t index)
{
    const struct sg_case_result *result = &page->run->cases[index];
    if (!result->event_count)
        return;
    struct drawing drawing = {.result = result};
    place_lanes(&drawing);
    draw_heads(&drawing);
    draw_all(&drawing);
    struct sg_bytes *out = page->out;
    sg_autofree char *id = sg_html_escaped(result->id);
    sg_bytes_printf(out, "<svg class=\"ladder\" height=\"%d\" role=\"img\" aria-label=\"",
                    drawing.y + 12);
    sg_html_say(out, _("The ladder of %s: %zu event%s, which follow in words"), id,
                result->event_count, sg_plural_end(result->event_count));
    sg_bytes_add_text(out, "\">");
    sg_autobytes struct sg_bytes body = drawing.body;
    drawing.body = (struct sg_bytes){0};
    for (size_t i = 0; i < drawing.count; i++)
        add_line(&drawing, i == drawing.judged ? "lane judged" : "lane", drawing.lanes[i].x,
                 i < drawing.judged && drawing.other == SIZE_MAX ? 40 : 22, drawing.lanes[i].x,
                 drawing.y + 6);
    sg_bytes_add(out, drawing.body.data, drawing.body.length);
    sg_bytes_add(out, body.data, body.length);
    sg_bytes_done(&drawing.body);
    sg_bytes_add_text(out, "</svg>\n");
    sg_html_events(page, index);
}
