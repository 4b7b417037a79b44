/* SPDX-License-Identifier: MIT
 * The table of formats. */
#include <string.h>

#include "base/table.h"
#include "report/report.h"
#include "result/json.h"

void sg_write_json(const struct sg_run *run, const struct sg_report_options *options,
                   struct sg_bytes *out)
{
    sg_run_to_json(run, options->for_student, out);
}

const struct sg_format sg_formats[] = {
    {"pretty", "to read, in a terminal or a log", sg_write_pretty},
    {"json", "the result file (schema/result.schema.json)", sg_write_json},
    {"junit", "JUnit XML, as GitLab, Jenkins and others read it", sg_write_junit},
    {"tap", "TAP 14", sg_write_tap},
    {"gradescope", "Gradescope's results.json", sg_write_gradescope},
    {"github", "annotations for GitHub Actions", sg_write_github},
    {"csv", "a row per case, for spreadsheets", sg_write_csv},
    {"html", "a page to open in a browser, of one file", sg_write_html},
};

const size_t sg_format_count = SG_COUNT(sg_formats);

const struct sg_format *sg_format_find(const char *name)
{
    for (size_t i = 0; i < sg_format_count; i++) {
        if (strcmp(sg_formats[i].name, name) == 0)
            return &sg_formats[i];
    }
    return NULL;
}
