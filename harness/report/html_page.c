/* SPDX-License-Identifier: MIT
 * A page of explain/ in HTML. Knows of Markdown what those pages use: headings, fences, lists, code
 * in backquotes. Its title is left to the caller. */
#include <string.h>

#include "report/html.h"

enum block { NONE, PROSE, ITEM, FENCE };

static const char *const openings[] = {[NONE] = "",
                                       [PROSE] = "<p>",
                                       [ITEM] = "<ul><li>",
                                       [FENCE] = "<pre class=\"fence\" tabindex=\"0\">"};
static const char *const closings[] = {
    [NONE] = "", [PROSE] = "</p>\n", [ITEM] = "</li></ul>\n", [FENCE] = "</pre>\n"};

struct writing {
    struct sg_bytes *out;
    enum block block;
};

static void change(struct writing *writing, enum block block)
{
    sg_bytes_add_text(writing->out, closings[writing->block]);
    sg_bytes_add_text(writing->out, openings[block]);
    writing->block = block;
}

static void add_prose(struct sg_bytes *out, const char *line)
{
    bool code = false; /* no page breaks a line within backquotes */
    while (*line) {
        size_t length = strcspn(line, "`");
        sg_autofree char *piece = sg_printf("%.*s", (int)length, line);
        sg_html_text(out, piece);
        line += length;
        if (*line == '`') {
            sg_bytes_add_text(out, code ? "</code>" : "<code>");
            code = !code;
            line++;
        }
    }
    sg_bytes_add_text(out, code ? "</code>\n" : "\n");
}

static void add_heading(struct writing *writing, const char *line)
{
    size_t level = strspn(line, "#");
    change(writing, NONE);
    if (level < 2)
        return;
    sg_bytes_add_text(writing->out, "<h4>");
    add_prose(writing->out, line + level + strspn(line + level, " "));
    sg_bytes_add_text(writing->out, "</h4>\n");
}

static void add_line(struct writing *writing, const char *line)
{
    bool fence = strncmp(line, "```", 3) == 0, item = strncmp(line, "- ", 2) == 0;
    if (writing->block == FENCE && !fence) {
        sg_html_text(writing->out, line);
        sg_bytes_add_byte(writing->out, '\n');
        return;
    }
    if (fence) {
        change(writing, writing->block == FENCE ? NONE : FENCE);
    } else if (line[0] == '#') {
        add_heading(writing, line);
    } else if (!line[0]) {
        change(writing, NONE);
    } else if (item && writing->block == ITEM) {
        sg_bytes_add_text(writing->out, "</li><li>");
        add_prose(writing->out, line + 2);
    } else {
        if (item || writing->block == NONE)
            change(writing, item ? ITEM : PROSE);
        add_prose(writing->out, item ? line + 2 : line + strspn(line, " "));
    }
}

void sg_html_explanation(struct sg_bytes *out, struct sg_slice page)
{
    struct writing writing = {.out = out};
    for (size_t at = 0; at < page.length;) {
        const char *begin = (const char *)page.data + at;
        const char *end = memchr(begin, '\n', page.length - at);
        size_t length = end ? (size_t)(end - begin) : page.length - at;
        sg_autofree char *line = sg_printf("%.*s", (int)length, begin);
        add_line(&writing, line);
        at += length + 1;
    }
    change(&writing, NONE);
}
