/* SPDX-License-Identifier: MIT
 * The steps. Each returns false where the case has failed (see evidence) or cannot go on. */
#ifndef SG_EXAM_STEPS_H
#define SG_EXAM_STEPS_H

#include "exam/parts.h"

typedef bool sg_peer_step(struct sg_exam *exam, struct sg_exam_peer *peer,
                          const struct sg_step *step, struct sg_error *err);
typedef bool sg_program_step(struct sg_exam *exam, struct sg_exam_program *program,
                             const struct sg_step *step, struct sg_error *err);
extern sg_peer_step *const sg_peer_steps[SG_ACT_END];
extern sg_peer_step *const sg_datagram_steps[SG_ACT_END]; /* over UDP */
extern sg_peer_step *const sg_host_steps[SG_ACT_END];     /* of a host */
extern sg_program_step *const sg_program_steps[SG_ACT_END];

/* traffic.c: what hosts send each other, for programs that listen in. */
sg_peer_step sg_exam_transmit;
/* The first of the segments that the case expects of `program` and that it has not told of, from 1;
 * 0: none. */
size_t sg_exam_first_untold(const struct sg_exam *exam, const struct sg_exam_program *program);
/* peer_steps.c: waits until so much has come as is wanted, or what has come differs from it, or no
 * more comes. */
enum sg_outcome sg_exam_await(struct sg_exam *exam, struct sg_connection *connection,
                              struct sg_slice want, uint64_t idle_ns);
sg_peer_step sg_exam_step_expect_message; /* client_message.c */
/* chat.c: members of a chat. */
sg_peer_step sg_exam_step_join, sg_exam_step_expect_others;
sg_program_step sg_exam_step_expect_file; /* files.c */
/* driving_steps.c: what is done to a program. */
sg_program_step sg_exam_step_start, sg_exam_step_freeze, sg_exam_step_thaw, sg_exam_step_kill,
    sg_exam_step_restart, sg_exam_step_signal, sg_exam_step_hold_exits, sg_exam_step_let_exit,
    sg_exam_step_close_stdin, sg_exam_step_input;
/* printed_steps.c: facts that are looked for in a program's output. */
sg_program_step sg_exam_expect_stream, sg_exam_expect_bytes, sg_exam_expect_numbers,
    sg_exam_expect_ports, sg_exam_expect_results, sg_exam_expect_replies, sg_exam_expect_segments;

#endif
