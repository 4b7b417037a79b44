/* SPDX-License-Identifier: MIT
 * Some lines of the student's source around the one that the diagnosis is about. The name comes
 * from the program's debug information, which may say anything: only a file of the submission is
 * opened. */
#include <string.h>

#include "base/file.h"
#include "diagnose/rules.h"

enum { AROUND = 2, MOST_SOURCE_BYTES = 1 << 20, MOST_LINE = 100 };

/* The start of line `number` (from 1) in `text`, or NULL. */
static const char *find_line(const char *text, int number)
{
    while (text && --number > 0) {
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
    }
    return text && *text ? text : NULL;
}

void sg_excerpt_at(const struct sg_evidence *evidence, const struct sg_where *where,
                   struct sg_diagnosis *ret)
{
    if (!where->line || ret->file)
        return;
    ret->file = sg_strdup(where->file);
    ret->line = where->line;
    sg_autobytes struct sg_bytes source = {0};
    struct sg_error ignored;
    if (sg_file_read_below(evidence->program.folder, where->file, MOST_SOURCE_BYTES, &source,
                           &ignored) < 0)
        return;
    ret->excerpt_line = where->line > AROUND ? where->line - AROUND : 1;
    struct sg_bytes lines = {0};
    for (int number = ret->excerpt_line; number <= where->line + AROUND; number++) {
        const char *line = find_line(sg_bytes_text(&source), number);
        size_t length = line ? strcspn(line, "\r\n") : 0;
        if (!line)
            break;
        sg_bytes_printf(&lines, "%.*s\n", (int)(length < MOST_LINE ? length : MOST_LINE), line);
    }
    ret->excerpt = sg_bytes_take_text(&lines);
}

/* What came from it is wrong already: where it waits by now says nothing of that. */
static bool is_wrong_already(const struct sg_evidence *evidence)
{
    return sg_right_bytes(evidence) < evidence->got.length;
}

void sg_find_excerpt(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_where *where = evidence->program.where;
    /* That it waits for the next client says nothing of what it did to this one. */
    if (evidence->fell)
        sg_excerpt_at(evidence, evidence->fell, ret);
    else if (evidence->program.spin.proven && evidence->program.spin.where.line)
        sg_excerpt_at(evidence, &evidence->program.spin.where, ret);
    else if (where && evidence->program.where_waits_for != SG_TARGET_LISTENER &&
             !is_wrong_already(evidence))
        sg_excerpt_at(evidence, where, ret);
}
