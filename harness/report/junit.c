/* SPDX-License-Identifier: MIT
 * JUnit XML. GitLab shows the element's text and Jenkins the attribute `message`, so the message is in
 * both. All text goes through add_text(), which leaves nothing that XML 1.0 does not allow. */
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "report/told.h"

/* Appends text for an element or an attribute. "[[" is broken up: GitLab takes [[ATTACHMENT|…]] in a
 * test's output for an instruction. */
static void add_text(struct sg_bytes *out, const char *text)
{
    static const char *const entities[][2] = {
        {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&apos;"},
    };
    sg_autobytes struct sg_bytes safe = {0};
    sg_show_lines(&safe, (const uint8_t *)text, strlen(text));
    for (const char *c = sg_bytes_text(&safe); *c; c++) {
        size_t entity = 0;
        while (entity < sizeof entities / sizeof entities[0] && entities[entity][0][0] != *c)
            entity++;
        if (entity < sizeof entities / sizeof entities[0])
            sg_bytes_add_text(out, entities[entity][1]);
        else
            sg_bytes_add_byte(out, (uint8_t)*c);
        if (c[0] == '[' && c[1] == '[')
            sg_bytes_add_byte(out, ' ');
    }
}

static void add_attribute(struct sg_bytes *out, const char *name, const char *value)
{
    sg_bytes_printf(out, " %s=\"", name);
    add_text(out, value);
    sg_bytes_add_byte(out, '"');
}

static void add_time(struct sg_bytes *out, uint64_t ns)
{
    sg_bytes_add_text(out, " time=\"");
    sg_add_seconds(out, ns);
    sg_bytes_add_byte(out, '"');
}

static void add_explanation(const struct sg_case_result *result, bool for_student,
                            struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_told_all(result, for_student, &text);
    add_text(out, sg_bytes_text(&text));
}

static void add_outcome(const struct sg_case_result *result, bool for_student, struct sg_bytes *out)
{
    switch (result->status) {
    case SG_STATUS_PASSED:
        return;
    case SG_STATUS_FAILED:
        sg_bytes_add_text(out, "      <failure");
        add_attribute(out, "type", sg_code_info(result->diagnosis.code)->id);
        add_attribute(out, "message", sg_told(result, for_student));
        sg_bytes_add_byte(out, '>');
        add_explanation(result, for_student, out);
        sg_bytes_add_text(out, "</failure>\n");
        return;
    case SG_STATUS_SKIPPED:
    case SG_STATUS_INCONCLUSIVE:
        sg_bytes_add_text(out, "      <skipped");
        add_attribute(out, "message", sg_told(result, for_student));
        sg_bytes_add_text(out, "/>\n");
        return;
    case SG_STATUS_ERROR:
        sg_bytes_add_text(out, "      <error type=\"harness\"");
        add_attribute(out, "message", sg_told(result, for_student));
        sg_bytes_add_text(out, "/>\n");
        return;
    }
}

static void add_property(struct sg_bytes *out, const char *name, int64_t thousandths)
{
    sg_bytes_printf(out, "        <property name=\"%s\" value=\"", name);
    sg_thousandths_print(out, thousandths);
    sg_bytes_add_text(out, "\"/>\n");
}

static void add_case(const struct sg_run *run, const struct sg_case_result *result,
                     bool for_student, struct sg_bytes *out)
{
    sg_autofree char *class = sg_printf("%s.%s", run->assignment, result->role);
    sg_autofree char *name = sg_printf("%s: %s", result->id, result->title);
    sg_bytes_add_text(out, "    <testcase");
    add_attribute(out, "classname", class);
    add_attribute(out, "name", name);
    add_time(out, result->duration_ns);
    sg_bytes_add_text(out, ">\n      <properties>\n");
    add_property(out, "points", result->points);
    add_property(out, "max_points", result->max_points);
    sg_bytes_add_text(out, "      </properties>\n");
    add_outcome(result, for_student, out);
    sg_bytes_add_text(out, "    </testcase>\n");
}

void sg_write_junit(const struct sg_run *run, const struct sg_report_options *options,
                    struct sg_bytes *out)
{
    struct sg_score score = sg_run_score(run);
    sg_autobytes struct sg_bytes counts = {0};
    sg_bytes_printf(&counts, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"",
                    run->case_count, score.by_status[SG_STATUS_FAILED],
                    score.by_status[SG_STATUS_ERROR],
                    score.by_status[SG_STATUS_SKIPPED] + score.by_status[SG_STATUS_INCONCLUSIVE]);
    add_time(&counts, run->duration_ns);
    sg_bytes_add_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    add_attribute(out, "name", "sockgrade");
    sg_bytes_add_text(out, sg_bytes_text(&counts));
    sg_bytes_add_text(out, ">\n  <testsuite");
    sg_autofree char *suite = sg_printf("%s: %s", run->assignment, run->submission);
    add_attribute(out, "name", suite);
    sg_bytes_add_text(out, sg_bytes_text(&counts));
    sg_bytes_add_text(out, ">\n");
    for (size_t i = 0; i < run->case_count; i++)
        add_case(run, &run->cases[i], options->for_student, out);
    sg_bytes_add_text(out, "  </testsuite>\n</testsuites>\n");
}
