/* SPDX-License-Identifier: MIT
 * The table of students and cases. There may be a hundred thousand cells: what a cell needs is a
 * few bytes, and the script knows the rest by the place. */
#include <ctype.h>
#include <string.h>

#include "base/number.h"
#include "report/class_html.h"

enum { MOST_NAME = 80, MOST_REASON = 300 };

/* A passed cell, the commonest, has no class. */
static const struct {
    char class;
    const char *sign;
} signs[] = {
    [SG_STATUS_PASSED] = {0, "✓"},    [SG_STATUS_FAILED] = {'f', "✗"},
    [SG_STATUS_SKIPPED] = {'s', "–"}, [SG_STATUS_INCONCLUSIVE] = {'i', "?"},
    [SG_STATUS_ERROR] = {'e', "!"},
};

/* How many cases from `first` on are of its role. */
static size_t count_role(const struct sg_class *class, size_t first)
{
    size_t count = 1;
    while (first + count < class->case_count &&
           strcmp(class->cases[first].role, class->cases[first + count].role) == 0)
        count++;
    return count;
}

static void add_head(const struct sg_class *class, struct sg_bytes *out)
{
    size_t step;
    sg_bytes_add_text(out,
                      "<colgroup><col class=\"names-of\"><col class=\"points-of\"></colgroup>");
    for (size_t i = 0; i < class->case_count; i += step) {
        step = count_role(class, i);
        sg_bytes_printf(out, "<colgroup><col span=\"%zu\"></colgroup>", step);
    }
    sg_bytes_add_text(out, "\n<thead><tr><th scope=\"col\" rowspan=\"2\">student</th>"
                           "<th scope=\"col\" rowspan=\"2\">points</th>");
    for (size_t i = 0; i < class->case_count; i += step) {
        step = count_role(class, i);
        sg_bytes_printf(out, "<th scope=\"colgroup\" colspan=\"%zu\"><span>", step);
        sg_html_text_most(out, class->cases[i].role, MOST_NAME);
        sg_bytes_add_text(out, "</span></th>");
    }
    sg_bytes_add_text(out, "</tr>\n<tr>");
    for (size_t i = 0; i < class->case_count; i++) {
        sg_bytes_printf(out, "<th scope=\"col\"%s title=\"", sg_class_language(class));
        sg_html_text_most(out, class->cases[i].name, MOST_NAME);
        sg_bytes_add_text(out, ": ");
        sg_html_text_most(out, class->cases[i].title, MOST_REASON);
        sg_bytes_add_text(out, "\"><span>");
        sg_html_text_most(out, class->cases[i].name, MOST_NAME);
        sg_bytes_add_text(out, "</span></th>");
    }
    sg_bytes_add_text(out, "</tr></thead>\n");
}

/* The address of the file ID.html beside the page. */
static void add_address(const char *id, struct sg_bytes *out)
{
    sg_bytes_add_text(out, "./");
    for (const unsigned char *c = (const unsigned char *)id; *c; c++) {
        if (*c < 0x80 && (isalnum(*c) || strchr("-._~", *c)))
            sg_bytes_add_byte(out, *c);
        else
            sg_bytes_printf(out, "%%%02X", *c);
    }
    sg_bytes_add_text(out, ".html");
}

static void add_student(const struct sg_class *class, const struct sg_class_student *student,
                        struct sg_bytes *out)
{
    bool linked = class->linked && student->graded;
    bool named = student->name[0] && strcmp(student->name, student->id) != 0;
    sg_bytes_add_text(out, "<th scope=\"row\"><span class=\"who\">");
    if (linked) {
        sg_bytes_add_text(out, "<a href=\"");
        add_address(student->id, out);
        sg_bytes_add_text(out, "\">");
    }
    sg_bytes_add_text(out, "<bdi>");
    sg_html_text_most(out, named ? student->name : student->id, MOST_NAME);
    sg_bytes_add_text(out, linked ? "</bdi></a>" : "</bdi>");
    if (named) {
        sg_bytes_add_text(out, " <small>");
        sg_html_text_most(out, student->id, MOST_NAME);
        sg_bytes_add_text(out, "</small>");
    }
    sg_bytes_add_text(out, "</span>");
    if (student->stale)
        sg_bytes_add_text(out,
                          " <span title=\"graded earlier, by another spec or program\">↺</span>");
    sg_bytes_add_text(out, "</th>");
}

