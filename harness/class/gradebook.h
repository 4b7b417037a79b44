/* SPDX-License-Identifier: MIT
 * The marks of a class as a CSV that a course system takes back. */
#ifndef SG_CLASS_GRADEBOOK_H
#define SG_CLASS_GRADEBOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "class/intake.h"

/* The mark of one submission: of each of its students. */
struct sg_mark {
    const char *submission; /* its id */
    const struct sg_member *members;
    size_t member_count;
    bool graded;                /* else nothing is said of it: an empty mark takes none away */
    int64_t points, max_points; /* in thousandths */
    const char *comment;        /* what the student is told; NULL: nothing */
};

struct sg_gradebook {
    const char *assignment; /* the title of the column, as the course system has it */
    bool
        ids_of_system; /* the ids are those of the system that the marks go to (its own download was
                             * read); else they are the numbers of students */
    const struct sg_mark *marks;
    size_t count;
};

struct sg_gradebook_format {
    const char *name;
    const char *help;
    void (*write)(const struct sg_gradebook *book, struct sg_bytes *out);
};
/* Ended by a row without a name. */
extern const struct sg_gradebook_format sg_gradebook_formats[];
/* The format of that name; NULL: there is none. */
const struct sg_gradebook_format *sg_gradebook_find(const char *name);

/* Appends `text` as one cell (RFC 4180): what a spreadsheet would take for a formula begins with an
 * apostrophe, and what cannot be shown is written as an escape. Lines stay lines. */
void sg_gradebook_cell(struct sg_bytes *out, const char *text);

#endif
