/* SPDX-License-Identifier: MIT
 * The HTML report: one file, which a browser shows without asking anybody for anything. What stands
 * where is as in the terminal: the sum, the list, each failure once. */
#include "report/html.h"

#include <string.h>

#include "base/language.h"
#include "base/number.h"
#include "base/table.h"

enum { MOST_LOG = 20000 };

void sg_html_add_file(struct sg_bytes *out, const char *element, const struct sg_html_file *file)
{
    sg_bytes_printf(out, "<%s>", element);
    sg_bytes_add(out, file->data, file->length);
    sg_bytes_printf(out, "</%s>\n", element);
}

static void add_points(struct sg_bytes *out, const struct sg_run *run)
{
    struct sg_score score = sg_run_score(run);
    sg_thousandths_print(out, score.points);
    sg_html_text(out, _(" of "));
    sg_thousandths_print(out, score.max_points);
}

void sg_html_begin(struct sg_bytes *out, const char *language, const struct sg_html_file *style,
                   const struct sg_html_file *script)
{
    sg_bytes_printf(out,
                    "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "style-src '%s'; "
                    "script-src '%s'; base-uri 'none'; form-action 'none'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n"
                    "<meta name=\"referrer\" content=\"no-referrer\">\n",
                    language, style->hash, script->hash);
    sg_html_add_file(out, "style", style);
    sg_bytes_add_text(out, "<title>");
}

static void add_head(struct sg_html *page)
{
    struct sg_bytes *out = page->out;
    sg_html_begin(out, sg_language_used(), &sg_html_style, &sg_html_script);
    sg_html_text_most(out, page->run->submission, 40);
    sg_bytes_add_text(out, ": ");
    add_points(out, page->run);
    sg_bytes_add_text(out, "</title>\n</head>\n");
}

/* The signs of the ladders, defined once. */
static void add_signs(struct sg_bytes *out)
{
    sg_bytes_add_text(out,
                      "<svg class=\"signs\" aria-hidden=\"true\"><defs>"
                      "<path id=\"to\" d=\"M0 0l-9-4.5v9z\"/><path id=\"fro\" d=\"M0 0l9-4.5v9z\"/>"
                      "<circle id=\"dot\" r=\"3.5\"/>"
                      "<path id=\"stop\" d=\"M-5-5L5 5M-5 5L5-5\"/>"
                      "<path id=\"cross\" d=\"M-4-4L4 4M-4 4L4-4\"/></defs></svg>\n");
}

static void add_bar(struct sg_bytes *out, const struct sg_run *run, const struct sg_score *score)
{
    size_t before = 0;
    sg_bytes_add_text(out, "<svg class=\"bar\" aria-hidden=\"true\">");
    for (int status = 0; status <= SG_STATUS_ERROR; status++) {
        size_t count = score->by_status[status];
        if (count)
            sg_bytes_printf(out,
                            "<rect class=\"%s\" x=\"%.2f%%\" width=\"%.2f%%\" height=\"100%%\"/>",
                            sg_status_word((enum sg_status)status),
                            100.0 * (double)before / (double)run->case_count,
                            100.0 * (double)count / (double)run->case_count);
        before += count;
    }
    sg_bytes_add_text(out, "</svg>\n<p class=\"counts\">");
    const char *between = "";
    for (int status = 0; status <= SG_STATUS_ERROR; status++) {
        if (!score->by_status[status])
            continue;
        sg_bytes_printf(out, "%s<span class=\"%s\">%zu %s</span>", between,
                        sg_status_word((enum sg_status)status), score->by_status[status],
                        _(sg_status_word((enum sg_status)status)));
        between = " · ";
    }
    sg_bytes_add_text(out, "</p>\n");
}

