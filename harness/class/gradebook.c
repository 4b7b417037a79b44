/* SPDX-License-Identifier: MIT
 * Gradebooks: a row per student, whatever the submission. Whoever the course system could not tell
 * from the row (no number of a participant for Moodle) has none. */
#include "class/gradebook.h"

#include <string.h>

#include "base/number.h"
#include "base/utf8.h"

void sg_gradebook_cell(struct sg_bytes *out, const char *text)
{
    sg_autobytes struct sg_bytes safe = {0};
    if (!text)
        return;
    sg_show_lines(&safe, (const uint8_t *)text, strlen(text));
    const char *cell = sg_bytes_text(&safe);
    /* Blanks before it do not keep a spreadsheet from it. */
    const char *first = cell + strspn(cell, " \t\r\n");
    sg_bytes_add_text(out, *first && strchr("=+-@", *first) ? "\"'" : "\"");
    for (; *cell; cell++) {
        if (*cell == '"')
            sg_bytes_add_byte(out, '"');
        sg_bytes_add_byte(out, (uint8_t)*cell);
    }
    sg_bytes_add_byte(out, '"');
}

static void add_cells(struct sg_bytes *out, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            sg_bytes_add_byte(out, ',');
        sg_gradebook_cell(out, cells[i]);
    }
}

static void end_row(struct sg_bytes *out)
{
    sg_bytes_add_text(out, "\r\n");
}

static void add_points(struct sg_bytes *out, const struct sg_mark *mark, int64_t points)
{
    sg_bytes_add_byte(out, ',');
    if (mark->graded)
        sg_thousandths_print(out, points);
}

/* Calls `row` for each student. */
static void for_each(const struct sg_gradebook *book, struct sg_bytes *out,
                     void (*row)(const struct sg_gradebook *book, const struct sg_mark *mark,
                                 const struct sg_member *member, struct sg_bytes *out))
{
    for (size_t i = 0; i < book->count; i++) {
        for (size_t m = 0; m < book->marks[i].member_count; m++)
            row(book, &book->marks[i], &book->marks[i].members[m], out);
    }
}

/* --- Canvas: Student,ID,SIS User ID,SIS Login ID,Section,<assignment> ------------------------- */

static void add_canvas_row(const struct sg_gradebook *book, const struct sg_mark *mark,
                           const struct sg_member *member, struct sg_bytes *out)
{
    const char *const cells[] = {
        member->name ? member->name : mark->submission,
        book->ids_of_system ? member->id : NULL,
        book->ids_of_system ? NULL : member->id,
        member->login,
        NULL,
    };
    if (!member->id && !member->login)
        return;
    add_cells(out, cells, sizeof cells / sizeof *cells);
    add_points(out, mark, mark->points);
    end_row(out);
}

static int64_t most_points(const struct sg_gradebook *book)
{
    int64_t most = 0;
    for (size_t i = 0; i < book->count; i++)
        most = book->marks[i].max_points > most ? book->marks[i].max_points : most;
    return most;
}

static void write_canvas(const struct sg_gradebook *book, struct sg_bytes *out)
{
    sg_bytes_add_text(out, "Student,ID,SIS User ID,SIS Login ID,Section,");
    sg_gradebook_cell(out, book->assignment);
    end_row(out);
    sg_bytes_add_text(out, "    Points Possible,,,,,");
    sg_thousandths_print(out, most_points(book));
    end_row(out);
    for_each(book, out, add_canvas_row);
}

/* --- Moodle: its offline grading worksheet ---------------------------------------------------- */

static bool is_number(const char *text)
{
    return text && *text && !text[strspn(text, "0123456789")];
}

static void add_moodle_row(const struct sg_gradebook *book, const struct sg_mark *mark,
                           const struct sg_member *member, struct sg_bytes *out)
{
    if (!book->ids_of_system || !is_number(member->id))
        return;
    sg_bytes_printf(out, "Participant %s,", member->id);
    add_cells(out, (const char *const[]){member->name, member->email}, 2);
    add_points(out, mark, mark->points);
    add_points(out, mark, mark->max_points);
    sg_bytes_add_text(out, ",-,"); /* what Moodle writes of a mark that was never given */
    sg_gradebook_cell(out, mark->comment);
    end_row(out);
}

static void write_moodle(const struct sg_gradebook *book, struct sg_bytes *out)
{
    sg_bytes_add_text(out, "Identifier,Full name,Email address,Grade,Maximum Grade,"
                           "Last modified (grade),Feedback comments\r\n");
    for_each(book, out, add_moodle_row);
}

/* --- Gradescope: the columns of its own export ------------------------------------------------ */

static void add_gradescope_row(const struct sg_gradebook *book, const struct sg_mark *mark,
                               const struct sg_member *member, struct sg_bytes *out)
{
    (void)book;
    add_cells(out, (const char *const[]){member->name, member->id, member->email}, 3);
    add_points(out, mark, mark->points);
    add_points(out, mark, mark->max_points);
    sg_bytes_add_text(out, mark->graded ? ",Graded," : ",Ungraded,");
    sg_gradebook_cell(out, mark->submission);
    end_row(out);
}

static void write_gradescope(const struct sg_gradebook *book, struct sg_bytes *out)
{
    sg_bytes_add_text(out, "Name,SID,Email,Total Score,Max Points,Status,Submission ID\r\n");
    for_each(book, out, add_gradescope_row);
}

/* --- plain ------------------------------------------------------------------------------------ */

static void add_plain_row(const struct sg_gradebook *book, const struct sg_mark *mark,
                          const struct sg_member *member, struct sg_bytes *out)
{
    const char *const cells[] = {mark->submission, member->id, member->name, member->email,
                                 member->login};
    (void)book;
    add_cells(out, cells, sizeof cells / sizeof *cells);
    add_points(out, mark, mark->points);
    add_points(out, mark, mark->max_points);
    sg_bytes_add_byte(out, ',');
    sg_gradebook_cell(out, mark->comment);
    end_row(out);
}

static void write_plain(const struct sg_gradebook *book, struct sg_bytes *out)
{
    sg_bytes_add_text(out, "submission,id,name,email,login,points,max_points,comment\r\n");
    for_each(book, out, add_plain_row);
}

const struct sg_gradebook_format sg_gradebook_formats[] = {
    {"canvas", "Canvas: Grades, Import", write_canvas},
    {"moodle", "Moodle: Upload grading worksheet", write_moodle},
    {"gradescope", "the columns of Gradescope's export", write_gradescope},
    {"plain", "a row per student, for spreadsheets", write_plain},
    {0},
};

const struct sg_gradebook_format *sg_gradebook_find(const char *name)
{
    for (const struct sg_gradebook_format *format = sg_gradebook_formats; format->name; format++) {
        if (strcmp(format->name, name) == 0)
            return format;
    }
    return NULL;
}
