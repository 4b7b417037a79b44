/* SPDX-License-Identifier: MIT
 * The failures in HTML, each cause once: what happened, what was seen, what to do, how to see it
 * again. */
#include <string.h>

#include "base/file.h"
#include "base/language.h"
#include "base/number.h"
#include "diagnose/advice.h"
#include "report/causes.h"
#include "report/html.h"

enum { MOST_LINE = 300, MOST_PAGE = 64 << 10 };

static bool is_told_here(const struct sg_html *page, size_t index)
{
    return page->run->cases[index].status == SG_STATUS_FAILED &&
           sg_teller(page->run, index, page->options->for_student) == index;
}

/* What one cause has cost. */
struct cost {
    size_t failed, skipped;
    int64_t points;
};

static struct cost cost_of(const struct sg_html *page, size_t teller)
{
    const struct sg_run *run = page->run;
    struct cost cost = {0};
    for (size_t i = 0; i < run->case_count; i++) {
        const struct sg_case_result *result = &run->cases[i];
        size_t cause = sg_skipped_for(run, i);
        bool skipped = cause != SIZE_MAX;
        if (!sg_is_alike(&run->cases[skipped ? cause : i], &run->cases[teller]))
            continue;
        cost.skipped += skipped;
        cost.failed += !skipped;
        cost.points += result->charged ? result->max_points - result->points : 0;
    }
    return cost;
}

static void add_cost(struct sg_html *page, size_t teller)
{
    struct cost cost = cost_of(page, teller);
    sg_autobytes struct sg_bytes points = {0};
    sg_thousandths_print(&points, cost.points);
    sg_html_say(page->out, _("%zu case%s failed"), cost.failed, sg_plural_end(cost.failed));
    if (cost.skipped)
        sg_html_say(page->out, _(", %zu skipped for it"), cost.skipped);
    sg_bytes_add_text(page->out, " · <b>");
    sg_html_say(page->out, _("−%s point%s"), sg_bytes_text(&points),
                sg_plural_end(cost.points == 1000 ? 1 : 2));
    sg_bytes_add_text(page->out, "</b>");
}

void sg_html_causes(struct sg_html *page)
{
    struct sg_bytes *out = page->out;
    size_t count = 0;
    for (size_t i = 0; i < page->run->case_count; i++)
        count += is_told_here(page, i);
    if (!count)
        return;
    sg_bytes_add_text(out, "<nav class=\"causes\" aria-labelledby=\"causes\"><h2 id=\"causes\">");
    sg_html_say(out, _("%zu cause%s"), count, sg_plural_end(count));
    sg_bytes_add_text(out, "</h2>\n<ol>\n");
    for (size_t i = 0; i < page->run->case_count; i++) {
        if (!is_told_here(page, i))
            continue;
        const struct sg_case_result *result = &page->run->cases[i];
        sg_bytes_printf(out, "<li><a href=\"#why-%zu\"><code>%s</code></a> <span class=\"dim\">", i,
                        sg_code_info(result->diagnosis.code)->id);
        sg_html_text(out, result->role);
        sg_bytes_add_text(out, " · ");
        add_cost(page, i);
        sg_bytes_add_text(out, "</span></li>\n");
    }
    sg_bytes_add_text(out, "</ol></nav>\n");
}

/* The source around the line that it is about, that line marked. */
static void add_source(struct sg_bytes *out, const struct sg_diagnosis *diagnosis)
{
    if (!diagnosis->file)
        return;
    sg_bytes_add_text(out, "<figure class=\"source\"><figcaption><code>");
    sg_html_text(out, diagnosis->file);
    sg_bytes_printf(out, ":%d</code></figcaption>\n", diagnosis->line);
    const char *line = diagnosis->excerpt;
    if (line && *line)
        sg_bytes_add_text(out, "<pre tabindex=\"0\">");
    for (int number = diagnosis->excerpt_line; line && *line; number++) {
        size_t length = strcspn(line, "\n");
        bool meant = number == diagnosis->line;
        sg_autofree char *text = sg_printf("%.*s", (int)length, line);
        sg_bytes_printf(out, "%s<span class=\"at\">%s %4d │</span> ", meant ? "<strong>" : "",
                        meant ? "▶" : " ", number);
        sg_html_text_most(out, text, MOST_LINE);
        sg_bytes_add_text(out, meant ? "</strong>\n" : "\n");
        line += length + (line[length] == '\n');
    }
    sg_bytes_add_text(out, diagnosis->excerpt && *diagnosis->excerpt ? "</pre></figure>\n"
                                                                     : "</figure>\n");
}

static void add_facts(struct sg_bytes *out, const struct sg_diagnosis *diagnosis)
{
    if (!diagnosis->fact_count)
        return;
    sg_bytes_add_text(out, "<ul class=\"facts\">\n");
    for (size_t i = 0; i < diagnosis->fact_count; i++) {
        sg_bytes_add_text(out, "<li>");
        sg_html_text(out, diagnosis->facts[i].text);
        sg_bytes_add_text(out, "</li>\n");
    }
    sg_bytes_add_text(out, "</ul>\n");
}

void sg_html_seen(struct sg_html *page, size_t index)
{
    struct sg_bytes *out = page->out;
    const struct sg_case_result *result = &page->run->cases[index];
    const struct sg_diagnosis *diagnosis = &result->diagnosis;
    if (diagnosis->message) {
        sg_bytes_add_text(out, "<p class=\"says\">");
        sg_html_text(out, diagnosis->message);
        sg_bytes_printf(out, " <code class=\"code\">%s</code></p>\n",
                        sg_code_info(diagnosis->code)->id);
    }
    sg_html_ladder(page, index);
    sg_html_difference(out, &diagnosis->difference);
    add_facts(out, diagnosis);
    add_source(out, diagnosis);
}

