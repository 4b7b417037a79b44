/* SPDX-License-Identifier: MIT
 * JUnit XML. GitLab shows the element's text and Jenkins the attribute `message`, so the message is
 * in both. All text goes through add_text(), which leaves nothing that XML 1.0 does not allow. */
#include <string.h>

#include "base/number.h"
#include "base/table.h"
#include "base/utf8.h"
#include "report/told.h"

/* GitLab takes a file of 30 MB; two texts of a case, and a sign may become six. */
enum { MOST_BYTES = 2 << 20 };

struct entity {
    char sign;
    const char *text;
};

static const struct entity entities[] = {
    {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"},
};
/* A reader makes blanks of these in an attribute where they are not written so. */
static const struct entity breaks[] = {{'\n', "&#10;"}, {'\t', "&#9;"}};

static const char *find_entity(const struct entity *rows, size_t count, char sign)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].sign == sign)
            return rows[i].text;
    }
    return NULL;
}

/* Appends text for an element or an attribute. "[[" is broken up: GitLab takes [[ATTACHMENT|…]] in
 * a test's output for an instruction. */
static void add_text(struct sg_bytes *out, const char *text, bool in_attribute)
{
    sg_autobytes struct sg_bytes safe = {0};
    sg_add_cut(&safe, text, SG_TOLD_MOST);
    for (const char *c = sg_bytes_text(&safe); *c; c++) {
        const char *entity = find_entity(entities, SG_COUNT(entities), *c);
        if (!entity && in_attribute)
            entity = find_entity(breaks, SG_COUNT(breaks), *c);
        if (entity)
            sg_bytes_add_text(out, entity);
        else
            sg_bytes_add_byte(out, (uint8_t)*c);
        if (c[0] == '[' && c[1] == '[')
            sg_bytes_add_byte(out, ' ');
    }
}

static void add_attribute(struct sg_bytes *out, const char *name, const char *value)
{
    sg_bytes_printf(out, " %s=\"", name);
    add_text(out, value, true);
    sg_bytes_add_byte(out, '"');
}

static void add_time(struct sg_bytes *out, uint64_t ns)
{
    sg_bytes_add_text(out, " time=\"");
    sg_add_seconds(out, ns);
    sg_bytes_add_byte(out, '"');
}

/* An element for what was not passed: Jenkins shows the attribute, GitLab the text. */
static void add_element(const struct sg_run *run, const char *name, const char *type,
                        const struct sg_case_result *result, bool for_student, struct sg_bytes *out)
{
    size_t most = sg_told_share(run, MOST_BYTES);
    sg_autofree char *message = sg_told_cut(result, for_student, most);
    sg_autofree char *all = sg_told_all_cut(result, for_student, most);
    sg_bytes_printf(out, "      <%s", name);
    if (type)
        add_attribute(out, "type", type);
    add_attribute(out, "message", message);
    sg_bytes_add_byte(out, '>');
    add_text(out, all, false);
    sg_bytes_printf(out, "</%s>\n", name);
}

static void add_outcome(const struct sg_run *run, const struct sg_case_result *result,
                        bool for_student, struct sg_bytes *out)
{
    switch (result->status) {
    case SG_STATUS_PASSED:
        return;
    case SG_STATUS_FAILED:
        add_element(run, "failure", sg_code_info(result->diagnosis.code)->id, result, for_student,
                    out);
        return;
    case SG_STATUS_SKIPPED:
    case SG_STATUS_INCONCLUSIVE:
        add_element(run, "skipped", NULL, result, for_student, out);
        return;
    case SG_STATUS_ERROR:
        add_element(run, "error", "harness", result, for_student, out);
        return;
    }
}

static void add_property(struct sg_bytes *out, const char *name, int64_t thousandths)
{
    sg_bytes_printf(out, "        <property name=\"%s\" value=\"", name);
    sg_thousandths_print(out, thousandths);
    sg_bytes_add_text(out, "\"/>\n");
}

/* GitLab keeps only the first of two cases that are called the same: a second one has its number
 * behind its name. */
static char *unique_name(const struct sg_run *run, const struct sg_case_result *result)
{
    size_t same = 0;
    for (const struct sg_case_result *other = run->cases; other < result; other++)
        same += strcmp(other->role, result->role) == 0 && strcmp(other->id, result->id) == 0 &&
                strcmp(other->title, result->title) == 0;
    return same ? sg_printf("%s: %s (%zu)", result->id, result->title, same + 1)
                : sg_printf("%s: %s", result->id, result->title);
}

static void add_case(const struct sg_run *run, const struct sg_case_result *result,
                     bool for_student, struct sg_bytes *out)
{
    sg_autofree char *class = sg_printf("%s.%s", run->assignment, result->role);
    sg_autofree char *name = unique_name(run, result);
    sg_autofree char *file = sg_told_file(run, result, for_student);
    sg_bytes_add_text(out, "    <testcase");
    add_attribute(out, "classname", class);
    add_attribute(out, "name", name);
    if (file) {
        add_attribute(out, "file", file);
        sg_bytes_printf(out, " line=\"%d\"", result->diagnosis.line);
    }
    add_time(out, result->duration_ns);
    sg_bytes_add_text(out, ">\n      <properties>\n");
    add_property(out, "points", sg_told_points(result));
    add_property(out, "max_points", result->max_points);
    sg_bytes_add_text(out, "      </properties>\n");
    add_outcome(run, result, for_student, out);
    sg_bytes_add_text(out, "    </testcase>\n");
}

static void add_sum(const struct sg_score *score, struct sg_bytes *out)
{
    sg_bytes_add_text(out, "    <properties>\n");
    add_property(out, "score", score->points);
    add_property(out, "max_score", score->max_points);
    sg_bytes_add_text(out, "    </properties>\n");
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
    add_sum(&score, out);
    for (size_t i = 0; i < run->case_count; i++)
        add_case(run, &run->cases[i], options->for_student, out);
    sg_bytes_add_text(out, "  </testsuite>\n</testsuites>\n");
}
