/* SPDX-License-Identifier: MIT
 * What is wrong with a file, each complaint with its place, so that all can be shown in order. */
#ifndef SG_SPEC_COMPLAINT_H
#define SG_SPEC_COMPLAINT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

/* A file as it was read. Lines and columns count from 1, columns in characters. */
struct sg_source {
    const char *path; /* as the user named it */
    struct sg_bytes text;
};

struct sg_place {
    const struct sg_source *source;
    size_t line, column;
    size_t width; /* characters to underline; at least 1 */
};

enum { SG_MOST_COMPLAINTS = 20 };

struct sg_complaint {
    struct sg_place place;
    char *text;
};

/* Keeps the SG_MOST_COMPLAINTS that stand first, in the order of their places, whatever the order
 * they were found in. A zeroed struct is empty. */
struct sg_complaints {
    struct sg_complaint items[SG_MOST_COMPLAINTS];
    size_t count;
    size_t unsaid; /* how many more there were, none counted twice in a row */
    struct sg_place last_unsaid;
};

void sg_complaints_done(struct sg_complaints *complaints); /* takes NULL */
void sg_complain_at(struct sg_complaints *complaints, struct sg_place place, const char *format,
                    ...) __attribute__((format(printf, 3, 4)));
void sg_complain_v(struct sg_complaints *complaints, struct sg_place place, const char *format,
                   va_list args) __attribute__((format(printf, 3, 0)));

/* Appends all complaints in the order of their places: `FILE:LINE:COLUMN: text`, the line, a
 * caret. */
void sg_complaints_print(const struct sg_complaints *complaints, struct sg_bytes *out);
/* The place of byte `offset` of `source`. */
struct sg_place sg_place_of_offset(const struct sg_source *source, size_t offset);

#endif
