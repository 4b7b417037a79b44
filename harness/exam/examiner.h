/* SPDX-License-Identifier: MIT
 * Examiners: child processes with a network of their own, each of which examines one case and
 * answers with one result. If one dies, its case is an `error`, never `failed`. */
#ifndef SG_EXAM_EXAMINER_H
#define SG_EXAM_EXAMINER_H

#include "base/answerer.h"
#include "exam/request.h"

enum { SG_MOST_EXAMINERS = 64 }; /* at a time */

/* Starts an examiner for request->one. The request must stay until it has ended. */
int sg_examiner_start(struct sg_answerer *examiner, const struct sg_exam_request *request,
                      struct sg_error *err);
/* Waits, at most a second, until one of these can be read. Returns -1 where this process was asked
 * to stop. */
int sg_examiners_wait(const struct sg_answerer *const *examiners, size_t count,
                      struct sg_error *err);
/* It has had more time than any examination takes. */
bool sg_examiner_is_late(const struct sg_answerer *examiner);
/* Ends it, whatever it was about to answer, and frees what it held. */
void sg_examiner_stop(struct sg_answerer *examiner);
/* Ends it (at once, if it still runs) and frees what it held; its answer becomes *ret, or an
 * `error` with the reason. */
void sg_examiner_finish(struct sg_answerer *examiner, const struct sg_exam_request *request,
                        struct sg_case_result *ret);

/* A run of another kind in such a process; it answers with sg_examiner_answer and does not
 * return. */
typedef void sg_run_examiner(const struct sg_exam_request *request, int fd);
/* Has it done and waits for its answer, which is a struct of `size` bytes. */
int sg_examiner_ask(const struct sg_exam_request *request, sg_run_examiner *run, void *room,
                    size_t size, struct sg_error *err);

/* For what runs in that process: its network, and its end. */
int sg_examiner_enter_network(const struct sg_exam_request *request, struct sg_error *err);
_Noreturn void sg_examiner_answer(int fd, struct sg_slice answer);

#endif
