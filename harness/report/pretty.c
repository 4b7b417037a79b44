/* SPDX-License-Identifier: MIT
 * The report that people read: the sum, the list of cases, then each failure once: what happened,
 * what was seen, what to do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "base/number.h"
#include "base/utf8.h"
#include "diagnose/advice.h"
#include "report/causes.h"
#include "report/ladder.h"
#include "report/report.h"

enum { MOST_NAME = 26, INDENT = 2 };

struct page {
    struct sg_paint paint;
    const struct sg_run *run;
    const struct sg_report_options *options;
};

static void add_points(struct sg_bytes *out, int64_t points, int64_t most)
{
    sg_thousandths_print(out, points);
    sg_bytes_add_text(out, _(" of "));
    sg_thousandths_print(out, most);
}

/* "left … right", the right one ending at the page's edge. */
static void paint_two_sides(const struct page *page, enum sg_style_name style, const char *left,
                            const char *right)
{
    size_t room = SG_PAINT_WIDTH - sg_utf8_width(right) - 2;
    sg_paint_field(&page->paint, style, left, room);
    sg_paint_blanks(&page->paint, 2);
    sg_paint(&page->paint, SG_PAINT_BOLD, "%s\n", right);
}

static void paint_head(const struct page *page)
{
    const struct sg_run *run = page->run;
    struct sg_score score = sg_run_score(run);
    const char *dot = sg_sign(&page->paint, SG_SIGN_DOT);
    sg_autobytes struct sg_bytes name = {0}, sum = {0};
    sg_autofree char *left = NULL, *right = NULL;
    sg_show(&name, (const uint8_t *)run->submission, strlen(run->submission));
    left = sg_printf("%s %s %s", run->assignment, dot, sg_bytes_text(&name));
    add_points(&sum, score.points, score.max_points);
    right = sg_printf("%s %s seed %llu", sg_bytes_text(&sum), dot, (unsigned long long)run->seed);
    paint_two_sides(page, SG_PAINT_BOLD, left, right);
    if (page->options->quiet)
        return;
    sg_paint(&page->paint, SG_PAINT_DIM,
             _("network %s %s faults %s %s jail %s %s %zu case%s in %.2f s\n"), run->network, dot,
             run->faults, dot, run->jail, dot, run->case_count, sg_plural_end(run->case_count),
             (double)run->duration_ns / 1e9);
}

static const struct {
    enum sg_sign sign;
    enum sg_style_name style;
} looks[] = {
    [SG_STATUS_PASSED] = {SG_SIGN_PASSED, SG_PAINT_GOOD},
    [SG_STATUS_FAILED] = {SG_SIGN_FAILED, SG_PAINT_BAD},
    [SG_STATUS_SKIPPED] = {SG_SIGN_SKIPPED, SG_PAINT_DIM},
    [SG_STATUS_INCONCLUSIVE] = {SG_SIGN_UNSURE, SG_PAINT_NOTE},
    [SG_STATUS_ERROR] = {SG_SIGN_UNSURE, SG_PAINT_BAD},
};

static size_t name_width(const struct sg_run *run)
{
    size_t width = 8;
    for (size_t i = 0; i < run->case_count; i++) {
        size_t one = sg_utf8_width(run->cases[i].id);
        width = one > width ? one : width;
    }
    return width < MOST_NAME ? width : MOST_NAME;
}

static void paint_line(const struct page *page, const struct sg_case_result *result, size_t width)
{
    const struct sg_paint *paint = &page->paint;
    sg_autobytes struct sg_bytes points = {0};
    bool lost = result->charged && result->points < result->max_points;
    if (!result->charged)
        sg_bytes_add_text(&points, _("not counted"));
    else
        sg_thousandths_print(&points, lost ? result->points : result->max_points);
    if (lost) {
        sg_bytes_add_byte(&points, '/');
        sg_thousandths_print(&points, result->max_points);
    }
    sg_autofree char *text =
        result->status == SG_STATUS_PASSED || result->status == SG_STATUS_FAILED
            ? sg_strdup(result->title)
            : sg_printf("%s%s%s", _(sg_status_word(result->status)), result->reason ? ": " : "",
                        result->reason ? result->reason : "");
    sg_paint(paint, looks[result->status].style, "  %s ",
             sg_sign(paint, looks[result->status].sign));
    sg_paint_field(paint, SG_PAINT_PLAIN, result->id, width);
    sg_paint_blanks(paint, 2);
    size_t room = SG_PAINT_WIDTH - 4 - width - 2 - 1 - points.length;
    sg_paint_field(paint, result->status == SG_STATUS_PASSED ? SG_PAINT_PLAIN : SG_PAINT_DIM, text,
                   room);
    sg_paint(paint, lost ? SG_PAINT_BAD : SG_PAINT_PLAIN, " %s\n", sg_bytes_text(&points));
}

