/* SPDX-License-Identifier: MIT
 * Annotations. What the diagnosis says is the message, what was seen stands below it. */
#include "post/annotate.h"

#include <string.h>

#include "base/utf8.h"
#include "post/cut.h"
#include "report/told.h"

enum { MOST_TITLE = 200, MOST_MESSAGE = 4000, MOST_DETAILS = 16000 };

void sg_annotate_plain(struct sg_bytes *out, const char *text, size_t most)
{
    struct sg_slice rest = sg_slice_text(text);
    size_t end = out->length + most, room = sizeof "\\UXXXXXXXX";
    while (rest.length && out->length + room <= end) {
        uint32_t point = 0;
        size_t length = sg_utf8_next(rest.data, rest.length, &point);
        if (length && point <= 0xffff)
            sg_bytes_add(out, rest.data, length);
        else if (length)
            sg_bytes_printf(out, "\\U%08X", point);
        else
            sg_show(out, rest.data, 1);
        rest = sg_slice_skip(rest, length ? length : 1);
    }
}

static void set_text(json_t *object, const char *key, const char *text, size_t most)
{
    sg_autobytes struct sg_bytes shown = {0}, plain = {0};
    sg_show_lines(&shown, (const uint8_t *)text, strlen(text));
    sg_annotate_plain(&plain, sg_bytes_text(&shown), most);
    if (plain.length)
        json_object_set_new(object, key, json_string(sg_bytes_text(&plain)));
}

static json_t *annotation(const struct sg_case_result *result, const char *file)
{
    int line = result->diagnosis.line > 0 ? result->diagnosis.line : 1;
    sg_autobytes struct sg_bytes all = {0};
    sg_autofree char *title = sg_printf("%s: %s", result->role, result->title);
    json_t *object = json_pack("{s:i, s:i, s:s}", "start_line", line, "end_line", line,
                               "annotation_level", "failure");
    sg_told_all(result, true, &all);
    set_text(object, "path", file, MOST_MESSAGE);
    set_text(object, "title", title, MOST_TITLE);
    set_text(object, "message", sg_told(result, true), MOST_MESSAGE);
    set_text(object, "raw_details", sg_bytes_text(&all), MOST_DETAILS);
    return object;
}

size_t sg_annotate(const struct sg_run *run, size_t first, size_t most, json_t *list)
{
    size_t count = 0;
    for (size_t i = 0; i < run->case_count; i++) {
        sg_autofree char *file = sg_told_file(run, &run->cases[i], true);
        if (!file)
            continue;
        if (count >= first && count < first + most)
            json_array_append_new(list, annotation(&run->cases[i], file));
        count++;
    }
    return count;
}
