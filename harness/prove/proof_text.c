/* SPDX-License-Identifier: MIT
 * A proof for a terminal: the references, the matrices, what survives, what is not needed, what was
 * not the same in every run. */
#include <string.h>

#include "prove/matrix.h"

static void print_reference(const struct sg_paint *paint, const struct sg_proof *proof,
                            const struct sg_subject *subject)
{
    bool right = !subject->problem_count;
    sg_paint(paint, right ? SG_PAINT_GOOD : SG_PAINT_BAD, "  %s",
             sg_sign(paint, right ? SG_SIGN_PASSED : SG_SIGN_FAILED));
    sg_paint_blanks(paint, 1);
    sg_paint_field(paint, SG_PAINT_PLAIN, sg_subject_name(subject), 12);
    sg_paint(paint, SG_PAINT_PLAIN, " full marks in %zu of %zu runs, the same file in %zu\n",
             sg_subject_perfect_runs(proof, subject), subject->run_count,
             sg_subject_equal_files(subject));
    for (size_t i = 0; i < subject->problem_count; i++)
        sg_paint_wrapped(paint, SG_PAINT_BAD, 6, subject->problems[i]);
}

enum worth { WORTH_ALONE, WORTH_SHARED, WORTH_NOTHING };

static enum worth worth_of(const struct sg_proof *proof, const struct sg_case *one)
{
    size_t catches, alone;
    sg_proof_count_catches(proof, one, &catches, &alone);
    return alone ? WORTH_ALONE : catches ? WORTH_SHARED : WORTH_NOTHING;
}

/* The ids of the cases of one worth, each once. */
static void list_cases(const struct sg_paint *paint, const struct sg_proof *proof, enum worth worth,
                       const char *title)
{
    const struct sg_assignment *assignment = proof->assignment;
    sg_autobytes struct sg_bytes names = {0};
    const char *last = "";
    for (size_t i = 0; i < assignment->cases.count; i++) {
        const struct sg_case *one = &assignment->cases.items[i];
        if (strcmp(one->id, last) == 0 || worth_of(proof, one) != worth)
            continue;
        last = one->id;
        sg_bytes_printf(&names, "%s%s", names.length ? ", " : "", one->id);
    }
    if (!names.length)
        return;
    sg_paint(paint, SG_PAINT_BOLD, "\n%s\n", title);
    sg_paint_wrapped(paint, SG_PAINT_PLAIN, 2, sg_bytes_text(&names));
}

static void add_outcome(const struct sg_subject *subject, size_t index, struct sg_bytes *out)
{
    for (size_t r = 0; r < subject->run_count; r++) {
        const struct sg_cell *cell = &subject->runs[r].cells[index];
        sg_bytes_printf(out, "%s%s", r ? ", " : "",
                        cell->code ? sg_code_info((enum sg_code)cell->code)->id
                                   : sg_status_word((enum sg_status)cell->status));
    }
}

static void print_unstable(const struct sg_paint *paint, const struct sg_proof *proof)
{
    bool any = false;
    for (size_t s = 0; s < proof->count; s++) {
        const struct sg_subject *subject = &proof->subjects[s];
        for (size_t i = 0; i < proof->assignment->cases.count; i++) {
            if (sg_subject_cell(subject, i) != SG_CELL_UNSTABLE)
                continue;
            if (!any)
                sg_paint(paint, SG_PAINT_BOLD, "\nnot the same in every run\n");
            any = true;
            sg_autobytes struct sg_bytes line = {0};
            sg_bytes_printf(&line, "%s in %s: ", sg_subject_name(subject),
                            proof->assignment->cases.items[i].name);
            add_outcome(subject, i, &line);
            sg_paint_wrapped(paint, SG_PAINT_NOTE, 2, sg_bytes_text(&line));
        }
    }
}

/* With --verbose: what each twin was told. */
static void print_failures(const struct sg_paint *paint, const struct sg_proof *proof)
{
    for (size_t s = proof->reference_count; s < proof->count; s++) {
        const struct sg_subject *subject = &proof->subjects[s];
        sg_paint(paint, SG_PAINT_BOLD, "\n%s: %s\n", sg_subject_name(subject), subject->twin->bug);
        for (size_t i = 0; subject->run_count && i < proof->assignment->cases.count; i++) {
            const struct sg_cell *cell = &subject->runs[0].cells[i];
            if (!cell->played || cell->status == SG_STATUS_PASSED ||
                cell->status == SG_STATUS_SKIPPED)
                continue;
            sg_autofree char *line =
                sg_printf("%s: %s: %s", proof->assignment->cases.items[i].name,
                          cell->code ? sg_code_info((enum sg_code)cell->code)->id
                                     : sg_status_word((enum sg_status)cell->status),
                          cell->text);
            sg_paint_wrapped(paint, SG_PAINT_PLAIN, 2, line);
        }
    }
}

static void print_sum(const struct sg_paint *paint, const struct sg_proof *proof)
{
    size_t survivors = 0, wrong = 0, references = 0;
    for (size_t i = 0; i < proof->count; i++) {
        const struct sg_subject *subject = &proof->subjects[i];
        survivors += subject->survives;
        wrong += subject->twin && !subject->survives && subject->problem_count;
        references += !subject->twin && subject->problem_count;
    }
    size_t twins = proof->count - proof->reference_count;
    sg_paint(paint, proof->proven ? SG_PAINT_GOOD : SG_PAINT_BAD, "%s: %s", proof->assignment->id,
             proof->proven ? "proven" : "not proven");
    sg_paint(paint, SG_PAINT_PLAIN, ": %zu of %zu references right, %zu of %zu twins caught",
             proof->reference_count - references, proof->reference_count, twins - survivors - wrong,
             twins);
    if (survivors)
        sg_paint(paint, SG_PAINT_BAD, ", %zu survive%s", survivors, survivors == 1 ? "s" : "");
    if (wrong)
        sg_paint(paint, SG_PAINT_BAD, ", %zu with a wrong diagnosis", wrong);
    sg_bytes_add_byte(paint->out, '\n');
}

void sg_proof_print(const struct sg_proof *proof, const struct sg_proof_style *style,
                    struct sg_bytes *out)
{
    const struct sg_paint paint = {.out = out, .color = style->color, .ascii = style->ascii};
    if (style->quiet) {
        print_sum(&paint, proof);
        return;
    }
    sg_paint(&paint, SG_PAINT_BOLD, "%s\n", proof->assignment->id);
    for (size_t i = 0; i < proof->reference_count; i++)
        print_reference(&paint, proof, &proof->subjects[i]);
    for (int role = SG_ROLE_SERVER; role <= SG_ROLE_CLIENT; role++) {
        for (size_t first = 0, count; (count = sg_matrix_print(&paint, proof, role, first));)
            first += count;
    }
    if (style->verbose)
        print_failures(&paint, proof);
    if (proof->count > proof->reference_count) {
        list_cases(&paint, proof, WORTH_SHARED, "cases that catch nothing that another does not");
        list_cases(&paint, proof, WORTH_NOTHING, "cases that catch no twin");
    }
    print_unstable(&paint, proof);
    sg_bytes_add_byte(out, '\n');
    print_sum(&paint, proof);
}
