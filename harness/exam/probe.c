/* SPDX-License-Identifier: MIT
 * A look beyond the evidence, where it fits several causes: the program is started anew and given something
 * that only one of them would answer so. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "exam/parts.h"

static const char probing[] = "probing.";

static bool has_answer(struct sg_exam *exam, void *state)
{
    (void)exam;
    const struct sg_connection *connection = state;
    return connection->end != SG_STREAM_OPEN ||
           sg_slice_find(sg_bytes_slice(&connection->in), sg_slice_text(probing)) != SIZE_MAX;
}

/* Starts the server again; what the case left of it, and our ends of it, is over. */
static bool begin_anew(struct sg_exam *exam, struct sg_exam_program *server, struct sg_error *err)
{
    for (size_t i = 0; i < exam->connection_count; i++)
        sg_connection_reset(exam->connections[i]);
    return sg_exam_start(exam, server, NULL, err) == 0 &&
           sg_exam_await_listening(exam, server, NULL);
}

/* Whether a frame comes back whose length has the least significant byte first. */
static bool reads_swapped_length(struct sg_exam *exam)
{
    struct sg_error ignored = {0};
    struct sg_exam_program *server = sg_exam_judged(exam);
    const struct sg_split whole = {.form = SG_SPLIT_WHOLE};
    sg_autobytes struct sg_bytes frame = {0};
    sg_bytes_add(&frame, (const uint8_t[]){sizeof probing - 1, 0, 0, 0}, SG_FRAME_HEADER);
    sg_bytes_add_text(&frame, probing);
    if (!begin_anew(exam, server, &ignored))
        return false;
    union sg_address to = sg_exam_server_address(exam);
    struct sg_connection *connection = sg_exam_add_connection(exam, "probe", "server");
    if (sg_connection_connect(connection, &to, 0, (int)exam->connection_count, &ignored) < 0)
        return false;
    sg_exam_send(exam, connection, &whole, sg_bytes_slice(&frame));
    (void)sg_exam_wait(exam, has_answer, connection, exam->assignment->reply_ns);
    return sg_slice_find(sg_bytes_slice(&connection->in), sg_slice_text(probing)) != SIZE_MAX;
}

/* What a server does that reads a wrong length: it waits for more, gives up, or runs out of memory. */
static bool may_be_swapped(const struct sg_exam *exam, enum sg_code code)
{
    static const enum sg_code codes[] = {
        SG_CODE_CLOSES_TOO_EARLY, SG_CODE_DROPS_TAIL, SG_CODE_RESET_NOT_CLOSED,
        SG_CODE_WAITS_FOR_MORE,   SG_CODE_TIMED_OUT,  SG_CODE_UNCAUGHT_EXCEPTION,
        SG_CODE_WRONG_DATA,       SG_CODE_CRASHED,
    };
    if (!exam->assignment->longest_frame || exam->one->role != SG_ROLE_SERVER ||
        exam->one->faults.count || exam->program_count > 1 || !exam->connection_count ||
        exam->connections[0]->segment_count > 1)
        return false;
    for (size_t i = 0; i < SG_COUNT(codes); i++) {
        if (codes[i] == code)
            return true;
    }
    return false;
}

void sg_exam_look_further(struct sg_exam *exam, struct sg_diagnosis *diagnosis)
{
    if (!may_be_swapped(exam, diagnosis->code) || !reads_swapped_length(exam))
        return;
    sg_diagnosis_add(diagnosis, 0,
                     "started again and given a frame whose length had its bytes swapped, it "
                     "answered");
    free(diagnosis->message);
    diagnosis->message = sg_strdup("The server reads the length with its bytes swapped.");
    diagnosis->code = SG_CODE_WRONG_BYTE_ORDER;
}
