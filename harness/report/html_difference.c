/* SPDX-License-Identifier: MIT
 * What was expected and what came, in HTML: as text with the first difference marked, and byte by
 * byte. */
#include "base/language.h"
#include "report/html.h"

struct side {
    const char *name;
    struct sg_slice excerpt;
    size_t length; /* of the whole */
    const char *end;
};

/* The bytes of a side up to the first difference, that one, and the rest. */
static void add_marked(struct sg_bytes *out, struct sg_slice excerpt, size_t mark)
{
    struct sg_slice rest = sg_slice_skip(excerpt, mark);
    sg_html_bytes(out, sg_slice_first(excerpt, mark));
    if (!rest.length)
        return;
    sg_bytes_add_text(out, "<mark>");
    sg_html_bytes(out, sg_slice_first(rest, 1));
    sg_bytes_add_text(out, "</mark>");
    sg_html_bytes(out, sg_slice_skip(rest, 1));
}

static void add_text_side(struct sg_bytes *out, const struct sg_difference *difference,
                          const struct side *side, bool marked)
{
    sg_bytes_printf(out, "<div><dt>%s</dt><dd>", side->name);
    if (!side->length) {
        sg_html_text(out, side->end ? _("nothing") : _("nothing more"));
    } else {
        if (difference->start) {
            sg_bytes_add_text(out, "<span class=\"dim\">");
            sg_html_say(out, _("from %zu: "), difference->start);
            sg_bytes_add_text(out, "</span>");
        }
        sg_bytes_add_text(out, "<code class=\"payload\">&quot;");
        add_marked(out, side->excerpt,
                   marked ? difference->offset - difference->start : side->excerpt.length);
        sg_bytes_add_text(out, "&quot;</code>");
    }
    size_t shown = difference->start + side->excerpt.length;
    size_t more = side->length > shown ? side->length - shown : 0;
    if (more) {
        sg_bytes_add_text(out, "<span class=\"dim\">");
        sg_html_say(out, _(" +%zu more"), more);
        sg_bytes_add_text(out, "</span>");
    }
    if (side->end && !more) {
        sg_bytes_add_text(out, side->length ? " <span class=\"end\">" : ", <span class=\"end\">");
        sg_html_text(out, side->end);
        sg_bytes_add_text(out, "</span>");
    }
    sg_bytes_add_text(out, "</dd></div>\n");
}

static void add_dump_side(struct sg_bytes *out, const struct sg_difference *difference,
                          const struct side *side)
{
    sg_bytes_add_text(out, "<div><p class=\"label\">");
    sg_html_say(out, _("%s, %zu byte%s"), side->name, side->length, sg_plural_end(side->length));
    sg_bytes_add_text(out, "</p><pre class=\"dump\">");
    sg_html_dump(out, side->excerpt, difference->start, difference->offset);
    if (!side->excerpt.length)
        sg_html_text(out, _("nothing here"));
    sg_bytes_add_text(out, "</pre></div>\n");
}

void sg_html_difference(struct sg_bytes *out, const struct sg_difference *difference)
{
    if (!difference->present)
        return;
    const struct side expected = {_("expected"), sg_bytes_slice(&difference->expected),
                                  difference->expected_length, NULL};
    const struct side got = {_("got"), sg_bytes_slice(&difference->got), difference->got_length,
                             difference->got_end};
    bool both = expected.length && got.length && difference->offset >= difference->start;
    sg_bytes_add_text(out, "<div class=\"difference\">\n<dl class=\"sides\">\n");
    add_text_side(out, difference, &expected, both);
    add_text_side(out, difference, &got, both);
    sg_bytes_add_text(out, "</dl>\n");
    if (both) {
        sg_bytes_add_text(out, "<p class=\"dim\">");
        sg_html_say(out, _("the first difference is at offset %zu"), difference->offset);
        sg_bytes_add_text(out, "</p>\n");
    }
    if (difference->remark) {
        sg_bytes_add_text(out, "<p>");
        sg_html_text(out, difference->remark);
        sg_bytes_add_text(out, "</p>\n");
    }
    sg_bytes_add_text(out, "<details><summary>");
    sg_html_text(out, _("byte by byte"));
    sg_bytes_add_text(out, "</summary>\n<div class=\"dumps\">\n");
    add_dump_side(out, difference, &expected);
    add_dump_side(out, difference, &got);
    sg_bytes_add_text(out, "</div></details>\n</div>\n");
}
