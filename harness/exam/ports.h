/* SPDX-License-Identifier: MIT
 * Peers that listen on ports of their own. */
#ifndef SG_EXAM_PORTS_H
#define SG_EXAM_PORTS_H

#include "exam/parts.h"

bool sg_exam_choose_ports(struct sg_exam *exam);
bool sg_exam_listen_on_port(struct sg_exam *exam, struct sg_exam_peer *peer, struct sg_error *err);

#endif
