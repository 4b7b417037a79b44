/* SPDX-License-Identifier: MIT
 * Reads a roster: the columns by their headings, the students by the rows. */
#include "class/roster.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/table.h"
#include "class/csv.h"

enum { MOST_ROSTER_BYTES = 16 << 20, MOST_SHOWN = 8, NO_FIELD = -1 };

/* Headings, folded, of Canvas, Moodle, Gradescope, GitHub Classroom and Classroom 50, and those
 * that people write themselves, in English and Indonesian. */
static const struct {
    const char *heading;
    enum sg_roster_field field;
} headings[] = {
    {"id", SG_ROSTER_ID},
    {"userid", SG_ROSTER_ID},
    {"canvasid", SG_ROSTER_CANVAS_ID},
    {"canvasuserid", SG_ROSTER_CANVAS_ID},
    {"sisuserid", SG_ROSTER_SIS_ID},
    {"sisid", SG_ROSTER_SIS_ID},
    {"sid", SG_ROSTER_SIS_ID},
    {"studentid", SG_ROSTER_SIS_ID},
    {"studentnumber", SG_ROSTER_SIS_ID},
    {"idnumber", SG_ROSTER_SIS_ID},
    {"nim", SG_ROSTER_SIS_ID},
    {"npm", SG_ROSTER_SIS_ID},
    {"nrp", SG_ROSTER_SIS_ID},
    {"nomorinduk", SG_ROSTER_SIS_ID},
    {"nomorindukmahasiswa", SG_ROSTER_SIS_ID},
    {"nomorpokokmahasiswa", SG_ROSTER_SIS_ID},
    {"nomormahasiswa", SG_ROSTER_SIS_ID},
    {"nomorid", SG_ROSTER_SIS_ID},
    {"identifier", SG_ROSTER_IDENTIFIER},
    {"rosteridentifier", SG_ROSTER_IDENTIFIER},
    {"pengenal", SG_ROSTER_IDENTIFIER},
    {"email", SG_ROSTER_EMAIL},
    {"emailaddress", SG_ROSTER_EMAIL},
    {"mail", SG_ROSTER_EMAIL},
    {"surel", SG_ROSTER_EMAIL},
    {"alamatemail", SG_ROSTER_EMAIL},
    {"alamatsurel", SG_ROSTER_EMAIL},
    {"login", SG_ROSTER_LOGIN},
    {"loginid", SG_ROSTER_LOGIN},
    {"sisloginid", SG_ROSTER_LOGIN},
    {"username", SG_ROSTER_LOGIN},
    {"namapengguna", SG_ROSTER_LOGIN},
    {"github", SG_ROSTER_GITHUB},
    {"githubusername", SG_ROSTER_GITHUB},
    {"githublogin", SG_ROSTER_GITHUB},
    {"akungithub", SG_ROSTER_GITHUB},
    {"name", SG_ROSTER_NAME},
    {"student", SG_ROSTER_NAME},
    {"studentname", SG_ROSTER_NAME},
    {"fullname", SG_ROSTER_NAME},
    {"nama", SG_ROSTER_NAME},
    {"namalengkap", SG_ROSTER_NAME},
    {"namamahasiswa", SG_ROSTER_NAME},
    {"mahasiswa", SG_ROSTER_NAME},
    {"firstname", SG_ROSTER_FIRST_NAME},
    {"givenname", SG_ROSTER_FIRST_NAME},
    {"namadepan", SG_ROSTER_FIRST_NAME},
    {"lastname", SG_ROSTER_LAST_NAME},
    {"surname", SG_ROSTER_LAST_NAME},
    {"familyname", SG_ROSTER_LAST_NAME},
    {"namabelakang", SG_ROSTER_LAST_NAME},
    {"group", SG_ROSTER_GROUP},
    {"groups", SG_ROSTER_GROUP},
    {"groupname", SG_ROSTER_GROUP},
    {"team", SG_ROSTER_GROUP},
    {"kelompok", SG_ROSTER_GROUP},
    {"grup", SG_ROSTER_GROUP},
    {"namakelompok", SG_ROSTER_GROUP},
    {"studentrepositoryname", SG_ROSTER_REPOSITORY},
    {"repository", SG_ROSTER_REPOSITORY},
    {"repo", SG_ROSTER_REPOSITORY},
};

static int field_of(const char *folded)
{
    for (size_t i = 0; i < SG_COUNT(headings); i++) {
        if (strcmp(headings[i].heading, folded) == 0)
            return (int)headings[i].field;
    }
    return NO_FIELD;
}

/* What stands for a student in an export of Canvas and is none. */
static bool is_no_student(const struct sg_csv_row *row)
{
    static const char *const words[] = {"pointspossible", "studenttest", "teststudent"};
    for (size_t i = 0; i < row->count; i++) {
        if (!row->cells[i][0])
            continue;
        sg_autofree char *folded = sg_name_fold(row->cells[i]);
        for (size_t w = 0; w < SG_COUNT(words); w++) {
            if (strcmp(folded, words[w]) == 0)
                return true;
        }
        return false;
    }
    return true;
}

static const char *best_id(const struct sg_student *student)
{
    static const enum sg_roster_field order[] = {SG_ROSTER_SIS_ID, SG_ROSTER_ID,
                                                 SG_ROSTER_CANVAS_ID, SG_ROSTER_IDENTIFIER};
    for (size_t i = 0; i < SG_COUNT(order); i++) {
        if (student->fields[order[i]])
            return student->fields[order[i]];
    }
    return NULL;
}

