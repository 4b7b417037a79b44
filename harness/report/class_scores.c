/* SPDX-License-Identifier: MIT
 * How the points of a class are spread: in words, and drawn. */
#include <stdlib.h>

#include "base/number.h"
#include "report/class_html.h"

enum { COLUMNS = 11 }; /* 0 to 9 per cent, 10 to 19, …, and all points */

struct scores {
    int64_t *sorted; /* thousandths of a point, or of a per cent where not all can get the same */
    size_t count;
    int64_t most; /* what all can get; 0: not the same */
    size_t columns[COLUMNS], highest;
};

static int compare(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
    return (one > other) - (one < other);
}

static struct scores count_scores(const struct sg_class *class)
{
    struct scores scores = {.most = -1};
    scores.sorted = sg_realloc_array(NULL, class->student_count + 1, sizeof *scores.sorted);
    for (size_t i = 0; i < class->student_count; i++) {
        const struct sg_class_student *student = &class->students[i];
        if (!student->graded || student->max_points <= 0)
            continue;
        if (scores.most != student->max_points)
            scores.most = scores.most < 0 ? student->max_points : 0;
    }
    for (size_t i = 0; i < class->student_count; i++) {
        const struct sg_class_student *student = &class->students[i];
        if (!student->graded || student->max_points <= 0)
            continue;
        int64_t points = student->points < 0 ? 0 : student->points;
        int64_t column = points >= student->max_points
                             ? COLUMNS - 1
                             : points * (COLUMNS - 1) / student->max_points;
        size_t height = ++scores.columns[column];
        scores.highest = height > scores.highest ? height : scores.highest;
        scores.sorted[scores.count++] =
            scores.most > 0 ? points : points * 100 / student->max_points * 1000;
    }
    qsort(scores.sorted, scores.count, sizeof *scores.sorted, compare);
    return scores;
}

/* To a tenth: more is not seen in a class. */
static void add_number(const struct scores *scores, int64_t value, const char *what,
                       struct sg_bytes *out)
{
    sg_bytes_printf(out, "<div><dt>%s</dt><dd>", what);
    sg_thousandths_print(out, (value + 50) / 100 * 100);
    sg_bytes_add_text(out, scores->most > 0 ? "</dd></div>" : " %</dd></div>");
}

static void add_numbers(const struct scores *scores, struct sg_bytes *out)
{
    size_t count = scores->count;
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += scores->sorted[i];
    sg_bytes_add_text(out, "<dl class=\"numbers\">");
    add_number(scores, (scores->sorted[(count - 1) / 2] + scores->sorted[count / 2]) / 2, "median",
               out);
    add_number(scores, sum / (int64_t)count, "mean", out);
    add_number(scores, scores->sorted[0], "lowest", out);
    add_number(scores, scores->sorted[count - 1], "highest", out);
    if (scores->most > 0)
        add_number(scores, scores->most, "possible", out);
    sg_bytes_printf(out, "<div><dt>with all points</dt><dd>%zu of %zu</dd></div></dl>\n",
                    scores->columns[COLUMNS - 1], count);
}

/* Places are shares of the width and the height, so that text keeps its size on a phone. */
static void add_drawing(const struct scores *scores, struct sg_bytes *out)
{
    sg_bytes_add_text(out,
                      "<svg class=\"spread\" role=\"img\" aria-label=\"Submissions by per cent "
                      "of the points,");
    for (int i = 0; i < COLUMNS; i++) {
        if (i < COLUMNS - 1)
            sg_bytes_printf(out, " %d to %d: %zu;", i * 10, i * 10 + 9, scores->columns[i]);
        else
            sg_bytes_printf(out, " 100: %zu", scores->columns[i]);
    }
    sg_bytes_add_text(out, "\">\n<line x1=\"0\" x2=\"100%\" y1=\"84%\" y2=\"84%\"/>");
    for (int i = 0; i < COLUMNS; i++) {
        size_t count = scores->columns[i];
        double height = 72.0 * (double)count / (double)scores->highest;
        double left = 100.0 * i / COLUMNS;
        double middle = left + 50.0 / COLUMNS;
        if (count)
            sg_bytes_printf(out,
                            "<rect x=\"%.2f%%\" width=\"7.8%%\" y=\"%.2f%%\" height=\"%.2f%%\"/>"
                            "<text x=\"%.2f%%\" y=\"%.2f%%\" dy=\"-4\">%zu</text>",
                            middle - 3.9, 84 - height, height, middle, 84 - height, count);
        /* What a column begins with stands at its left; the last has nothing else in it. */
        sg_bytes_printf(out, "<text class=\"dim\" x=\"%.2f%%\" y=\"97%%\">%d%s</text>",
                        i < COLUMNS - 1 ? left : middle, i * 10, i < COLUMNS - 1 ? "" : " %");
    }
    sg_bytes_add_text(out, "</svg>\n");
}

void sg_class_scores(const struct sg_class *class, struct sg_bytes *out)
{
    struct scores scores = count_scores(class);
    if (scores.count) {
        sg_bytes_add_text(out, "<section class=\"scores\"><h2>Points</h2>\n");
        add_numbers(&scores, out);
        add_drawing(&scores, out);
        sg_bytes_add_text(out, "</section>\n");
    }
    free(scores.sorted);
}
