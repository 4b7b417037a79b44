/* SPDX-License-Identifier: MIT
 * What a proof shows: references that lost something, twins that survive or fail for the wrong
 * reason, cases that catch nothing of their own. */
#include <stdlib.h>
#include <string.h>

#include "prove/proof.h"

const char *sg_subject_name(const struct sg_subject *subject)
{
    return subject->twin ? subject->twin->name : subject->reference->name;
}

static void add_problem(struct sg_subject *subject, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same problem in several runs is told once. */
static void add_problem(struct sg_subject *subject, const char *format, ...)
{
    struct sg_bytes text = {0};
    va_list args;
    va_start(args, format);
    sg_bytes_vprintf(&text, format, args);
    va_end(args);
    for (size_t i = 0; i < subject->problem_count; i++) {
        if (strcmp(subject->problems[i], sg_bytes_text(&text)) == 0) {
            sg_bytes_done(&text);
            return;
        }
    }
    subject->problems =
        sg_realloc_array(subject->problems, subject->problem_count + 1, sizeof *subject->problems);
    subject->problems[subject->problem_count++] = sg_bytes_take_text(&text);
}

static bool has_code(const struct sg_codes_list *list, int code)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] == code)
            return true;
    }
    return false;
}

static bool may_earn(const struct sg_twin *twin, int code)
{
    return has_code(&twin->earns, code) || has_code(&twin->also, code);
}

enum sg_cell_sort sg_subject_cell(const struct sg_subject *subject, size_t index)
{
    if (!subject->run_count)
        return SG_CELL_NOT_PLAYED;
    const struct sg_cell *first = &subject->runs[0].cells[index];
    for (size_t r = 1; r < subject->run_count; r++) {
        const struct sg_cell *cell = &subject->runs[r].cells[index];
        if (cell->status != first->status || cell->code != first->code)
            return SG_CELL_UNSTABLE;
    }
    if (!first->played)
        return SG_CELL_NOT_PLAYED;
    switch ((enum sg_status)first->status) {
    case SG_STATUS_PASSED:
        return SG_CELL_PASSED;
    case SG_STATUS_FAILED:
        return subject->twin && may_earn(subject->twin, first->code) ? SG_CELL_CAUGHT
                                                                     : SG_CELL_WRONG;
    case SG_STATUS_SKIPPED:
        return SG_CELL_SKIPPED;
    case SG_STATUS_INCONCLUSIVE:
        return SG_CELL_INCONCLUSIVE;
    case SG_STATUS_ERROR:
        break;
    }
    return SG_CELL_ERROR;
}

static bool is_failed(const struct sg_prove_run *run, size_t index)
{
    return run->cells[index].played && run->cells[index].status == SG_STATUS_FAILED;
}

bool sg_subject_is_caught_by(const struct sg_proof *proof, const struct sg_subject *subject,
                             const char *id)
{
    const struct sg_assignment *assignment = proof->assignment;
    for (size_t r = 0; r < subject->run_count; r++) {
        bool caught = false;
        for (size_t i = 0; i < assignment->cases.count; i++)
            caught = caught || (strcmp(assignment->cases.items[i].id, id) == 0 &&
                                is_failed(&subject->runs[r], i));
        if (!caught)
            return false;
    }
    return subject->run_count > 0;
}

/* Whether `one` is the first of the cases that its id stands for. */
static bool is_first_of_id(const struct sg_assignment *assignment, size_t index)
{
    const char *id = assignment->cases.items[index].id;
    for (size_t i = 0; i < index; i++) {
        if (strcmp(assignment->cases.items[i].id, id) == 0)
            return false;
    }
    return true;
}

static size_t count_catchers(const struct sg_proof *proof, const struct sg_subject *subject)
{
    const struct sg_assignment *assignment = proof->assignment;
    size_t count = 0;
    for (size_t i = 0; i < assignment->cases.count; i++) {
        if (is_first_of_id(assignment, i) &&
            sg_subject_is_caught_by(proof, subject, assignment->cases.items[i].id))
            count++;
    }
    return count;
}

void sg_proof_count_catches(const struct sg_proof *proof, const struct sg_case *one,
                            size_t *ret_catches, size_t *ret_alone)
{
    *ret_catches = *ret_alone = 0;
    for (size_t i = proof->reference_count; i < proof->count; i++) {
        const struct sg_subject *subject = &proof->subjects[i];
        if (!sg_subject_is_caught_by(proof, subject, one->id))
            continue;
        ++*ret_catches;
        *ret_alone += count_catchers(proof, subject) == 1;
    }
}

