/* SPDX-License-Identifier: MIT
 * The list of cases in HTML: a line each. A line opens to what happened, or leads to where its
 * cause is told. */
#include <string.h>

#include "base/language.h"
#include "base/number.h"
#include "report/causes.h"
#include "report/html.h"
#include "report/told.h"

static const char *const signs[] = {
    [SG_STATUS_PASSED] = "✓",       [SG_STATUS_FAILED] = "✗", [SG_STATUS_SKIPPED] = "–",
    [SG_STATUS_INCONCLUSIVE] = "?", [SG_STATUS_ERROR] = "!",
};

void sg_html_sign(struct sg_bytes *out, enum sg_status status)
{
    sg_bytes_printf(
        out, "<span class=\"sign %s\" aria-hidden=\"true\">%s</span><span class=\"sr\">%s: </span>",
        sg_status_word(status), signs[status], _(sg_status_word(status)));
}

static void add_points(struct sg_bytes *out, int64_t points, int64_t most)
{
    if (points < most) {
        sg_bytes_add_text(out, "<b>");
        sg_thousandths_print(out, points);
        sg_bytes_add_text(out, "</b>/");
    }
    sg_thousandths_print(out, most);
    sg_bytes_add_text(out, "<span class=\"sr\">");
    sg_html_text(out, _(" points"));
    sg_bytes_add_text(out, "</span>");
}

void sg_html_points(struct sg_bytes *out, const struct sg_case_result *result)
{
    bool lost = result->charged && result->points < result->max_points;
    sg_bytes_printf(out, "<span class=\"points%s\">", lost ? " lost" : "");
    if (result->charged)
        add_points(out, result->points, result->max_points);
    else
        sg_html_text(out, _("not counted"));
    sg_bytes_add_text(out, "</span>");
}

void sg_html_hidden(struct sg_bytes *out, const struct sg_case_result *result)
{
    if (!result->hidden)
        return;
    sg_bytes_add_text(out, " <span class=\"tag\">");
    sg_html_text(out, _("hidden"));
    sg_bytes_add_text(out, "</span>");
}

static void add_title(struct sg_html *page, size_t index)
{
    struct sg_bytes *out = page->out;
    const struct sg_case_result *result = &page->run->cases[index];
    sg_bytes_add_text(out, "<span class=\"title\">");
    sg_html_text(out, result->title);
    if (result->status != SG_STATUS_PASSED && result->status != SG_STATUS_FAILED) {
        size_t needed = sg_needed_by(page->run, index);
        sg_bytes_printf(out, " <span class=\"reason\">%s", _(sg_status_word(result->status)));
        if (result->reason)
            sg_bytes_add_text(out, ": ");
        if (needed != SIZE_MAX) { /* the id that its reason ends with */
            const char *id = page->run->cases[needed].id;
            sg_autofree char *before =
                sg_printf("%.*s", (int)(strlen(result->reason) - strlen(id)), result->reason);
            sg_html_text(out, before);
            sg_bytes_printf(out, "<a href=\"#case-%zu\">", needed);
            sg_html_text(out, id);
            sg_bytes_add_text(out, "</a>");
        } else {
            sg_html_text(out, result->reason);
        }
        sg_bytes_add_text(out, "</span>");
    }
    sg_html_hidden(out, result);
    sg_bytes_add_text(out, "</span>");
}

static void add_row(struct sg_html *page, size_t index)
{
    const struct sg_case_result *result = &page->run->cases[index];
    sg_html_sign(page->out, result->status);
    sg_bytes_add_text(page->out, "<code class=\"id\">");
    sg_html_text(page->out, result->id);
    sg_bytes_add_text(page->out, "</code> ");
    add_title(page, index);
    sg_bytes_add_byte(page->out, ' ');
    sg_html_points(page->out, result);
}

static bool has_no_program(const struct sg_case_result *result)
{
    enum sg_code code = result->diagnosis.code;
    return result->status == SG_STATUS_FAILED &&
           (code == SG_CODE_NO_SUCH_PROGRAM || code == SG_CODE_BUILD_FAILED);
}

