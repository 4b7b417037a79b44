/* SPDX-License-Identifier: MIT */
#include "class/gradebook.h"

#include <criterion/criterion.h>

#include "base/table.h"
#include "class/csv.h"

static struct sg_member group[] = {
    {.id = "11", .name = "Doe, \"JD\" John", .email = "jd@x.org", .login = "jdoe"},
    {.id = "12", .name = "=cmd|' /C calc'!A0"},
};
static struct sg_member alone[] = {{.name = "López", .login = "ana"}};
static struct sg_member nobody[] = {{.name = "+1"}};

static const struct sg_mark marks[] = {
    {"echo-1", group, SG_COUNT(group), true, 13500, 20000, "one\ntwo, \"three\""},
    {"echo-2", alone, SG_COUNT(alone), false, 0, 20000, NULL},
    {"echo-3", nobody, SG_COUNT(nobody), true, 0, 20000, "-"},
};

/* Reads the book back: the cells as one text, '|' between cells, '/' between rows. */
static char *written(const char *format, bool ids_of_system)
{
    const struct sg_gradebook book = {"Echo, week 1", ids_of_system, marks, SG_COUNT(marks)};
    sg_autobytes struct sg_bytes text = {0};
    struct sg_bytes out = {0};
    struct sg_csv csv = {0};
    struct sg_error err = {0};
    sg_gradebook_find(format)->write(&book, &text);
    cr_assert_eq(sg_csv_parse(sg_bytes_slice(&text), &csv, &err), 0, "%s", err.text);
    for (size_t r = 0; r < csv.count; r++) {
        cr_expect_eq(csv.rows[r].count, csv.rows[0].count, "%s: row %zu", format, r);
        for (size_t c = 0; c < csv.rows[r].count; c++)
            sg_bytes_printf(&out, "%s%s", c ? "|" : r ? "/" : "", csv.rows[r].cells[c]);
    }
    sg_csv_done(&csv);
    return sg_bytes_take_text(&out);
}

Test(gradebook, has_a_row_for_each_student_whom_the_system_can_tell)
{
    static const struct {
        const char *format;
        bool ids_of_system;
        const char *cells;
    } rows[] = {
        {"canvas", true,
         "Student|ID|SIS User ID|SIS Login ID|Section|Echo, week 1"
         "/Points Possible|||||20"
         "/Doe, \"JD\" John|11||jdoe||13.5"
         "/'=cmd|' /C calc'!A0|12||||13.5"
         "/López|||ana||"},
        {"canvas", false,
         "Student|ID|SIS User ID|SIS Login ID|Section|Echo, week 1"
         "/Points Possible|||||20"
         "/Doe, \"JD\" John||11|jdoe||13.5"
         "/'=cmd|' /C calc'!A0||12|||13.5"
         "/López|||ana||"},
        {"moodle", true,
         "Identifier|Full name|Email address|Grade|Maximum Grade|Last modified (grade)|Feedback "
         "comments"
         "/Participant 11|Doe, \"JD\" John|jd@x.org|13.5|20|-|one\ntwo, \"three\""
         "/Participant 12|'=cmd|' /C calc'!A0||13.5|20|-|one\ntwo, \"three\""},
        {"moodle", false,
         "Identifier|Full name|Email address|Grade|Maximum Grade|Last modified (grade)|Feedback "
         "comments"},
        {"gradescope", false,
         "Name|SID|Email|Total Score|Max Points|Status|Submission ID"
         "/Doe, \"JD\" John|11|jd@x.org|13.5|20|Graded|echo-1"
         "/'=cmd|' /C calc'!A0|12||13.5|20|Graded|echo-1"
         "/López|||||Ungraded|echo-2"
         "/'+1|||0|20|Graded|echo-3"},
        {"plain", false,
         "submission|id|name|email|login|points|max_points|comment"
         "/echo-1|11|Doe, \"JD\" John|jd@x.org|jdoe|13.5|20|one\ntwo, \"three\""
         "/echo-1|12|'=cmd|' /C calc'!A0|||13.5|20|one\ntwo, \"three\""
         "/echo-2||López||ana|||"
         "/echo-3||'+1|||0|20|'-"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autofree char *cells = written(rows[i].format, rows[i].ids_of_system);
        cr_expect_str_eq(cells, rows[i].cells, "%s: %s", rows[i].format, cells);
    }
}

Test(gradebook, lets_no_cell_become_a_formula_or_a_row)
{
    static const struct {
        const char *text, *cell;
    } rows[] = {
        {"plain", "\"plain\""},
        {"=1+1", "\"'=1+1\""},
        {" =1+1", "\"' =1+1\""},
        {"\t@SUM(A1)", "\"'\t@SUM(A1)\""},
        {"-1", "\"'-1\""},
        {"a\"b", "\"a\"\"b\""},
        {"a\xff\x1b[m", "\"a\\xff\\x1b[m\""},
        {"", "\"\""},
        {NULL, ""},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autobytes struct sg_bytes out = {0};
        sg_gradebook_cell(&out, rows[i].text);
        cr_expect_str_eq(sg_bytes_text(&out), rows[i].cell, "%s", sg_bytes_text(&out));
    }
}
