/* SPDX-License-Identifier: MIT
 * Playing a failed case again with one thing changed, to tell causes apart. */
#ifndef SG_EXAM_PROBE_H
#define SG_EXAM_PROBE_H

struct sg_exam;

/* Runs the probes that can tell something about the failure, and notes them in the evidence. The
 * programs of the case are stopped first. */
void sg_exam_probe(struct sg_exam *exam);

#endif
