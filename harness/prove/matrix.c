/* SPDX-License-Identifier: MIT
 * The matrix of a proof in 80 columns: a sign per case and twin, in groups of five. */
#include "prove/matrix.h"

#include <string.h>

enum { LABEL = 30, GROUP = 5, NAME = 26, CODE = 24 };

/* Letters first, so that nobody has to count columns. */
static const char heads[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN";
_Static_assert(sizeof heads == SG_MATRIX_COLUMNS + 1, "a head per column");

static const struct {
    const char *sign, *ascii;
    enum sg_style_name style;
    const char *meaning;
} cells[] = {
    [SG_CELL_NOT_PLAYED] = {" ", " ", SG_PAINT_PLAIN, NULL},
    [SG_CELL_PASSED] = {"·", ".", SG_PAINT_DIM, "passed"},
    [SG_CELL_CAUGHT] = {"✗", "x", SG_PAINT_GOOD, "failed as it must"},
    [SG_CELL_WRONG] = {"!", "!", SG_PAINT_BAD, "failed for another reason"},
    [SG_CELL_SKIPPED] = {"-", "-", SG_PAINT_DIM, "skipped"},
    [SG_CELL_INCONCLUSIVE] = {"~", "~", SG_PAINT_NOTE, "inconclusive"},
    [SG_CELL_ERROR] = {"E", "E", SG_PAINT_BAD, "error"},
    [SG_CELL_UNSTABLE] = {"?", "?", SG_PAINT_NOTE, "not the same in every run"},
};

struct block {
    const struct sg_subject *columns[SG_MATRIX_COLUMNS];
    size_t count;
    bool used[SG_COUNT(cells)]; /* which signs need to be explained */
};

static void choose_columns(const struct sg_proof *proof, int role, size_t first,
                           struct block *block)
{
    size_t number = 0;
    for (size_t i = proof->reference_count; i < proof->count; i++) {
        const struct sg_subject *subject = &proof->subjects[i];
        if (subject->twin->role != role || number++ < first || block->count == SG_MATRIX_COLUMNS)
            continue;
        block->columns[block->count++] = subject;
    }
}

static void print_gap(const struct sg_paint *paint, size_t column)
{
    if (column && column % GROUP == 0)
        sg_bytes_add_byte(paint->out, ' ');
}

static void print_heads(const struct sg_paint *paint, const struct block *block)
{
    sg_paint_blanks(paint, LABEL);
    for (size_t i = 0; i < block->count; i++) {
        print_gap(paint, i);
        sg_paint(paint, SG_PAINT_BOLD, "%c", heads[i]);
    }
    sg_bytes_add_byte(paint->out, '\n');
}

static void print_line(const struct sg_paint *paint, const struct sg_case *one, size_t index,
                       struct block *block)
{
    sg_paint_blanks(paint, 2);
    sg_paint_field(paint, SG_PAINT_PLAIN, one->name, LABEL - 3);
    sg_paint_blanks(paint, 1);
    for (size_t i = 0; i < block->count; i++) {
        enum sg_cell_sort sort = sg_subject_cell(block->columns[i], index);
        block->used[sort] = true;
        print_gap(paint, i);
        sg_paint(paint, cells[sort].style, "%s",
                 paint->ascii ? cells[sort].ascii : cells[sort].sign);
    }
    sg_bytes_add_byte(paint->out, '\n');
}

static void print_meanings(const struct sg_paint *paint, const struct block *block)
{
    sg_autobytes struct sg_bytes line = {0};
    for (size_t i = 0; i < SG_COUNT(cells); i++) {
        if (block->used[i] && cells[i].meaning)
            sg_bytes_printf(&line, "%s%s %s", line.length ? "  " : "",
                            paint->ascii ? cells[i].ascii : cells[i].sign, cells[i].meaning);
    }
    sg_bytes_add_byte(paint->out, '\n');
    sg_paint_wrapped(paint, SG_PAINT_DIM, 2, sg_bytes_text(&line));
}

static size_t count_cells(const struct sg_proof *proof, const struct sg_subject *subject,
                          enum sg_cell_sort sort)
{
    size_t count = 0;
    for (size_t i = 0; i < proof->assignment->cases.count; i++)
        count += sg_subject_cell(subject, i) == sort;
    return count;
}

static void print_column(const struct sg_paint *paint, const struct sg_proof *proof,
                         const struct sg_subject *subject, char head)
{
    sg_autobytes struct sg_bytes codes = {0};
    const struct sg_codes_list *earns = &subject->twin->earns;
    for (size_t i = 0; i < earns->count; i++)
        sg_bytes_printf(&codes, "%s%s", i ? ", " : "",
                        sg_code_info((enum sg_code)earns->items[i])->id);
    size_t caught = count_cells(proof, subject, SG_CELL_CAUGHT);
    size_t unstable = count_cells(proof, subject, SG_CELL_UNSTABLE);
    sg_paint(paint, SG_PAINT_BOLD, "  %c ", head);
    sg_paint_field(paint, subject->problem_count ? SG_PAINT_BAD : SG_PAINT_PLAIN,
                   sg_subject_name(subject), NAME);
    sg_paint_blanks(paint, 1);
    sg_paint_field(paint, SG_PAINT_DIM, sg_bytes_text(&codes), CODE);
    sg_paint(paint, SG_PAINT_DIM, " %2zu case%s", caught, caught == 1 ? "" : "s");
    if (unstable)
        sg_paint(paint, SG_PAINT_NOTE, ", %zu unsure", unstable);
    sg_bytes_add_byte(paint->out, '\n');
    for (size_t i = 0; i < subject->problem_count; i++)
        sg_paint_wrapped(paint, SG_PAINT_BAD, 6, subject->problems[i]);
}

size_t sg_matrix_print(const struct sg_paint *paint, const struct sg_proof *proof, int role,
                       size_t first)
{
    const struct sg_assignment *assignment = proof->assignment;
    struct block block = {0};
    choose_columns(proof, role, first, &block);
    if (!block.count)
        return 0;
    sg_bytes_add_byte(paint->out, '\n');
    sg_paint(paint, SG_PAINT_BOLD, "%s\n", role == SG_ROLE_SERVER ? "server" : "client");
    print_heads(paint, &block);
    for (size_t i = 0; i < assignment->cases.count; i++) {
        if (assignment->cases.items[i].role == role)
            print_line(paint, &assignment->cases.items[i], i, &block);
    }
    print_meanings(paint, &block);
    sg_bytes_add_byte(paint->out, '\n');
    for (size_t i = 0; i < block.count; i++)
        print_column(paint, proof, block.columns[i], heads[i]);
    return block.count;
}
