/* SPDX-License-Identifier: MIT
 * Events in words. */
#include "report/rung.h"

#include <stdlib.h>

#include "base/language.h"
#include "base/utf8.h"

enum { MOST_SHOWN = 20, MOST_OUTPUT = 24 };

static char *show_bytes(const struct sg_event *event, size_t columns)
{
    struct sg_bytes text = {0};
    size_t shown = event->data.length < MOST_SHOWN ? event->data.length : MOST_SHOWN;
    sg_bytes_add_byte(&text, '"');
    sg_show(&text, event->data.data, shown);
    sg_bytes_add_byte(&text, '"');
    if (event->bytes > shown)
        sg_bytes_printf(&text, _(" +%zu more"), event->bytes - shown);
    if (sg_utf8_width(sg_bytes_text(&text)) <= columns)
        return sg_bytes_take_text(&text);
    sg_bytes_done(&text);
    return sg_printf(_("%zu bytes"), event->bytes);
}

static char *show_output(const struct sg_event *event)
{
    sg_autobytes struct sg_bytes shown = {0};
    size_t length = event->data.length < MOST_OUTPUT ? event->data.length : MOST_OUTPUT;
    sg_show(&shown, event->data.data, length);
    return sg_printf("%s: \"%s\"%s", event->to ? event->to : _("output"), sg_bytes_text(&shown),
                     event->bytes > length ? " …" : "");
}

static struct sg_rung arrow(char *label)
{
    return (struct sg_rung){.kind = SG_RUNG_ARROW, .label = label};
}

static struct sg_rung note(char *label)
{
    return (struct sg_rung){.kind = SG_RUNG_NOTE, .label = label};
}

struct sg_rung sg_rung_of(const struct sg_event *event, size_t columns)
{
    const char *text = event->text ? event->text : "";
    switch (event->kind) {
    case SG_EVENT_START:
        return note(sg_strdup(_("started")));
    case SG_EVENT_LISTEN:
        return note(sg_printf(_("listens on %s"), text));
    case SG_EVENT_CONNECT:
        return arrow(sg_strdup(_("connect")));
    case SG_EVENT_DATA:
        return arrow(event->bytes || !text[0] ? show_bytes(event, columns) : sg_strdup(text));
    case SG_EVENT_END:
        return arrow(sg_strdup(_("end")));
    case SG_EVENT_RESET:
        return arrow(sg_strdup(event->text ? _("refused") : _("reset")));
    case SG_EVENT_CLOSE:
        return arrow(sg_strdup(_("close")));
    case SG_EVENT_UNSENT:
        return (struct sg_rung){
            .kind = SG_RUNG_UNSENT,
            .label = sg_printf(_("%zu bytes not sent: the connection was over"), event->bytes),
        };
    case SG_EVENT_STDIN:
        return arrow(sg_strdup(_("standard input")));
    case SG_EVENT_OUTPUT:
        return note(show_output(event));
    case SG_EVENT_SIGNAL:
        return arrow(sg_strdup(event->text ? text : _("signal")));
    case SG_EVENT_EXIT:
        return note(sg_printf(_("ends: %s"), text));
    case SG_EVENT_BLOCKED:
    case SG_EVENT_FAULT:
        return note(sg_strdup(text));
    }
    return note(sg_strdup(""));
}
