/* SPDX-License-Identifier: MIT
 * How a submission's programs want to be started: found out by starting them, each time on a fresh
 * network, with all arguments, with the port alone, with none. */
#ifndef SG_EXAM_WAY_H
#define SG_EXAM_WAY_H

#include "exam/request.h"

/* Fills request->ways[0] (server) or [1] (client) for the role of `role_case`, a case that judges the
 * role; request->one is left as it was. Returns -1 where the machine fails. */
int sg_way_find(struct sg_exam_request *request, const struct sg_case *role_case,
                struct sg_error *err);

#endif
