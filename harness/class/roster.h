/* SPDX-License-Identifier: MIT
 * A class's roster, as a course system or a spreadsheet writes it, and the students that a
 * submission's identity means on it. */
#ifndef SG_CLASS_ROSTER_H
#define SG_CLASS_ROSTER_H

#include <stdbool.h>

#include "base/bytes.h"
#include "class/draft.h"
#include "class/names.h"

/* What a column holds. */
enum sg_roster_field {
    SG_ROSTER_ID, /* a system's own number: in an export of Canvas, Canvas's */
    SG_ROSTER_CANVAS_ID,
    SG_ROSTER_SIS_ID,     /* the number of a student */
    SG_ROSTER_IDENTIFIER, /* "Participant 12" of Moodle, or whatever GitHub Classroom was given */
    SG_ROSTER_EMAIL,
    SG_ROSTER_LOGIN,
    SG_ROSTER_GITHUB,
    SG_ROSTER_NAME,
    SG_ROSTER_FIRST_NAME,
    SG_ROSTER_LAST_NAME,
    SG_ROSTER_GROUP,
    SG_ROSTER_REPOSITORY,
    SG_ROSTER_FIELDS,
};

struct sg_student {
    size_t line;
    char *fields[SG_ROSTER_FIELDS]; /* NULL: empty, or no such column */
    struct sg_name_forms forms;
    char *name;        /* in full; NULL */
    const char *id;    /* the one of `fields` that tells most; NULL */
    const char *found; /* the label of the submission that is theirs; NULL */
};

/* A zeroed struct is a roster of nobody. */
struct sg_roster {
    char *path;
    bool given;
    bool of_canvas; /* its "ID" is Canvas's */
    struct sg_student *students;
    size_t count;
};

/* Reads it. What is doubtful in it goes to `complaints`. */
int sg_roster_read(const char *path, struct sg_roster *ret, struct sg_texts *complaints,
                   struct sg_error *err);
int sg_roster_parse(const char *path, struct sg_slice text, struct sg_roster *ret,
                    struct sg_texts *complaints, struct sg_error *err);
void sg_roster_done(struct sg_roster *roster); /* takes a zeroed one */

/* Whether a student of it has this id, as `kind` is compared. */
bool sg_roster_has(const struct sg_roster *roster, enum sg_id_kind kind, const char *id);
bool sg_roster_has_login(const struct sg_roster *roster, const char *login);
bool sg_roster_has_repository(const struct sg_roster *roster, const char *repository);

/* Looks the members of all drafts up and completes them: a group becomes its students. Whoever is
 * not on the roster, or may be two, and whose submission is missing, is complained of. */
void sg_roster_join(struct sg_roster *roster, struct sg_drafts *drafts,
                    struct sg_texts *complaints);

#endif
