/* SPDX-License-Identifier: MIT
 * What was expected and what came, in HTML: as text with the first difference marked, and byte by byte. */
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
        sg_bytes_add_text(out, side->end ? "nothing" : "nothing more");
    } else {
        if (difference->start)
            sg_bytes_printf(out, "<span class=\"dim\">from %zu:</span> ", difference->start);
        sg_bytes_add_text(out, "<code class=\"payload\">&quot;");
        add_marked(out, side->excerpt,
                   marked ? difference->offset - difference->start : side->excerpt.length);
        sg_bytes_add_text(out, "&quot;</code>");
    }
    size_t shown = difference->start + side->excerpt.length;
    size_t more = side->length > shown ? side->length - shown : 0;
    if (more)
        sg_bytes_printf(out, " <span class=\"dim\">+%zu more</span>", more);
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
    sg_bytes_printf(out, "<div><p class=\"label\">%s, %zu byte%s</p><pre class=\"dump\">",
                    side->name, side->length, side->length == 1 ? "" : "s");
    sg_html_dump(out, side->excerpt, difference->start, difference->offset);
    sg_bytes_add_text(out, side->excerpt.length ? "</pre></div>\n" : "nothing here</pre></div>\n");
}

void sg_html_difference(struct sg_bytes *out, const struct sg_difference *difference)
{
    if (!difference->present)
        return;
    const struct side expected = {"expected", sg_bytes_slice(&difference->expected),
                                  difference->expected_length, NULL};
    const struct side got = {"got", sg_bytes_slice(&difference->got), difference->got_length,
                             difference->got_end};
    bool both = expected.length && got.length && difference->offset >= difference->start;
    sg_bytes_add_text(out, "<div class=\"difference\">\n<dl class=\"sides\">\n");
    add_text_side(out, difference, &expected, both);
    add_text_side(out, difference, &got, both);
    sg_bytes_add_text(out, "</dl>\n");
    if (both)
        sg_bytes_printf(out, "<p class=\"dim\">the first difference is at offset %zu</p>\n",
                        difference->offset);
    if (difference->remark) {
        sg_bytes_add_text(out, "<p>");
        sg_html_text(out, difference->remark);
        sg_bytes_add_text(out, "</p>\n");
    }
    sg_bytes_add_text(out, "<details><summary>byte by byte</summary>\n<div class=\"dumps\">\n");
    add_dump_side(out, difference, &expected);
    add_dump_side(out, difference, &got);
    sg_bytes_add_text(out, "</div></details>\n</div>\n");
}
