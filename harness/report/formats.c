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
    {"pretty", "to read, in a terminal or a log", sg_write_pretty, .shown = true},
    {"json", "the result file (schema/result.schema.json)", sg_write_json},
    {"junit", "JUnit XML, as GitLab, Jenkins and others read it", sg_write_junit},
    {"tap", "TAP 14", sg_write_tap},
    {"ctrf", "CTRF, the common test report in JSON", sg_write_ctrf},
    {"csv", "a row per case, for spreadsheets", sg_write_csv},
    {"html", "a page to open in a browser, of one file", sg_write_html},
    {"github", "annotations for GitHub Actions", sg_write_github},
    {"github-summary", "a page for the summary of a GitHub job", sg_write_github_summary,
     .appended = "GITHUB_STEP_SUMMARY"},
    {"classroom50", "Classroom 50's result.json", sg_write_classroom50,
     .needs = {"CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL"}},
    {"gradescope", "Gradescope's results.json", sg_write_gradescope, .each_case = true},
    {"prairielearn", "PrairieLearn's results.json", sg_write_prairielearn},
    {"codegrade", "CodeGrade's messages, to descriptor 3", sg_write_codegrade, .descriptor = 3},
    {"autolab", "Autolab's last two lines", sg_write_autolab},
    {"vpl", "comments and the grade, for Moodle's VPL", sg_write_vpl},
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
