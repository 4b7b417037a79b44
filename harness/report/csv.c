/* SPDX-License-Identifier: MIT
 * CSV (RFC 4180), a row per case. A cell that a spreadsheet would take for a formula begins with an
 * apostrophe. */
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "report/told.h"

void sg_csv_add(struct sg_bytes *out, const char *text, char after)
{
    sg_autobytes struct sg_bytes safe = {0}, cut = {0};
    sg_show(&safe, (const uint8_t *)text, strlen(text));
    sg_add_cut(&cut, sg_bytes_text(&safe), SG_TOLD_MOST); /* a cell takes 32,767 characters */
    const char *cell = sg_bytes_text(&cut);
    bool formula = cell[0] && strchr("=+-@", cell[0]);
    sg_bytes_add_text(out, formula ? "\"'" : "\"");
    for (; *cell; cell++) {
        if (*cell == '"')
            sg_bytes_add_byte(out, '"');
        sg_bytes_add_byte(out, (uint8_t)*cell);
    }
    sg_bytes_printf(out, "\"%c", after);
}

static void add_case(const struct sg_run *run, const struct sg_case_result *result,
                     bool for_student, struct sg_bytes *out)
{
    bool failed = result->status == SG_STATUS_FAILED;
    const struct sg_diagnosis *diagnosis = &result->diagnosis;
    sg_csv_add(out, run->submission, ',');
    sg_csv_add(out, run->assignment, ',');
    sg_bytes_printf(out, "%llu,", (unsigned long long)run->seed);
    sg_csv_add(out, result->role, ',');
    sg_csv_add(out, result->id, ',');
    sg_csv_add(out, result->title, ',');
    sg_csv_add(out, sg_status_word(result->status), ',');
    sg_thousandths_print(out, sg_told_points(result));
    sg_bytes_add_byte(out, ',');
    sg_thousandths_print(out, sg_told_max_points(result));
    sg_bytes_add_byte(out, ',');
    sg_csv_add(out, failed ? sg_code_info(diagnosis->code)->id : "", ',');
    sg_csv_add(out, sg_told(result, for_student), '\r');
    sg_bytes_add_byte(out, '\n');
}

void sg_write_csv(const struct sg_run *run, const struct sg_report_options *options,
                  struct sg_bytes *out)
{
    sg_bytes_add_text(out, "submission,assignment,seed,role,case,title,status,points,max_points,"
                           "code,message\r\n");
    for (size_t i = 0; i < run->case_count; i++)
        add_case(run, &run->cases[i], options->for_student, out);
}
