/* SPDX-License-Identifier: MIT
 * The text of a case, for every format that other programs read. */
#include "report/told.h"

#include <string.h>

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
