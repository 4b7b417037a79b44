/* SPDX-License-Identifier: MIT
 * The text of a case, for every format that other programs read. */
#include "report/told.h"

#include <string.h>

#include "base/language.h"
#include "base/number.h"
#include "base/utf8.h"
#include "diagnose/advice.h"

static const char *advice_on(const struct sg_case_result *result)
{
    const struct sg_diagnosis *diagnosis = &result->diagnosis;
    return diagnosis->advice ? diagnosis->advice : sg_advice(diagnosis->code);
}

const char *sg_told(const struct sg_case_result *result, bool for_student)
{
    if (result->status == SG_STATUS_PASSED)
        return "";
    if (result->status != SG_STATUS_FAILED)
        return result->reason ? result->reason : "";
    return result->hidden && for_student ? sg_advice(result->diagnosis.code)
                                         : result->diagnosis.message;
}

static void add_line(struct sg_bytes *out, const char *text)
{
    sg_bytes_add_text(out, text);
    sg_bytes_add_byte(out, '\n');
}

void sg_told_all(const struct sg_case_result *result, bool for_student, struct sg_bytes *out)
{
    const struct sg_diagnosis *diagnosis = &result->diagnosis;
    if (result->status == SG_STATUS_PASSED)
        return;
    add_line(out, sg_told(result, for_student));
    if (result->status != SG_STATUS_FAILED || (result->hidden && for_student))
        return;
    for (size_t i = 0; i < diagnosis->fact_count; i++)
        add_line(out, diagnosis->facts[i].text);
    add_line(out, advice_on(result));
}

size_t sg_told_share(const struct sg_run *run, size_t budget)
{
    size_t share = budget / (run->case_count + 1);
    return share < SG_TOLD_MOST ? share : SG_TOLD_MOST;
}

void sg_add_cut(struct sg_bytes *out, const char *text, size_t most)
{
    sg_autobytes struct sg_bytes safe = {0};
    sg_show_lines(&safe, (const uint8_t *)text, strlen(text));
    size_t kept = safe.length < most ? safe.length : most;
    while (kept < safe.length && kept && (safe.data[kept] & 0xc0) == 0x80)
        kept--;
    sg_bytes_add(out, sg_bytes_text(&safe), kept);
    if (kept < safe.length)
        sg_bytes_printf(out, _(" ... (%zu bytes more)"), safe.length - kept);
}

char *sg_told_cut(const struct sg_case_result *result, bool for_student, size_t most)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_add_cut(&text, sg_told(result, for_student), most);
    return sg_bytes_take_text(&text);
}

char *sg_told_all_cut(const struct sg_case_result *result, bool for_student, size_t most)
{
    sg_autobytes struct sg_bytes all = {0}, text = {0};
    sg_told_all(result, for_student, &all);
    while (all.length && all.data[all.length - 1] == '\n')
        all.data[--all.length] = 0;
    sg_add_cut(&text, sg_bytes_text(&all), most);
    return sg_bytes_take_text(&text);
}

int64_t sg_told_points(const struct sg_case_result *result)
{
    return result->charged ? result->points : 0;
}

int64_t sg_told_max_points(const struct sg_case_result *result)
{
    return result->charged ? result->max_points : 0;
}

char *sg_told_sum(const struct sg_run *run)
{
    struct sg_score score = sg_run_score(run);
    sg_autobytes struct sg_bytes text = {0};
    sg_thousandths_print(&text, score.points);
    sg_bytes_add_text(&text, _(" of "));
    sg_thousandths_print(&text, score.max_points);
    sg_bytes_add_text(&text, _(" points"));
    return sg_bytes_take_text(&text);
}

char *sg_told_file(const struct sg_run *run, const struct sg_case_result *result, bool for_student)
{
    const char *folder = run->path;
    if (result->status != SG_STATUS_FAILED || !result->diagnosis.file ||
        (result->hidden && for_student))
        return NULL;
    while (strncmp(folder, "./", 2) == 0)
        folder += 2;
    bool at_top = !*folder || strcmp(folder, ".") == 0 || *folder == '/';
    const char *gap = at_top || folder[strlen(folder) - 1] == '/' ? "" : "/";
    return sg_printf("%s%s%s", at_top ? "" : folder, gap, result->diagnosis.file);
}

const char *sg_told_variable(const struct sg_report_options *options, const char *name)
{
    const char *value = options->variable ? options->variable(name) : NULL;
    return value ? value : "";
}

void sg_add_quoted(struct sg_bytes *out, const char *text)
{
    sg_autobytes struct sg_bytes safe = {0};
    sg_show_lines(&safe, (const uint8_t *)text, strlen(text));
    sg_bytes_add_byte(out, '"');
    for (const char *c = sg_bytes_text(&safe); *c; c++) {
        if (*c == '\n' || *c == '\t') {
            sg_bytes_add_text(out, *c == '\n' ? "\\n" : "\\t");
            continue;
        }
        if (*c == '"' || *c == '\\')
            sg_bytes_add_byte(out, '\\');
        sg_bytes_add_byte(out, (uint8_t)*c);
    }
    sg_bytes_add_byte(out, '"');
}

void sg_add_seconds(struct sg_bytes *out, uint64_t ns)
{
    uint64_t us = ns / 1000;
    sg_bytes_printf(out, "%llu.%06llu", (unsigned long long)(us / 1000000),
                    (unsigned long long)(us % 1000000));
}
