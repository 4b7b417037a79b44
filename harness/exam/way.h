/* SPDX-License-Identifier: MIT
 * How a submission's programs want to be started: found out by starting them, each time on a fresh
 * network, with all arguments, with some of them, with none. */
#ifndef SG_EXAM_WAY_H
#define SG_EXAM_WAY_H

#include "exam/request.h"

/* Whether a program that is started in this form gets this argument of the assignment ("$port"). */
bool sg_way_gives(enum sg_way_form form, const char *argument);

/* Fills request->ways[0] (server) or [1] (client) for the role of `role_case`, a case that judges
 * the role; request->one is left as it was. Returns -1 where the machine fails. */
int sg_way_find(struct sg_exam_request *request, const struct sg_case *role_case,
                struct sg_error *err);

#endif