static void add_cell(const struct sg_class *class, const struct sg_class_cell *cell,
                     struct sg_bytes *out)
{
    if (!cell->present) {
        sg_bytes_add_text(out, "<td></td>");
        return;
    }
    sg_bytes_add_text(out, "<td");
    if (signs[cell->status].class)
        sg_bytes_printf(out, " class=\"%c\"", signs[cell->status].class);
    if (cell->status == SG_STATUS_FAILED && cell->code) {
        sg_bytes_add_text(out, " title=\"");
        sg_html_text_most(out, class->codes[cell->code - 1].code, MOST_NAME);
        sg_bytes_add_byte(out, '"');
    }
    sg_bytes_printf(out, ">%s</td>", signs[cell->status].sign);
}

static void add_row(const struct sg_class *class, const struct sg_class_student *student,
                    int64_t usual, struct sg_bytes *out)
{
    sg_bytes_add_text(out, "<tr>");
    add_student(class, student, out);
    if (!student->graded) {
        sg_bytes_printf(out, "<td class=\"n\" colspan=\"%zu\"><b>%s</b><span class=\"why\">: ",
                        class->case_count + 1, student->state);
        sg_html_text_most(out, student->reason ? student->reason : "not graded", MOST_REASON);
        sg_bytes_add_text(out, "</span></td></tr>\n");
        return;
    }
    sg_bytes_add_text(out, "<td class=\"p\">");
    sg_thousandths_print(out, student->points);
    if (student->max_points != usual) {
        sg_bytes_add_text(out, " of ");
        sg_thousandths_print(out, student->max_points);
    }
    sg_bytes_add_text(out, "</td>");
    for (size_t i = 0; i < class->case_count; i++)
        add_cell(class, &student->cells[i], out);
    sg_bytes_add_text(out, "</tr>\n");
}

static void add_foot(const struct sg_class *class, struct sg_bytes *out)
{
    sg_bytes_add_text(out, "<tfoot><tr><th scope=\"row\" colspan=\"2\">% passed</th>");
    for (size_t i = 0; i < class->case_count; i++) {
        struct sg_class_sum sum = sg_class_sum(class, i);
        if (sum.graded)
            sg_bytes_printf(out, "<td>%zu</td>", sum.passed * 100 / sum.graded);
        else
            sg_bytes_add_text(out, "<td></td>");
    }
    sg_bytes_add_text(out, "</tr></tfoot>\n");
}

void sg_class_matrix(const struct sg_class *class, struct sg_bytes *out)
{
    int64_t usual = -1; /* what the first can get, and nearly always all */
    for (size_t i = 0; i < class->student_count && usual < 0; i++)
        usual = class->students[i].graded ? class->students[i].max_points : -1;
    sg_bytes_add_text(out,
                      "<section class=\"who-what\"><h2 id=\"all\">Students and cases</h2>\n"
                      "<p class=\"key\">✓ passed · <span class=\"f\">✗</span> failed · – skipped"
                      " · <span class=\"i\">?</span> inconclusive"
                      " · <span class=\"e\">!</span> error of the grader, which costs nothing");
    if (usual > 0) {
        sg_bytes_add_text(out, " · points of ");
        sg_thousandths_print(out, usual);
    }
    sg_bytes_add_text(out, "</p>\n<div id=\"tools\" hidden></div>\n"
                           "<section class=\"scroll\" aria-labelledby=\"all\" "
                           "tabindex=\"0\"><table class=\"matrix\">\n");
    add_head(class, out);
    sg_bytes_add_text(out, "<tbody>\n");
    for (size_t i = 0; i < class->student_count; i++)
        add_row(class, &class->students[i], usual, out);
    sg_bytes_add_text(out, "</tbody>\n");
    add_foot(class, out);
    sg_bytes_add_text(out, "</table></section>\n</section>\n");
}
