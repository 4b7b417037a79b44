/* SPDX-License-Identifier: MIT
 * The page of a class: its head, and what its parts share. */
#include "report/class_html.h"

#include <string.h>

struct sg_class_sum sg_class_sum(const struct sg_class *class, size_t index)
{
    struct sg_class_sum sum = {0};
    for (size_t i = 0; i < class->student_count; i++) {
        const struct sg_class_cell *cell = &class->students[i].cells[index];
        sum.graded += cell->present;
        sum.passed += cell->present && cell->status == SG_STATUS_PASSED;
        sum.failed += cell->present && cell->status == SG_STATUS_FAILED;
        sum.unstable += cell->present && cell->unstable;
    }
    return sum;
}

void sg_class_count(struct sg_bytes *out, size_t count, const char *thing)
{
    sg_bytes_printf(out, "%zu %s%s", count, thing, count == 1 ? "" : "s");
}

const char *sg_class_language(const struct sg_class *class)
{
    return strcmp(class->language, "id") == 0 ? " lang=\"id\"" : "";
}

/* "2026-03-01T12:34:56Z" as "2026-03-01 12:34 UTC"; anything else as it is. */
static char *shown_time(const char *time)
{
    size_t length = strlen(time);
    if (length >= 17 && time[10] == 'T' && time[length - 1] == 'Z')
        return sg_printf("%.10s %.5s UTC", time, time + 11);
    return sg_strdup(time);
}

static void add_facts(const struct sg_class *class, struct sg_bytes *out)
{
    sg_bytes_printf(out, "<p class=\"dim\">seed %llu", (unsigned long long)class->seed);
    if (class->shards > 1)
        sg_bytes_printf(out, " · shard %lld of %lld", (long long)class->shard,
                        (long long)class->shards);
    sg_autofree char *first = shown_time(class->first), *last = shown_time(class->last);
    if (first[0]) {
        sg_bytes_add_text(out, " · graded ");
        sg_html_text(out, first);
    }
    if (strcmp(first, last) != 0) {
        sg_bytes_add_text(out, " to ");
        sg_html_text(out, last);
    }
    sg_bytes_add_text(out, "</p>\n");
}

static void add_notices(const struct sg_class *class, struct sg_bytes *out)
{
    size_t ungraded = 0, stale = 0;
    for (size_t i = 0; i < class->student_count; i++) {
        ungraded += !class->students[i].graded;
        stale += class->students[i].stale;
    }
    if (ungraded) {
        sg_bytes_add_text(out, "<p class=\"notice\"><b>not graded:</b> ");
        sg_class_count(out, ungraded, "submission");
        sg_bytes_add_text(out, "; the table says why</p>\n");
    }
    if (stale) {
        sg_bytes_add_text(out, "<p class=\"notice\"><b>graded earlier:</b> ");
        sg_class_count(out, stale, "submission");
        sg_bytes_add_text(
            out, ", by another spec or program than the rest; marked ↺ in the table</p>\n");
    }
    if (class->to_come > 0)
        sg_bytes_printf(out, "<p class=\"notice\"><b>to come:</b> %lld more, not graded yet</p>\n",
                        (long long)class->to_come);
}

static void add_head(const struct sg_class *class, struct sg_bytes *out)
{
    sg_html_begin(out, "en", &sg_class_style, &sg_class_script);
    sg_html_text_most(out, class->assignment, 40);
    sg_bytes_add_text(out, ": ");
    sg_class_count(out, class->student_count, "submission");
    sg_bytes_add_text(out, "</title>\n</head>\n<body>\n<header>\n<h1><span>");
    sg_html_text(out, class->assignment);
    sg_bytes_add_text(out, "</span> · <span>");
    sg_class_count(out, class->student_count, "submission");
    sg_bytes_printf(out, "</span></h1>\n<p class=\"title\"%s>", sg_class_language(class));
    sg_html_text(out, class->title);
    sg_bytes_add_text(out, "</p>\n");
    add_facts(class, out);
    sg_bytes_add_text(out, "</header>\n");
}

void sg_write_class_html(const struct sg_class *class, struct sg_bytes *out)
{
    add_head(class, out);
    sg_bytes_add_text(out, "<main>\n");
    add_notices(class, out);
    sg_bytes_add_text(out, "<div class=\"top\">\n");
    sg_class_scores(class, out);
    sg_class_mistakes(class, out);
    sg_bytes_add_text(out, "</div>\n");
    if (class->student_count)
        sg_class_matrix(class, out);
    sg_class_cases(class, out);
    sg_bytes_add_text(out, "</main>\n<footer><p class=\"dim\">sockgrade " SG_VERSION
                           " · for instructors: it has everybody's name and points</p></footer>\n");
    sg_html_add_file(out, "script", &sg_class_script);
    sg_bytes_add_text(out, "</body>\n</html>\n");
}
