/* SPDX-License-Identifier: MIT
 * What came is set against what each send was given and took. A send of a single byte is never cut,
 * and not among them. */
#include "exam/cut_sends.h"

static bool is_cut_on(const struct sg_fault_seen *fault, const struct sg_connection *connection)
{
    return fault->connection == connection->number && !fault->error;
}

/* The first whose rest never came; SIZE_MAX: there is none. What came before a send is at least
 * what those before it took. */
static size_t find_lost(const struct sg_exam *exam, const struct sg_connection *connection)
{
    size_t before = 0;
    for (size_t i = 0; i < exam->fault_count; i++) {
        const struct sg_fault_seen *fault = &exam->faults[i];
        if (!is_cut_on(fault, connection))
            continue;
        if (connection->in.length < before + fault->wanted)
            return i;
        before += fault->took;
    }
    return SIZE_MAX;
}

static bool is_monotonous(struct sg_slice bytes)
{
    for (size_t i = 1; i < bytes.length; i++) {
        if (bytes.data[i] != bytes.data[0])
            return false;
    }
    return true;
}

/* The second, where what each took begins like what the others took, and is no line of dashes. */
static size_t find_again(const struct sg_exam *exam, const struct sg_connection *connection)
{
    enum { LEAST = 4 };
    struct sg_slice rest = sg_bytes_slice(&connection->in), longest = {NULL, 0};
    size_t count = 0, second = SIZE_MAX;
    for (size_t i = 0; i < exam->fault_count; i++) {
        if (!is_cut_on(&exam->faults[i], connection))
            continue;
        struct sg_slice piece = sg_slice_first(rest, exam->faults[i].took);
        size_t both = piece.length < longest.length ? piece.length : longest.length;
        if (sg_slice_common(piece, longest) < both)
            return SIZE_MAX;
        longest = piece.length > longest.length ? piece : longest;
        rest = sg_slice_skip(rest, piece.length);
        second = ++count == 2 ? i : second;
    }
    return count >= LEAST && !is_monotonous(longest) ? second : SIZE_MAX;
}

/* The second, where each asked for as many bytes as the first, of which more than one had been
 * left, and more came than that was given. */
static size_t find_more(const struct sg_exam *exam, const struct sg_connection *connection)
{
    const struct sg_fault_seen *first = NULL;
    size_t second = SIZE_MAX;
    for (size_t i = 0; i < exam->fault_count; i++) {
        const struct sg_fault_seen *fault = &exam->faults[i];
        if (!is_cut_on(fault, connection))
            continue;
        if (first && fault->wanted != first->wanted)
            return SIZE_MAX;
        second = first && second == SIZE_MAX ? i : second;
        first = first ? first : fault;
    }
    bool more = first && first->wanted > first->took + 1 && connection->in.length > first->wanted;
    return more ? second : SIZE_MAX;
}

enum sg_failure_kind sg_exam_judge_cut_sends(const struct sg_exam *exam,
                                             const struct sg_connection *connection,
                                             size_t *ret_index)
{
    const size_t lost = find_lost(exam, connection), again = find_again(exam, connection),
                 more = find_more(exam, connection);
    const enum sg_failure_kind kind = again != SIZE_MAX  ? SG_FAILURE_AGAIN
                                      : more != SIZE_MAX ? SG_FAILURE_MORE
                                      : lost != SIZE_MAX ? SG_FAILURE_LOST
                                                         : SG_FAILURE_NONE;
    if (kind != SG_FAILURE_NONE)
        *ret_index = kind == SG_FAILURE_AGAIN ? again : kind == SG_FAILURE_MORE ? more : lost;
    return kind;
}
