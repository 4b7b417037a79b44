/* SPDX-License-Identifier: MIT
 * The loop. */
#ifndef SG_EXAM_WAIT_H
#define SG_EXAM_WAIT_H

#include "exam/parts.h"

typedef bool sg_met(struct sg_exam *exam, void *state);
/* Moves everything that can move; true where anything did. Never blocks. */
bool sg_exam_pump(struct sg_exam *exam);
/* What never comes: for waits that end when everything is at rest. */
bool sg_exam_never(struct sg_exam *exam, void *state);
/* Waits until `met` holds, or until it is known that it will not; `idle_ns` is what time is charged
 * against. */
enum sg_outcome sg_exam_wait(struct sg_exam *exam, sg_met *met, void *state, uint64_t idle_ns);
/* Waits until nothing more comes. Where that cannot be proven, time decides: a little more than the
 * program's own time limit, within bounds. */
enum sg_outcome sg_exam_wait_for_rest(struct sg_exam *exam);
/* … on this connection, whose end settles it: then a program that waits for bytes or clients need
 * not come to the end of a time limit of its own. */
enum sg_outcome sg_exam_wait_for_last(struct sg_exam *exam, struct sg_connection *connection);
/* Waits until the programs have done what there is to do: each waits for something to come, be it
 * with a time limit; a nap is waited for. */
enum sg_outcome sg_exam_let_work(struct sg_exam *exam); /* MET: they have */
/* … or until what has come on this connection is a flood. */
enum sg_outcome sg_exam_let_speak(struct sg_exam *exam, struct sg_connection *connection);
/* Lets the time of `step` pass, from when the programs wait on; not where it is proven that they do
 * nothing by themselves for so long. Who may give up after a second must have been given that
 * second: false where this machine was too busy for that, and the case shows nothing. */
bool sg_exam_keep_waiting(struct sg_exam *exam, const struct sg_step *step);
/* The judged program has ended. */
bool sg_exam_is_over(struct sg_exam *exam);

#endif
