/* SPDX-License-Identifier: MIT
 * What came of proving a spec, as plain data: every program, each of its runs, each case. */
#ifndef SG_PROVE_PROOF_H
#define SG_PROVE_PROOF_H

#include "prove/twins.h"
#include "result/result.h"
#include "spec/assignment.h"

enum { SG_CELL_TEXT = 200 };

/* One case of one run. */
struct sg_cell {
    int status;              /* enum sg_status */
    int code;                /* enum sg_code of a failed one */
    bool played;             /* the case is of the program's role */
    char text[SG_CELL_TEXT]; /* the diagnosis, or the reason */
};

/* One run of a program through all cases; cells[i] is that of the assignment's case i. */
struct sg_prove_run {
    uint64_t file_hash; /* of its result file, times and transcripts aside */
    uint64_t duration_ns;
    int64_t points, max_points;
    struct sg_cell *cells;
};

enum sg_cell_sort {
    SG_CELL_NOT_PLAYED,
    SG_CELL_PASSED,
    SG_CELL_CAUGHT, /* failed, with a diagnosis that the twin may earn */
    SG_CELL_WRONG,  /* failed, with another */
    SG_CELL_SKIPPED,
    SG_CELL_INCONCLUSIVE,
    SG_CELL_ERROR,
    SG_CELL_UNSTABLE, /* not the same in every run */
};

/* A reference or a twin, with all that is known of it. */
struct sg_subject {
    const struct sg_reference *reference;
    const struct sg_twin *twin; /* NULL: it is the reference itself */
    int role;                   /* whose cases it is judged by; 0: both */
    struct sg_prove_run *runs;
    size_t run_count;
    char *failure; /* why it could not be graded, or NULL */
    enum sg_blame blame;
    bool survives; /* a twin that lost nothing, in some run */
    char **problems;
    size_t problem_count;
};

struct sg_proof {
    const struct sg_assignment *assignment;
    uint64_t seed;
    struct sg_subject *subjects; /* the references first */
    size_t count, reference_count;
    bool proven;
    bool failed; /* some of it could not be graded, and that is the fault of … */
    enum sg_blame blame;
};

/* Finds out what is proven: fills `problems`, `survives`, `proven`. */
void sg_proof_judge(struct sg_proof *proof);
void sg_proof_done(struct sg_proof *proof);

const char *sg_subject_name(const struct sg_subject *subject);
/* What case `index` showed of a twin, over all runs. */
enum sg_cell_sort sg_subject_cell(const struct sg_subject *subject, size_t index);
/* Whether a case with the id of case `index` failed with a twin in every run. */
bool sg_subject_is_caught_by(const struct sg_proof *proof, const struct sg_subject *subject,
                             const char *id);
/* How many of its runs have the result file that most of them have; in how many all cases
 * passed. */
size_t sg_subject_equal_files(const struct sg_subject *subject);
size_t sg_subject_perfect_runs(const struct sg_proof *proof, const struct sg_subject *subject);
/* How many twins a case (all its combinations) catches, and how many of these no other case
 * does. */
void sg_proof_count_catches(const struct sg_proof *proof, const struct sg_case *one,
                            size_t *ret_catches, size_t *ret_alone);

/* A proof as text for a terminal, and as JSON. */
struct sg_proof_style {
    bool color, ascii, quiet, verbose;
};
void sg_proof_print(const struct sg_proof *proof, const struct sg_proof_style *style,
                    struct sg_bytes *out);
void sg_proof_to_json(const struct sg_proof *proof, struct sg_bytes *out);

#endif
