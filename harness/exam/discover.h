/* SPDX-License-Identifier: MIT
 * What is known of a program from its sockets, where its calls are not stopped or do not tell. */
#ifndef SG_EXAM_DISCOVER_H
#define SG_EXAM_DISCOVER_H

#include "exam/parts.h"

/* Looks whether it listens now; true where it does. */
bool sg_exam_discover(struct sg_exam *exam, struct sg_exam_program *program);
/* Whether a socket takes what we send to the server (`state`: that program): a server may listen
 * for each family of addresses with a socket of its own, one after the other. */
bool sg_exam_is_reached(struct sg_exam *exam, void *state);
/* A client has connected to us: `fd` is our end. */
void sg_exam_discover_connect(struct sg_exam *exam, int fd);
/* … by a datagram that came to us on `port`. */
void sg_exam_discover_sender(struct sg_exam *exam, uint16_t port);
/* Why the failure is no proof, for want of what the machine would have to show; NULL: it is one. */
const char *sg_exam_undiscovered(const struct sg_exam *exam);

#endif
