/* SPDX-License-Identifier: MIT
 * Sending in exact segments: each goes when the program has taken the one before from its socket,
 * so that it is one recv() of the program's, on any machine under any load. */
#include "exam/segment.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "exam/settle.h"
#include "exam/wait.h"

enum { UNTAKEN_MS = 300 }; /* of idleness, where it cannot be proven that no more will be taken */

const struct sg_program_faults *sg_exam_faults(const struct sg_exam *exam, const char *program)
{
    for (size_t i = 0; exam->request->probe != SG_PROBE_NO_FAULTS && i < exam->one->faults.count;
         i++) {
        if (strcmp(exam->one->faults.items[i].name, program) == 0)
            return &exam->one->faults.items[i];
    }
    return NULL;
}

const struct sg_fault *sg_exam_short_receives(const struct sg_exam *exam, const char *program)
{
    const struct sg_program_faults *faults = sg_exam_faults(exam, program);
    for (size_t i = 0; faults && i < faults->list.count; i++) {
        if (faults->list.items[i].form == SG_FAULT_GIVES)
            return &faults->list.items[i];
    }
    return NULL;
}

size_t sg_exam_draw_receive(const struct sg_exam *exam, const struct sg_fault *fault,
                            const struct sg_connection *connection, size_t index)
{
    /* A stream of its own for each, so that no order of events can matter. */
    sg_autofree char *which = sg_printf("%d/%zu", connection->number, index);
    const char *names[] = {
        "receives", exam->assignment->id, exam->request->submission->id, exam->one->name, which,
        NULL};
    struct sg_random random;
    sg_random_init(&random, exam->request->seed, names);
    uint64_t spread = fault->bytes.most - fault->bytes.least + 1;
    return (size_t)(fault->bytes.least + sg_random_below(&random, spread));
}

bool sg_exam_has_taken(struct sg_exam *exam, struct sg_connection *connection)
{
    return connection->broken ||
           (sg_connection_all_sent(connection) && sg_exam_all_taken(exam, connection));
}

/* One that floods us takes nothing until all buffers are full, and then not either. */
static bool is_taken(struct sg_exam *exam, void *state)
{
    const struct sg_connection *connection = state;
    return connection->flooded || sg_exam_has_taken(exam, state);
}

static bool is_sent(struct sg_exam *exam, void *state)
{
    (void)exam;
    return sg_connection_all_sent(state);
}

/* Whether the program has let go of its end: what is sent now answers a reset. */
static bool is_over(struct sg_exam *exam, struct sg_connection *connection)
{
    struct sg_socket_row row;
    if (connection->broken || connection->fd < 0 || connection->end == SG_STREAM_RESET)
        return true;
    if (connection->end == SG_STREAM_OPEN)
        return false;
    return !sg_exam_find_other_end(exam, connection, &row) || row.inode == 0;
}

/* As the step wants it; where it leaves that open, as the program's short receives want it. */
static void cut(struct sg_exam *exam, const struct sg_connection *connection,
                const struct sg_split *split, struct sg_slice message, size_t **sizes,
                size_t *count)
{
    const struct sg_fault *fault = sg_exam_short_receives(exam, connection->program);
    static const struct sg_split whole = {.form = SG_SPLIT_WHOLE};
    if (exam->request->probe == SG_PROBE_WHOLE) {
        split = &whole;
        fault = NULL;
    }
    static const struct sg_split little = {.form = SG_SPLIT_CHUNKS, .size = 1024};
    if (exam->request->probe == SG_PROBE_READS && split->form == SG_SPLIT_WHOLE)
        split = &little; /* its answer has been read before the send buffer is full of it */
    if (split->form != SG_SPLIT_WHOLE || !fault) {
        sg_split_sizes(split, message, sizes, count);
        return;
    }
    *sizes = NULL;
    *count = 0;
    for (size_t left = message.length; left;) {
        size_t size =
            sg_exam_draw_receive(exam, fault, connection, connection->segment_count + *count);
        size = size < left ? size : left;
        *sizes = sg_realloc_array(*sizes, *count + 1, sizeof **sizes);
        (*sizes)[(*count)++] = size;
        left -= size;
    }
    exam->receives_cut += *count > 1;
}

void sg_exam_let_take(struct sg_exam *exam, struct sg_connection *connection)
{
    if (connection->fd >= 0 && !connection->connecting && connection->out.length)
        (void)sg_exam_wait(exam, is_taken, connection, UNTAKEN_MS * SG_NS_PER_MS);
}

static bool has_noticed_end(struct sg_exam *exam, void *state)
{
    return sg_exam_has_noticed_end(exam, state);
}

void sg_exam_let_notice(struct sg_exam *exam, struct sg_connection *connection)
{
    if (connection->number && !connection->connecting && !connection->refused)
        (void)sg_exam_wait(exam, has_noticed_end, connection, UNTAKEN_MS * SG_NS_PER_MS);
}

void sg_exam_send(struct sg_exam *exam, struct sg_connection *connection,
                  const struct sg_split *split, struct sg_slice message)
{
    size_t *sizes, count;
    sg_exam_let_take(exam, connection);
    cut(exam, connection, split, message, &sizes, &count);
    enum sg_outcome outcome = SG_OUTCOME_MET;
    for (size_t i = 0; i < count; i++) {
        (void)sg_exam_pump(exam);
        if (is_over(exam, connection)) {
            connection->broken = true;
            sg_connection_send(connection, message);
            break;
        }
        sg_connection_send(connection, sg_slice_first(message, sizes[i]));
        message = sg_slice_skip(message, sizes[i]);
        /* A program that does not take one piece will not take the next: there is no gate then. */
        bool last = i + 1 == count;
        if (last || outcome == SG_OUTCOME_MET)
            outcome = sg_exam_wait(exam, last ? is_sent : is_taken, connection,
                                   last ? UNTAKEN_MS * SG_NS_PER_MS : exam->assignment->reply_ns);
        if (outcome == SG_OUTCOME_MET)
            connection->segments[connection->segment_count - 1].taken = !last;
        if (!last) {
            (void)sg_exam_pump(exam); /* what it has answered to this piece */
            sg_transcript_settle(&exam->transcript);
        }
    }
    free(sizes);
}