size_t sg_subject_equal_files(const struct sg_subject *subject)
{
    size_t most = 0;
    for (size_t i = 0; i < subject->run_count; i++) {
        size_t same = 0;
        for (size_t r = 0; r < subject->run_count; r++)
            same += subject->runs[r].file_hash == subject->runs[i].file_hash;
        most = same > most ? same : most;
    }
    return most;
}

static bool is_perfect(const struct sg_assignment *assignment, const struct sg_prove_run *run)
{
    for (size_t i = 0; i < assignment->cases.count; i++) {
        if (run->cells[i].played && run->cells[i].status != SG_STATUS_PASSED)
            return false;
    }
    return true;
}

size_t sg_subject_perfect_runs(const struct sg_proof *proof, const struct sg_subject *subject)
{
    size_t count = 0;
    for (size_t i = 0; i < subject->run_count; i++)
        count += is_perfect(proof->assignment, &subject->runs[i]);
    return count;
}

static void judge_reference(struct sg_proof *proof, struct sg_subject *subject)
{
    const struct sg_assignment *assignment = proof->assignment;
    for (size_t r = 0; r < subject->run_count; r++) {
        for (size_t i = 0; i < assignment->cases.count; i++) {
            const struct sg_cell *cell = &subject->runs[r].cells[i];
            if (!cell->played || cell->status == SG_STATUS_PASSED)
                continue;
            add_problem(subject, "%s: %s%s%s: %s", assignment->cases.items[i].name,
                        sg_status_word((enum sg_status)cell->status), cell->code ? ", " : "",
                        sg_code_info((enum sg_code)cell->code)->id, cell->text);
        }
    }
    size_t same = sg_subject_equal_files(subject);
    if (same < subject->run_count)
        add_problem(subject, "%zu of %zu runs gave another result file than the others",
                    subject->run_count - same, subject->run_count);
}

static void judge_cell(const struct sg_proof *proof, struct sg_subject *subject, size_t index,
                       const struct sg_cell *cell)
{
    const char *name = proof->assignment->cases.items[index].name;
    if (!cell->played)
        return;
    if (cell->status == SG_STATUS_ERROR)
        add_problem(subject, "%s: error: %s", name, cell->text);
    if (cell->status == SG_STATUS_FAILED && !may_earn(subject->twin, cell->code))
        add_problem(subject, "earned %s in %s: %s", sg_code_info((enum sg_code)cell->code)->id,
                    name, cell->text);
}

static void judge_twin_run(const struct sg_proof *proof, struct sg_subject *subject,
                           const struct sg_prove_run *run)
{
    size_t count = proof->assignment->cases.count;
    if (run->points >= run->max_points) {
        subject->survives = true;
        return;
    }
    for (size_t e = 0; e < subject->twin->earns.count; e++) {
        int code = subject->twin->earns.items[e];
        bool earned = false;
        for (size_t i = 0; i < count; i++)
            earned = earned || (is_failed(run, i) && run->cells[i].code == code);
        if (!earned)
            add_problem(subject, "did not earn %s", sg_code_info((enum sg_code)code)->id);
    }
    for (size_t i = 0; i < count; i++)
        judge_cell(proof, subject, i, &run->cells[i]);
}

static void judge_twin(struct sg_proof *proof, struct sg_subject *subject)
{
    for (size_t r = 0; r < subject->run_count; r++)
        judge_twin_run(proof, subject, &subject->runs[r]);
    if (subject->survives)
        add_problem(subject, "survives");
}

void sg_proof_judge(struct sg_proof *proof)
{
    proof->proven = proof->count > 0;
    for (size_t i = 0; i < proof->count; i++) {
        struct sg_subject *subject = &proof->subjects[i];
        if (subject->failure) {
            add_problem(subject, "could not be graded: %s", subject->failure);
            proof->failed = true;
            proof->blame = subject->blame > proof->blame ? subject->blame : proof->blame;
        } else if (subject->twin) {
            judge_twin(proof, subject);
        } else {
            judge_reference(proof, subject);
        }
        proof->proven = proof->proven && !subject->problem_count;
    }
}

void sg_proof_done(struct sg_proof *proof)
{
    for (size_t i = 0; i < proof->count; i++) {
        struct sg_subject *subject = &proof->subjects[i];
        for (size_t r = 0; r < subject->run_count; r++)
            free(subject->runs[r].cells);
        for (size_t p = 0; p < subject->problem_count; p++)
            free(subject->problems[p]);
        free(subject->runs);
        free(subject->problems);
        free(subject->failure);
    }
    free(proof->subjects);
    *proof = (struct sg_proof){0};
}