/* Where all cases of a role failed because there is no program to start, one line says it. */
static bool paint_together(const struct page *page, const char *role)
{
    const struct sg_paint *paint = &page->paint;
    const struct sg_case_result *first = NULL;
    size_t count = 0;
    int64_t points = 0;
    for (size_t i = 0; i < page->run->case_count; i++) {
        const struct sg_case_result *result = &page->run->cases[i];
        if (strcmp(result->role, role) != 0)
            continue;
        enum sg_code code = result->diagnosis.code;
        bool missing = code == SG_CODE_NO_SUCH_PROGRAM || code == SG_CODE_BUILD_FAILED;
        if (!missing || result->status != SG_STATUS_FAILED)
            return false;
        first = first ? first : result;
        points += result->max_points;
        count++;
    }
    if (count < 2)
        return false;
    sg_autobytes struct sg_bytes lost = {0};
    sg_bytes_add_text(&lost, "0/");
    sg_thousandths_print(&lost, points);
    sg_autofree char *text =
        sg_printf(_("all %zu cases: %s"), count, sg_code_info(first->diagnosis.code)->id);
    sg_paint(paint, SG_PAINT_BAD, "  %s ", sg_sign(paint, SG_SIGN_FAILED));
    sg_paint_field(paint, SG_PAINT_PLAIN, text, SG_PAINT_WIDTH - 5 - lost.length);
    sg_paint(paint, SG_PAINT_BAD, " %s\n", sg_bytes_text(&lost));
    return true;
}

static void paint_role(const struct page *page, const char *role, size_t width)
{
    const struct sg_paint *paint = &page->paint;
    const char *started = NULL;
    bool any = false;
    for (size_t i = 0; i < page->run->case_count; i++) {
        const struct sg_case_result *result = &page->run->cases[i];
        if (strcmp(result->role, role) != 0)
            continue;
        any = true;
        started = result->started ? result->started : started;
    }
    if (!any)
        return;
    sg_paint(paint, SG_PAINT_BOLD, "\n%s", role);
    if (started)
        sg_paint(paint, SG_PAINT_DIM, "  %s", started);
    sg_bytes_add_byte(paint->out, '\n');
    if (paint_together(page, role))
        return;
    for (size_t i = 0; i < page->run->case_count; i++) {
        if (strcmp(page->run->cases[i].role, role) == 0)
            paint_line(page, &page->run->cases[i], width);
    }
}

static void paint_list(const struct page *page)
{
    size_t width = name_width(page->run);
    paint_role(page, "server", width);
    paint_role(page, "client", width);
}

/* The left column of the difference. */
static void paint_side_name(const struct sg_paint *paint, const char *name)
{
    enum { COLUMN = 9 };
    sg_paint_blanks(paint, INDENT);
    sg_paint_field(paint, SG_PAINT_DIM, name, COLUMN);
    sg_paint_blanks(paint, 1);
}

/* One side of the difference: what is visible of it, and what is beyond the excerpt. */
static void paint_side(const struct page *page, const char *name, struct sg_slice excerpt,
                       size_t start, size_t length, const char *behind)
{
    const struct sg_paint *paint = &page->paint;
    sg_autobytes struct sg_bytes shown = {0};
    size_t most = 40;
    struct sg_slice visible = sg_slice_first(excerpt, most);
    sg_show(&shown, visible.data, visible.length);
    paint_side_name(paint, name);
    if (start)
        sg_paint(paint, SG_PAINT_DIM, _("from %zu: "), start);
    sg_paint(paint, SG_PAINT_PLAIN, "\"%s\"", sg_bytes_text(&shown));
    size_t more = length > start + visible.length ? length - start - visible.length : 0;
    if (more)
        sg_paint(paint, SG_PAINT_DIM, _(" +%zu more"), more);
    if (behind && !more)
        sg_paint(paint, SG_PAINT_DIM, "  %s", behind);
    sg_bytes_add_byte(paint->out, '\n');
}