static void add_sum(struct sg_html *page)
{
    struct sg_bytes *out = page->out;
    const struct sg_run *run = page->run;
    struct sg_score score = sg_run_score(run);
    sg_bytes_add_text(out, "<header class=\"sum\">\n<h1><span>");
    sg_html_text(out, run->assignment);
    sg_bytes_add_text(out, "</span> · <span>");
    sg_html_text(out, run->submission);
    sg_bytes_add_text(out, "</span></h1>\n<p class=\"score\"><b>");
    sg_thousandths_print(out, score.points);
    sg_bytes_add_text(out, "</b>");
    sg_html_text(out, _(" of "));
    sg_thousandths_print(out, score.max_points);
    sg_bytes_add_text(out, "<span class=\"sr\">");
    sg_html_text(out, _(" points"));
    sg_bytes_add_text(out, "</span></p>\n");
    add_bar(out, run, &score);
    sg_autofree char *network = sg_html_escaped(run->network), *jail = sg_html_escaped(run->jail),
                     *faults = sg_html_escaped(run->faults);
    sg_bytes_add_text(out, "<p class=\"dim\">");
    sg_html_say(out, _("network %s · faults %s · jail %s · %zu case%s in %.2f s · seed %llu"),
                network, faults, jail, run->case_count, sg_plural_end(run->case_count),
                (double)run->duration_ns / 1e9, (unsigned long long)run->seed);
    sg_bytes_add_text(out, "</p>\n</header>\n");
}

/* An error of the examiner is said before all else. */
static void add_errors(struct sg_html *page)
{
    struct sg_bytes *out = page->out;
    for (size_t i = 0; i < page->run->case_count; i++) {
        const struct sg_case_result *result = &page->run->cases[i];
        if (result->status != SG_STATUS_ERROR)
            continue;
        sg_bytes_add_text(out, "<p class=\"notice bad\"><b>");
        sg_html_text(out, _("error"));
        sg_bytes_add_byte(out, ':');
        sg_bytes_add_text(out, "</b> <code>");
        sg_html_text(out, result->id);
        sg_bytes_add_text(out, "</code>: ");
        sg_html_text(out, result->reason);
        sg_html_text(out, _(" (costs nothing)"));
        sg_bytes_add_text(out, "</p>\n");
    }
}

static void add_notes(struct sg_html *page)
{
    struct sg_bytes *out = page->out;
    const struct sg_run *run = page->run;
    for (size_t i = 0; i < run->note_count; i++) {
        sg_bytes_add_text(out, "<p class=\"notice\"><b>");
        sg_html_text(out, _("note: "));
        sg_bytes_add_text(out, "</b>");
        sg_html_text(out, run->notes[i]);
        sg_bytes_add_text(out, "</p>\n");
    }
    if (!run->build.failed)
        return;
    sg_bytes_add_text(out, "<section class=\"build\"><h2>");
    sg_html_text(out, _("build"));
    sg_bytes_add_text(out, "</h2><p class=\"says\">");
    sg_html_text(out, run->build.message);
    sg_bytes_add_text(out, "</p>\n");
    if (run->build.log) {
        sg_bytes_add_text(out, "<pre tabindex=\"0\" class=\"log\">");
        sg_html_text_most(out, run->build.log, MOST_LOG);
        sg_bytes_add_text(out, "</pre>\n");
    }
    sg_bytes_add_text(out, "</section>\n");
}

/* Where the script puts its search, and the words for it. */
static void add_tools(struct sg_bytes *out)
{
    const struct {
        const char *name, *text;
    } words[] = {
        {"label", _("Cases")},
        {"search", _("search")},
        {"failed", _("failed only")},
        /* TRANSLATORS: {shown} and {all} are replaced by numbers. */
        {"count", _("{shown} of {all} cases")},
    };
    sg_bytes_add_text(out, "<div id=\"tools\" hidden");
    for (size_t i = 0; i < SG_COUNT(words); i++) {
        sg_bytes_printf(out, " data-%s=\"", words[i].name);
        sg_html_text(out, words[i].text);
        sg_bytes_add_byte(out, '"');
    }
    sg_bytes_add_text(out, "></div>\n");
}

void sg_write_html(const struct sg_run *run, const struct sg_report_options *options,
                   struct sg_bytes *out)
{
    struct sg_html page = {.out = out, .run = run, .options = options};
    add_head(&page);
    sg_bytes_add_text(out, "<body>\n");
    add_signs(out);
    add_errors(&page);
    add_sum(&page);
    sg_bytes_add_text(out, "<main>\n");
    add_notes(&page);
    sg_html_causes(&page);
    add_tools(out);
    sg_html_list(&page);
    sg_html_failures(&page);
    sg_bytes_printf(out, "</main>\n<footer><p class=\"dim\">sockgrade %s", SG_VERSION);
    if (!options->for_student)
        sg_html_text(out, _(" · for instructors: hidden cases are told in full"));
    sg_bytes_add_text(out, "</p></footer>\n");
    sg_html_add_file(out, "script", &sg_html_script);
    sg_bytes_add_text(out, "</body>\n</html>\n");
}
