/* SPDX-License-Identifier: MIT
 * A class as one page in one file, for those who teach it: how the points are spread, who passed
 * what, and what was failed of what. It is given plain data, and borrows all of it. */
#ifndef SG_REPORT_CLASS_HTML_H
#define SG_REPORT_CLASS_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/html.h"

struct sg_class_case {
    const char *role, *name, *title;
};

struct sg_class_cell {
    bool present;
    bool unstable; /* played several times, it did not always end alike */
    enum sg_status status;
    size_t code; /* of `codes`, from 1; 0: none */
};

struct sg_class_student {
    const char *id;
    const char *name; /* "": not known */
    bool graded;
    const char *state;  /* where it was not: in a word, */
    const char *reason; /* and why; may be NULL */
    int64_t points, max_points;
    bool stale;                        /* graded by another spec, seed or program than the rest */
    const struct sg_class_cell *cells; /* one for each case */
};

struct sg_class_code {
    const char *code;
    const char *example; /* a sentence that it was told in and that names nobody; NULL: none */
};

struct sg_class {
    const char *assignment, *title;
    const char *language;     /* of titles and sentences */
    const char *first, *last; /* when they were graded, ISO 8601 */
    uint64_t seed;
    int64_t shard, shards, to_come;
    const struct sg_class_case *cases; /* those of one role beside each other */
    size_t case_count;
    const struct sg_class_student *students; /* in the order in which they are shown */
    size_t student_count;
    const struct sg_class_code *codes;
    size_t code_count;
    bool linked; /* beside the page there is ID.html of everybody who was graded */
};

void sg_write_class_html(const struct sg_class *class, struct sg_bytes *out);

/* Its parts. class_scores.c: how the points are spread. class_matrix.c: who passed what.
 * class_causes.c: the commonest diagnoses, and what each case was failed of. */
void sg_class_scores(const struct sg_class *class, struct sg_bytes *out);
void sg_class_matrix(const struct sg_class *class, struct sg_bytes *out);
void sg_class_mistakes(const struct sg_class *class, struct sg_bytes *out);
void sg_class_cases(const struct sg_class *class, struct sg_bytes *out);

/* How one case ended over the class. */
struct sg_class_sum {
    size_t graded, passed, failed, unstable;
};
struct sg_class_sum sg_class_sum(const struct sg_class *class, size_t index);
/* "1 thing", "2 things". */
void sg_class_count(struct sg_bytes *out, size_t count, const char *thing);
/* The attribute that says the language of others' texts, where it is not the page's. */
const char *sg_class_language(const struct sg_class *class);

#endif