static void paint_difference(const struct page *page, const struct sg_difference *difference)
{
    if (!difference->present)
        return;
    sg_bytes_add_byte(page->paint.out, '\n');
    if (difference->expected_length)
        paint_side(page, _("expected"), sg_bytes_slice(&difference->expected), difference->start,
                   difference->expected_length, NULL);
    else {
        paint_side_name(&page->paint, _("expected"));
        sg_paint(&page->paint, SG_PAINT_DIM, "%s\n", _("nothing more"));
    }
    if (difference->got_length)
        paint_side(page, _("got"), sg_bytes_slice(&difference->got), difference->start,
                   difference->got_length, difference->got_end);
    else {
        paint_side_name(&page->paint, _("got"));
        sg_paint(&page->paint, SG_PAINT_DIM, "%s%s%s\n", _("nothing"),
                 difference->got_end ? ", " : "", difference->got_end ? difference->got_end : "");
    }
    if (difference->expected_length && difference->got_length)
        sg_paint(&page->paint, SG_PAINT_DIM, _("  the first difference is at offset %zu%s%s\n"),
                 difference->offset, difference->remark ? ": " : "",
                 difference->remark ? difference->remark : "");
}

static void paint_facts(const struct page *page, const struct sg_diagnosis *diagnosis)
{
    for (size_t i = 0; i < diagnosis->fact_count; i++) {
        sg_autobytes struct sg_bytes shown = {0};
        const char *text = diagnosis->facts[i].text;
        sg_show_lines(&shown, (const uint8_t *)text, strlen(text));
        sg_paint_wrapped(&page->paint, SG_PAINT_PLAIN, INDENT, sg_bytes_text(&shown));
    }
}

/* The source around the line that it is about, that line marked. */
static void paint_source(const struct page *page, const struct sg_diagnosis *diagnosis)
{
    const struct sg_paint *paint = &page->paint;
    if (!diagnosis->file)
        return;
    sg_autobytes struct sg_bytes file = {0};
    sg_show(&file, (const uint8_t *)diagnosis->file, strlen(diagnosis->file));
    sg_paint(paint, SG_PAINT_DIM, "\n  %s:%d\n", sg_bytes_text(&file), diagnosis->line);
    int number = diagnosis->excerpt_line;
    for (const char *line = diagnosis->excerpt; line && *line; number++) {
        size_t length = strcspn(line, "\n");
        bool meant = number == diagnosis->line;
        sg_autobytes struct sg_bytes shown = {0};
        sg_show_lines(&shown, (const uint8_t *)line, length);
        sg_paint(paint, meant ? SG_PAINT_BAD : SG_PAINT_DIM, "  %s %4d %s ",
                 meant ? sg_sign(paint, SG_SIGN_MARK) : " ", number, sg_sign(paint, SG_SIGN_LIFE));
        (void)sg_paint_cut(paint, meant ? SG_PAINT_BOLD : SG_PAINT_PLAIN, sg_bytes_text(&shown),
                           SG_PAINT_WIDTH - 12);
        sg_bytes_add_byte(paint->out, '\n');
        line += length + (line[length] == '\n');
    }
}

static void paint_command_name(const struct sg_paint *paint, const char *name)
{
    enum { COLUMN = 7 };
    sg_paint_blanks(paint, INDENT);
    sg_paint_field(paint, SG_PAINT_DIM, name, COLUMN);
}

static void paint_repeat(const struct page *page, const struct sg_case_result *result)
{
    const struct sg_paint *paint = &page->paint;
    sg_bytes_add_byte(paint->out, '\n');
    paint_command_name(paint, _("more"));
    sg_paint(paint, SG_PAINT_PLAIN, "sockgrade explain %s\n",
             sg_code_info(result->diagnosis.code)->id);
    paint_command_name(paint, _("again"));
    sg_paint(paint, SG_PAINT_PLAIN, "%s --case '%s' --seed %llu --artifacts out\n",
             page->options->command, result->id, (unsigned long long)page->run->seed);
}

static void paint_failure(const struct page *page, const struct sg_case_result *result)
{
    const struct sg_paint *paint = &page->paint;
    const struct sg_diagnosis *diagnosis = &result->diagnosis;
    sg_autobytes struct sg_bytes points = {0}, message = {0};
    add_points(&points, result->points, result->max_points);
    sg_autofree char *left = sg_printf("%s %s %s %s", sg_sign(paint, SG_SIGN_FAILED), result->id,
                                       sg_sign(paint, SG_SIGN_DOT), result->title);
    sg_bytes_add_byte(paint->out, '\n');
    paint_two_sides(page, SG_PAINT_BAD, left, sg_bytes_text(&points));
    sg_bytes_add_byte(paint->out, '\n');
    if (result->hidden && page->options->for_student) {
        sg_paint_wrapped(paint, SG_PAINT_PLAIN, INDENT, sg_advice(diagnosis->code));
        return;
    }
    sg_show_lines(&message, (const uint8_t *)diagnosis->message, strlen(diagnosis->message));
    sg_paint_wrapped(paint, SG_PAINT_BOLD, INDENT, sg_bytes_text(&message));
    sg_paint(paint, SG_PAINT_DIM, "  %s\n", sg_code_info(diagnosis->code)->id);
    if (result->event_count) {
        sg_bytes_add_byte(paint->out, '\n');
        sg_ladder(paint, result);
    }
    paint_difference(page, &diagnosis->difference);
    if (diagnosis->fact_count)
        sg_bytes_add_byte(paint->out, '\n');
    paint_facts(page, diagnosis);
    paint_source(page, diagnosis);
    sg_bytes_add_byte(paint->out, '\n');
    sg_paint_wrapped(paint, SG_PAINT_PLAIN, INDENT,
                     diagnosis->advice ? diagnosis->advice : sg_advice(diagnosis->code));
    paint_repeat(page, result);
}

