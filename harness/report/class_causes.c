/* SPDX-License-Identifier: MIT
 * What a class failed: the commonest diagnoses, and each case. */
#include <stdlib.h>
#include <string.h>

#include "report/class_html.h"

enum { MOST_CODES = 8, MOST_EXAMPLE = 300, MOST_NAME = 80 };

struct often {
    size_t code; /* of class->codes, from 0 */
    size_t cells, students;
};

static int compare(const void *a, const void *b)
{
    const struct often *one = a, *other = b;
    if (one->students != other->students)
        return one->students < other->students ? 1 : -1;
    if (one->cells != other->cells)
        return one->cells < other->cells ? 1 : -1;
    return (one->code > other->code) - (one->code < other->code);
}

/* Counts the diagnoses of case `index`, or of all (SIZE_MAX), the commonest first. The caller frees
 * the list. */
static struct often *count_codes(const struct sg_class *class, size_t index)
{
    struct often *often = sg_realloc_array(NULL, class->code_count + 1, sizeof *often);
    size_t *last = sg_realloc_array(NULL, class->code_count + 1, sizeof *last);
    for (size_t i = 0; i < class->code_count; i++) {
        often[i] = (struct often){.code = i};
        last[i] = SIZE_MAX;
    }
    for (size_t i = 0; i < class->student_count; i++) {
        for (size_t j = 0; j < class->case_count; j++) {
            const struct sg_class_cell *cell = &class->students[i].cells[j];
            if ((index != SIZE_MAX && index != j) || !cell->present || !cell->code ||
                cell->status != SG_STATUS_FAILED)
                continue;
            often[cell->code - 1].cells++;
            often[cell->code - 1].students += last[cell->code - 1] != i;
            last[cell->code - 1] = i;
        }
    }
    free(last);
    qsort(often, class->code_count, sizeof *often, compare);
    return often;
}

static void add_code(const struct sg_class *class, const struct often *often, struct sg_bytes *out)
{
    const struct sg_class_code *code = &class->codes[often->code];
    sg_bytes_add_text(out, "<li><p><code>");
    sg_html_text_most(out, code->code, MOST_NAME);
    sg_bytes_add_text(out, "</code> ");
    sg_class_count(out, often->students, "submission");
    sg_bytes_add_text(out, ", ");
    sg_class_count(out, often->cells, "case");
    if (code->example) {
        sg_bytes_printf(out, "</p>\n<blockquote%s>", sg_class_language(class));
        sg_html_text_most(out, code->example, MOST_EXAMPLE);
        sg_bytes_add_text(out, "</blockquote></li>\n");
    } else {
        sg_bytes_add_text(
            out, "</p><p class=\"dim\">No sentence that names nobody and may be shown.</p></li>\n");
    }
}

void sg_class_mistakes(const struct sg_class *class, struct sg_bytes *out)
{
    struct often *often = count_codes(class, SIZE_MAX);
    if (class->code_count && often[0].cells) {
        sg_bytes_add_text(out,
                          "<section class=\"codes\"><h2>The commonest mistakes</h2>\n"
                          "<p class=\"dim\"><code>sockgrade explain CODE</code> tells what each "
                          "means. The sentence is one of those that students were told.</p>"
                          "<ol>\n");
        for (size_t i = 0; i < class->code_count && i < MOST_CODES && often[i].cells; i++)
            add_code(class, &often[i], out);
        sg_bytes_add_text(out, "</ol></section>\n");
    }
    free(often);
}

/* "single-recv 4, crashed 1", and how many did not always end alike. */
static void add_why(const struct sg_class *class, size_t index, const struct sg_class_sum *sum,
                    struct sg_bytes *out)
{
    struct often *often = count_codes(class, index);
    const char *between = "";
    for (size_t i = 0; i < class->code_count && often[i].cells; i++) {
        sg_bytes_printf(out, "%s<code>", between);
        sg_html_text_most(out, class->codes[often[i].code].code, MOST_NAME);
        sg_bytes_printf(out, "</code> %zu", often[i].cells);
        between = ", ";
    }
    free(often);
    if (sum->unstable)
        sg_bytes_printf(out, "%s<b>unstable</b> in %zu", between, sum->unstable);
}

static void add_case(const struct sg_class *class, size_t index, struct sg_bytes *out)
{
    const struct sg_class_case *one = &class->cases[index];
    struct sg_class_sum sum = sg_class_sum(class, index);
    sg_bytes_add_text(out, "<tr><th scope=\"row\"><code>");
    sg_html_text_most(out, one->name, MOST_NAME);
    sg_bytes_printf(out, "</code> <span%s>", sg_class_language(class));
    sg_html_text_most(out, one->title, MOST_EXAMPLE);
    sg_bytes_printf(out,
                    "</span></th><td>%zu of %zu<svg class=\"bar\" aria-hidden=\"true\">"
                    "<rect width=\"%.1f%%\" height=\"100%%\"/></svg></td><td>",
                    sum.failed, sum.graded,
                    sum.graded ? 100.0 * (double)sum.failed / (double)sum.graded : 0.0);
    add_why(class, index, &sum, out);
    sg_bytes_add_text(out, "</td></tr>\n");
}

static void add_cases(const struct sg_class *class, struct sg_bytes *out)
{
    const char *role = NULL;
    for (size_t i = 0; i < class->case_count; i++) {
        struct sg_class_sum sum = sg_class_sum(class, i);
        if (!sum.failed && !sum.unstable)
            continue;
        if (!role || strcmp(role, class->cases[i].role) != 0) {
            sg_bytes_add_text(out, role ? "</tbody></table>\n<h3>" : "<h3>");
            role = class->cases[i].role;
            sg_html_text_most(out, role, MOST_NAME);
            sg_bytes_add_text(out,
                              "</h3>\n<table class=\"cases\"><thead><tr><th scope=\"col\">case"
                              "</th><th scope=\"col\">failed</th><th scope=\"col\">of what</th>"
                              "</tr></thead><tbody>\n");
        }
        add_case(class, i, out);
    }
    if (role)
        sg_bytes_add_text(out, "</tbody></table>\n");
}

/* The cases that everyone passed, or no one. */
static void add_names(const struct sg_class *class, bool all, struct sg_bytes *out)
{
    size_t count = 0;
    for (size_t i = 0; i < class->case_count; i++) {
        struct sg_class_sum sum = sg_class_sum(class, i);
        if (!sum.graded || (all ? sum.passed != sum.graded : sum.passed != 0))
            continue;
        if (!count++)
            sg_bytes_printf(out, "<h3>Passed by %s</h3>\n<ul class=\"names\">",
                            all ? "everyone" : "no one");
        sg_bytes_printf(out, "<li%s title=\"", sg_class_language(class));
        sg_html_text_most(out, class->cases[i].title, MOST_EXAMPLE);
        sg_bytes_add_text(out, "\"><code>");
        sg_html_text_most(out, class->cases[i].name, MOST_NAME);
        sg_bytes_add_text(out, "</code></li>");
    }
    if (count)
        sg_bytes_add_text(out, "</ul>\n");
}

void sg_class_cases(const struct sg_class *class, struct sg_bytes *out)
{
    sg_bytes_add_text(out, "<section class=\"by-case\"><h2>Case by case</h2>\n");
    add_names(class, false, out);
    add_cases(class, out);
    add_names(class, true, out);
    sg_bytes_add_text(out, "</section>\n");
}
