/* SPDX-License-Identifier: MIT
 * What the calls tell that a program is stopped in. `state` is the program (fault/supervisor.h). */
#ifndef SG_EXAM_CALLS_H
#define SG_EXAM_CALLS_H

#include "exam/parts.h"

void sg_exam_before_call(void *state, const struct sg_call *call);
void sg_exam_after_call(void *state, const struct sg_call *call);
/* Answers the calls of the program whose supervisor `state` is, as far as they wait: an
 * sg_process_serve. */
void sg_exam_serve_calls(void *state);
/* Watches one of its threads (program/spin.h), and answers its calls meanwhile. */
struct sg_spin sg_exam_watch_spin(struct sg_exam_program *program, pid_t tid, bool briefly);
/* What a client can be asked to connect to: the relay's listener, or that of a peer; NULL: none
 * listens. *ret_receive_buffer (or NULL): of the connections to come. */
struct sg_listener *sg_exam_meeting_place(struct sg_exam *exam, size_t *ret_receive_buffer);
void sg_exam_note_listening(struct sg_exam_program *program, const union sg_address *address);

#endif