static void complete(struct sg_student *student)
{
    const char *name = student->fields[SG_ROSTER_NAME];
    const char *first = student->fields[SG_ROSTER_FIRST_NAME];
    const char *last = student->fields[SG_ROSTER_LAST_NAME];
    student->id = best_id(student);
    if (first && last) {
        sg_autofree char *turned = sg_printf("%s, %s", last, first);
        student->name = sg_printf("%s %s", first, last);
        sg_name_forms_add(&student->forms, turned);
    } else if (name || first || last) {
        student->name = sg_strdup(name ? name : first ? first : last);
    } else if (student->fields[SG_ROSTER_IDENTIFIER] &&
               strchr(student->fields[SG_ROSTER_IDENTIFIER], ' ')) {
        sg_name_forms_add(&student->forms, student->fields[SG_ROSTER_IDENTIFIER]);
    }
    if (student->name)
        sg_name_forms_add(&student->forms, student->name);
}

static void add_student(struct sg_roster *roster, const int *fields, size_t columns,
                        const struct sg_csv_row *row)
{
    roster->students =
        sg_realloc_array(roster->students, roster->count + 1, sizeof *roster->students);
    struct sg_student *student = &roster->students[roster->count++];
    *student = (struct sg_student){.line = row->line};
    for (size_t i = 0; i < row->count && i < columns; i++) {
        if (fields[i] != NO_FIELD && !student->fields[fields[i]])
            sg_text_set(&student->fields[fields[i]], row->cells[i]);
    }
    complete(student);
}

static int read_headings(const struct sg_csv *csv, int *fields, bool *ret_of_canvas,
                         struct sg_error *err)
{
    sg_autobytes struct sg_bytes found = {0};
    bool known = false;
    if (!csv->count)
        return sg_fail(err, "it is empty");
    const struct sg_csv_row *row = &csv->rows[0];
    for (size_t i = 0; i < row->count; i++) {
        sg_autofree char *folded = sg_name_fold(row->cells[i]);
        sg_autofree char *shown = sg_name_show(row->cells[i]);
        fields[i] = field_of(folded);
        known = known || fields[i] != NO_FIELD;
        *ret_of_canvas =
            *ret_of_canvas || strcmp(folded, "sisuserid") == 0 || strcmp(folded, "sisloginid") == 0;
        if (i < MOST_SHOWN)
            sg_bytes_printf(&found, "%s'%s'", i ? ", " : "", shown);
    }
    if (known)
        return 0;
    return sg_fail(err,
                   "line %zu: no column is known by its heading; found %s, known are for example "
                   "'id', 'name', 'email', 'login', 'github_username'",
                   row->line, sg_bytes_text(&found));
}

/* Two rows with one number are two students, or a mistake; who is meant by it cannot be told. */
static void complain_of_twins(const struct sg_roster *roster, struct sg_texts *complaints)
{
    sg_autofree char *path = sg_name_show(roster->path);
    for (size_t i = 0; i < roster->count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct sg_student *a = &roster->students[j], *b = &roster->students[i];
            if (!a->id || !b->id || strcasecmp(a->id, b->id) != 0)
                continue;
            sg_autofree char *shown = sg_name_show(a->id);
            sg_texts_add(complaints, "%s: lines %zu and %zu have the same id '%s'", path, a->line,
                         b->line, shown);
            break;
        }
    }
}

int sg_roster_parse(const char *path, struct sg_slice text, struct sg_roster *ret,
                    struct sg_texts *complaints, struct sg_error *err)
{
    struct sg_csv csv = {0};
    *ret = (struct sg_roster){.path = sg_strdup(path), .given = true};
    if (sg_csv_parse(text, &csv, err) < 0)
        return sg_error_add(err, "%s", path);
    size_t columns = csv.count ? csv.rows[0].count : 0;
    int *fields = sg_alloc((columns + 1) * sizeof *fields);
    int failed = read_headings(&csv, fields, &ret->of_canvas, err);
    for (size_t i = 1; !failed && i < csv.count; i++) {
        if (!is_no_student(&csv.rows[i]))
            add_student(ret, fields, columns, &csv.rows[i]);
    }
    free(fields);
    sg_csv_done(&csv);
    if (failed)
        return sg_error_add(err, "%s", path);
    complain_of_twins(ret, complaints);
    return 0;
}

int sg_roster_read(const char *path, struct sg_roster *ret, struct sg_texts *complaints,
                   struct sg_error *err)
{
    sg_autobytes struct sg_bytes text = {0};
    if (sg_file_read(path, MOST_ROSTER_BYTES, &text, err) < 0)
        return -1;
    return sg_roster_parse(path, sg_bytes_slice(&text), ret, complaints, err);
}

void sg_roster_done(struct sg_roster *roster)
{
    for (size_t i = 0; i < roster->count; i++) {
        struct sg_student *student = &roster->students[i];
        for (size_t f = 0; f < SG_ROSTER_FIELDS; f++)
            free(student->fields[f]);
        free(student->name);
        sg_name_forms_done(&student->forms);
    }
    free(roster->students);
    free(roster->path);
    *roster = (struct sg_roster){0};
}
