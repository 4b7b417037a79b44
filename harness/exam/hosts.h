/* SPDX-License-Identifier: MIT
 * Peers that are other machines. */
#ifndef SG_EXAM_HOSTS_H
#define SG_EXAM_HOSTS_H

#include "exam/parts.h"

int sg_exam_open_hosts(struct sg_exam *exam, struct sg_error *err);
void sg_exam_close_hosts(struct sg_exam *exam);
bool sg_exam_pump_hosts(struct sg_exam *exam);
union sg_address sg_exam_first_host(const struct sg_exam *exam);
/* Why a failure is no proof, for want of our answering in time; NULL: it is one. */
const char *sg_exam_late_host(const struct sg_exam *exam);
void sg_exam_describe_hosts(const struct sg_exam *exam, struct sg_echo_evidence *ret);

#endif