/* What happened in a case that did not fail. */
static void paint_played(const struct page *page, const struct sg_case_result *result)
{
    const struct sg_paint *paint = &page->paint;
    if (!result->event_count || (result->hidden && page->options->for_student))
        return;
    sg_autobytes struct sg_bytes points = {0};
    sg_autofree char *left = sg_printf("%s %s %s %s", sg_sign(paint, looks[result->status].sign),
                                       result->id, sg_sign(paint, SG_SIGN_DOT), result->title);
    if (result->charged)
        add_points(&points, result->points, result->max_points);
    else
        sg_bytes_add_text(&points, _("not counted"));
    sg_bytes_add_byte(paint->out, '\n');
    paint_two_sides(page, looks[result->status].style, left, sg_bytes_text(&points));
    sg_bytes_add_byte(paint->out, '\n');
    sg_ladder(paint, result);
}

static void paint_alike(const struct page *page, size_t index)
{
    const struct sg_run *run = page->run;
    sg_autobytes struct sg_bytes names = {0};
    for (size_t i = 0; i < run->case_count; i++) {
        if (i != index && sg_is_alike(&run->cases[index], &run->cases[i]))
            sg_bytes_printf(&names, "%s%s", names.length ? ", " : _("of the same cause: "),
                            run->cases[i].id);
    }
    enum sg_code code = run->cases[index].diagnosis.code;
    if (!names.length || code == SG_CODE_NO_SUCH_PROGRAM || code == SG_CODE_BUILD_FAILED)
        return;
    sg_bytes_add_byte(page->paint.out, '\n');
    sg_paint_wrapped(&page->paint, SG_PAINT_DIM, INDENT, sg_bytes_text(&names));
}

static void paint_notes(const struct page *page)
{
    const struct sg_run *run = page->run;
    for (size_t i = 0; i < run->note_count; i++) {
        sg_autobytes struct sg_bytes shown = {0};
        sg_bytes_add_text(&shown, _("note: "));
        sg_show(&shown, (const uint8_t *)run->notes[i], strlen(run->notes[i]));
        sg_paint_wrapped(&page->paint, SG_PAINT_NOTE, 0, sg_bytes_text(&shown));
    }
    if (!run->build.failed || !run->build.log)
        return;
    sg_autobytes struct sg_bytes log = {0};
    size_t length = strlen(run->build.log);
    sg_show_lines(&log, (const uint8_t *)run->build.log, length < 2000 ? length : 2000);
    sg_paint(&page->paint, SG_PAINT_BAD, _("\nbuild: %s\n\n"), run->build.message);
    sg_paint_wrapped(&page->paint, SG_PAINT_PLAIN, INDENT, sg_bytes_text(&log));
}

static void paint_errors(const struct page *page)
{
    for (size_t i = 0; i < page->run->case_count; i++) {
        const struct sg_case_result *result = &page->run->cases[i];
        if (result->status != SG_STATUS_ERROR)
            continue;
        sg_paint(&page->paint, SG_PAINT_BAD, _("error: %s: %s (costs nothing)\n"), result->id,
                 result->reason ? result->reason : "");
    }
}

void sg_write_pretty(const struct sg_run *run, const struct sg_report_options *options,
                     struct sg_bytes *out)
{
    struct page page = {
        .paint = {.out = out, .color = options->color, .ascii = options->ascii},
        .run = run,
        .options = options,
    };
    paint_errors(&page);
    paint_head(&page);
    if (options->quiet)
        return;
    paint_notes(&page);
    paint_list(&page);
    for (size_t i = 0; i < run->case_count; i++) {
        if (options->verbose && run->cases[i].status != SG_STATUS_FAILED)
            paint_played(&page, &run->cases[i]);
        bool teller = sg_teller(run, i, options->for_student) == i;
        if (run->cases[i].status != SG_STATUS_FAILED || (!teller && !options->verbose))
            continue;
        paint_failure(&page, &run->cases[i]);
        if (!options->verbose)
            paint_alike(&page, i);
    }
}
