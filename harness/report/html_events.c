/* SPDX-License-Identifier: MIT
 * The events of a case as a list in HTML: the ladder in words, opened to all the bytes that were
 * kept. */
#include <string.h>

#include "base/language.h"
#include "report/html.h"
#include "report/rung.h"

enum {
    COLUMNS = 48,
    MOST_OF_PASSED = 120, /* events; all of them are in the result file */
    MOST_OPEN = 32,       /* bytes that need no further opening */
};

static void add_party(struct sg_bytes *out, const struct sg_event *event, const char *party)
{
    if (strcmp(party, "harness") != 0) {
        sg_html_text(out, party);
    } else if (event->peer) {
        sg_autofree char *peer = sg_html_escaped(event->peer);
        /* TRANSLATORS: one end of a connection that the examiner has, by its name. */
        sg_html_say(out, _("examiner’s %s"), peer);
    } else {
        sg_html_text(out, _("examiner"));
    }
}

static void add_who(struct sg_bytes *out, const struct sg_event *event, bool arrow)
{
    bool about_program = !arrow && event->to && event->kind == SG_EVENT_START;
    add_party(out, event, about_program ? event->to : event->from ? event->from : "");
    if (arrow && event->to) {
        sg_bytes_add_text(out, " → ");
        add_party(out, event, event->to);
    }
}

static void add_bytes(struct sg_bytes *out, const struct sg_event *event)
{
    /* There are more where the grading kept all. */
    struct sg_slice data = sg_slice_first(sg_bytes_slice(&event->data), SG_EVENT_BYTES_KEPT);
    if (!data.length)
        return;
    if (data.length <= MOST_OPEN) {
        sg_bytes_add_text(out, "<pre class=\"dump\">");
        sg_html_dump(out, data, 0, SIZE_MAX);
        sg_bytes_add_text(out, "</pre>");
        return;
    }
    sg_bytes_add_text(out, "<details><summary>");
    if (event->bytes > data.length)
        sg_html_say(out, _("the first %zu of %zu bytes"), data.length, event->bytes);
    else
        sg_html_say(out, _("all %zu bytes"), data.length);
    sg_bytes_add_text(out, "</summary><pre class=\"dump\">");
    sg_html_dump(out, data, 0, SIZE_MAX);
    sg_bytes_add_text(out, "</pre></details>");
}

static void add_event(struct sg_bytes *out, const struct sg_event *event)
{
    struct sg_rung rung = sg_rung_of(event, COLUMNS);
    sg_autofree char *label = rung.label;
    sg_bytes_printf(out, "<li><span class=\"ms\">%.1f ms</span> <b>", (double)event->at_ns / 1e6);
    add_who(out, event, rung.kind == SG_RUNG_ARROW);
    sg_bytes_add_text(out, "</b> <span class=\"payload\">");
    sg_html_text(out, label);
    if (event->kind == SG_EVENT_START && event->text) {
        sg_bytes_add_text(out, ": ");
        sg_html_text(out, event->text);
    }
    sg_bytes_add_text(out, "</span>");
    if (event->kind == SG_EVENT_DATA) {
        sg_bytes_add_text(out, " <span class=\"dim\">");
        sg_html_say(out, _("%zu byte%s"), event->bytes, sg_plural_end(event->bytes));
        sg_bytes_add_text(out, "</span>");
    }
    add_bytes(out, event);
    sg_bytes_add_text(out, "</li>\n");
}

void sg_html_events(struct sg_html *page, size_t index)
{
    struct sg_bytes *out = page->out;
    const struct sg_case_result *result = &page->run->cases[index];
    bool passed = result->status == SG_STATUS_PASSED;
    size_t count = result->event_count;
    size_t left_out = passed && count > MOST_OF_PASSED ? count - MOST_OF_PASSED : 0;
    sg_bytes_add_text(out, "<details class=\"events\"><summary>");
    sg_html_text(out, count == 1 ? _("the event in words, and its bytes")
                                 : _("the events in words, and their bytes"));
    sg_bytes_add_text(out, "</summary>\n<ol>\n");
    for (size_t i = 0; i < count; i++) {
        if (left_out && i == MOST_OF_PASSED / 2) {
            sg_bytes_add_text(out, "<li class=\"dim\">");
            sg_html_say(out, _("… %zu more; all are in the result file (--format json)"), left_out);
            sg_bytes_add_text(out, "</li>\n");
            i += left_out;
        }
        add_event(out, &result->transcript[i]);
    }
    sg_bytes_add_text(out, "</ol></details>\n");
}