/* A line that leads elsewhere, one that opens, or one that says all there is. */
static void add_case(struct sg_html *page, size_t index)
{
    struct sg_bytes *out = page->out;
    const struct sg_case_result *result = &page->run->cases[index];
    bool failed = result->status == SG_STATUS_FAILED;
    size_t teller = failed ? sg_teller(page->run, index, page->options->for_student) : SIZE_MAX;
    bool opens = sg_html_may_tell(page, result) && result->event_count;
    sg_bytes_printf(out, "<li id=\"case-%zu\" data-status=\"%s\"", index,
                    sg_status_word(result->status));
    if (failed)
        sg_bytes_printf(out, " data-why=\"why-%zu\"", teller);
    sg_bytes_add_byte(out, '>');
    if (failed && (teller == index || !opens || has_no_program(result))) {
        sg_bytes_printf(out, "<a class=\"row\" href=\"#why-%zu\">", teller);
        add_row(page, index);
        sg_bytes_add_text(out, "</a></li>\n");
    } else if (opens) {
        sg_bytes_add_text(out, "<details><summary class=\"row\">");
        add_row(page, index);
        sg_bytes_add_text(out, "</summary><div class=\"opened\">\n");
        if (failed) {
            sg_bytes_printf(out, "<p><a href=\"#why-%zu\">", teller);
            sg_html_text(out, _("What to do about it"));
            sg_bytes_add_text(out, "</a></p>\n");
        }
        sg_html_seen(page, index);
        sg_bytes_add_text(out, "</div></details></li>\n");
    } else {
        sg_bytes_add_text(out, "<div class=\"row\">");
        add_row(page, index);
        sg_bytes_add_text(out, "</div></li>\n");
    }
}

/* Where all cases of a role failed because there is no program to start, one line says it. */
static bool begin_together(struct sg_html *page, const char *role)
{
    struct sg_bytes *out = page->out;
    size_t count = 0, first = 0;
    int64_t points = 0;
    for (size_t i = 0; i < page->run->case_count; i++) {
        const struct sg_case_result *result = &page->run->cases[i];
        if (strcmp(result->role, role) != 0)
            continue;
        if (!has_no_program(result))
            return false;
        first = count++ ? first : i;
        points += result->max_points;
    }
    if (count < 2)
        return false;
    sg_bytes_add_text(out, "<details class=\"together\"><summary class=\"row\">");
    sg_html_sign(out, SG_STATUS_FAILED);
    sg_bytes_printf(out, "<code class=\"id\">%s</code> <span class=\"title\">",
                    sg_code_info(page->run->cases[first].diagnosis.code)->id);
    sg_html_say(out, _("all %zu cases"), count);
    sg_bytes_add_text(out, "</span> <span class=\"points lost\">");
    add_points(out, 0, points);
    sg_bytes_add_text(out, "</span></summary>\n");
    return true;
}

static void add_role(struct sg_html *page, const char *role)
{
    struct sg_bytes *out = page->out;
    const char *started = NULL;
    bool any = false;
    for (size_t i = 0; i < page->run->case_count; i++) {
        const struct sg_case_result *result = &page->run->cases[i];
        if (strcmp(result->role, role) != 0)
            continue;
        any = true;
        if (result->started && sg_html_may_tell(page, result))
            started = result->started;
    }
    if (!any)
        return;
    sg_bytes_printf(out, "<section class=\"role\"><h2>%s", role);
    if (started) {
        sg_bytes_add_text(out, " <code>");
        sg_html_text(out, started);
        sg_bytes_add_text(out, "</code>");
    }
    sg_bytes_add_text(out, "</h2>\n");
    bool together = begin_together(page, role);
    sg_bytes_add_text(out, "<ol class=\"cases\">\n");
    for (size_t i = 0; i < page->run->case_count; i++) {
        if (strcmp(page->run->cases[i].role, role) == 0)
            add_case(page, i);
    }
    sg_bytes_add_text(out, together ? "</ol></details></section>\n" : "</ol></section>\n");
}

void sg_html_list(struct sg_html *page)
{
    add_role(page, "server");
    add_role(page, "client");
}
