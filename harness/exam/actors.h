/* SPDX-License-Identifier: MIT
 * The actors of a case, from nothing to nothing. */
#ifndef SG_EXAM_ACTORS_H
#define SG_EXAM_ACTORS_H

#include "exam/parts.h"

/* The kernel is to hold little for the programs of the case. */
bool sg_exam_has_small_buffers(const struct sg_exam *exam);
int sg_exam_open(struct sg_exam *exam, const struct sg_exam_request *request, struct sg_error *err);
void sg_exam_close(struct sg_exam *exam);
struct sg_exam_program *sg_exam_program(struct sg_exam *exam, const char *name);
/* Adds a connection with `program`, not connected yet, for the peer of this name. */
struct sg_connection *sg_exam_add_connection(struct sg_exam *exam, const char *peer,
                                             const char *program);
/* Opens a socket for datagrams from and to `program`, at `local` or where the mapping leads; NULL:
 * the machine failed. */
struct sg_datagram_end *sg_exam_open_socket(struct sg_exam *exam, const char *peer,
                                            const char *program, const union sg_address *local,
                                            struct sg_error *err);
/* As above, for clients on `port` of every address. */
struct sg_datagram_end *sg_exam_await_clients(struct sg_exam *exam, const char *peer, uint16_t port,
                                              struct sg_error *err);
/* The programs speak UDP. */
bool sg_exam_is_udp(const struct sg_exam *exam);
/* The port of an address that a program's socket has, as the program named it. */
uint16_t sg_exam_port(const struct sg_exam *exam, const union sg_address *address);
/* The program that is judged. */
struct sg_exam_program *sg_exam_judged(struct sg_exam *exam);

#endif