/* The page of `sockgrade explain`, or where to read it. */
static void add_explanation(struct sg_html *page, enum sg_code code)
{
    struct sg_bytes *out = page->out;
    const char *id = sg_code_info(code)->id;
    const struct sg_report_options *options = page->options;
    struct sg_error ignored;
    sg_autobytes struct sg_bytes text = {0};
    sg_autofree char *path =
        sg_printf("%s/%s.md", options->explanations ? options->explanations : "", id);
    if (page->explained[code]) {
        sg_bytes_printf(out, "<p class=\"more\"><a href=\"#explain-%s\">", id);
        sg_html_say(out, _("What %s means, and what to do"), id);
        sg_bytes_add_text(out, "</a></p>\n");
        return;
    }
    if (!options->explanations || sg_file_read(path, MOST_PAGE, &text, &ignored) < 0) {
        sg_bytes_add_text(out, "<p class=\"more\">");
        sg_html_text(out, _("more: "));
        sg_bytes_printf(out, "<code>sockgrade explain %s</code></p>\n", id);
        return;
    }
    page->explained[code] = true;
    sg_autofree char *code_shown = sg_printf("<code>%s</code>", id);
    sg_bytes_printf(out, "<details class=\"explain\" id=\"explain-%s\"><summary>", id);
    sg_html_say(out, _("What %s means, why it happens, how it is put right"), code_shown);
    sg_bytes_add_text(out, "</summary>\n<div lang=\"");
    sg_html_text(out, options->language ? options->language : "en");
    sg_bytes_add_text(out, "\">\n");
    sg_html_explanation(out, sg_bytes_slice(&text));
    sg_bytes_add_text(out, "</div></details>\n");
}

static void add_alike(struct sg_html *page, size_t index)
{
    struct sg_bytes *out = page->out;
    bool any = false;
    for (size_t i = 0; i < page->run->case_count; i++) {
        if (i == index || !sg_is_alike(&page->run->cases[i], &page->run->cases[index]))
            continue;
        if (!any)
            sg_bytes_add_text(out, "<p class=\"alike\">");
        sg_html_text(out, any ? ", " : _("of the same cause: "));
        sg_bytes_printf(out, "<a href=\"#case-%zu\"><code>", i);
        sg_html_text(out, page->run->cases[i].id);
        sg_bytes_add_text(out, "</code></a>");
        any = true;
    }
    if (any)
        sg_bytes_add_text(out, "</p>\n");
}

static void add_repeat(struct sg_html *page, const struct sg_case_result *result)
{
    struct sg_bytes *out = page->out;
    sg_bytes_add_text(out, "<p class=\"again\"><span class=\"label\">");
    sg_html_text(out, _("see it again"));
    sg_bytes_add_text(out, "</span> <code>");
    sg_html_text(out, page->options->command);
    sg_bytes_add_text(out, " --case &#39;");
    sg_html_text(out, result->id);
    sg_bytes_printf(out, "&#39; --seed %llu --artifacts out</code></p>\n",
                    (unsigned long long)page->run->seed);
}

static void add_failure(struct sg_html *page, size_t index)
{
    struct sg_bytes *out = page->out;
    const struct sg_case_result *result = &page->run->cases[index];
    const struct sg_diagnosis *diagnosis = &result->diagnosis;
    bool tell = sg_html_may_tell(page, result);
    const char *advice = tell && diagnosis->advice ? diagnosis->advice : sg_advice(diagnosis->code);
    sg_bytes_printf(out,
                    "<article class=\"failure\" id=\"why-%zu\" aria-labelledby=\"why-%zu-title\">\n"
                    "<header><h3 id=\"why-%zu-title\">",
                    index, index, index);
    sg_html_sign(out, SG_STATUS_FAILED);
    sg_bytes_add_text(out, "<code>");
    sg_html_text(out, result->id);
    sg_bytes_add_text(out, "</code> <span class=\"title\">");
    sg_html_text(out, result->title);
    sg_html_hidden(out, result);
    sg_bytes_add_text(out, "</span></h3> ");
    sg_html_points(out, result);
    sg_bytes_add_text(out, "</header>\n");
    if (tell)
        sg_html_seen(page, index);
    else
        sg_bytes_printf(out, "<p><code class=\"code\">%s</code></p>\n",
                        sg_code_info(diagnosis->code)->id);
    sg_bytes_add_text(out, "<p class=\"advice\">");
    sg_html_text(out, advice);
    sg_bytes_add_text(out, "</p>\n");
    add_explanation(page, diagnosis->code);
    if (tell)
        add_repeat(page, result);
    add_alike(page, index);
    sg_bytes_add_text(out, "</article>\n");
}

void sg_html_failures(struct sg_html *page)
{
    bool any = false;
    for (size_t i = 0; i < page->run->case_count; i++) {
        if (!is_told_here(page, i))
            continue;
        if (!any) {
            sg_bytes_add_text(page->out, "<section class=\"failures\" aria-labelledby=\"failures\">"
                                         "<h2 id=\"failures\">");
            sg_html_text(page->out, _("What failed, and why"));
            sg_bytes_add_text(page->out, "</h2>\n");
        }
        any = true;
        add_failure(page, i);
    }
    if (any)
        sg_bytes_add_text(page->out, "</section>\n");
}
