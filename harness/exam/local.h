/* SPDX-License-Identifier: MIT
 * Socket files, which each program finds in a view of the files of its own. */
#ifndef SG_EXAM_LOCAL_H
#define SG_EXAM_LOCAL_H

#include "exam/parts.h"

/* The programs speak over local sockets. */
bool sg_exam_is_local(const struct sg_exam *exam);
/* Listens for clients on `port`; over local sockets, on the socket file that the client is
 * given. */
int sg_exam_listen(struct sg_exam *exam, struct sg_listener *listener, uint16_t port,
                   size_t receive_buffer, struct sg_error *err);
/* The address is the one that programs are given, whatever the host. */
bool sg_exam_is_given(const struct sg_exam *exam, const union sg_address *address);
/* The name of the socket file that programs are given. The caller frees it. */
char *sg_exam_path(const struct sg_exam *exam);
/* A program listens at a socket file: notes which file that is. */
void sg_exam_note_file(struct sg_exam_program *program);
/* A program listens at a socket file of another name than the one it was given: waits until it has
 * renamed that file, or will not. */
void sg_exam_await_name(struct sg_exam *exam, struct sg_exam_program *program);
/* Connects to the file that the server program has bound; as sg_connection_connect. */
int sg_exam_connect_local(struct sg_exam *exam, struct sg_connection *connection,
                          struct sg_error *err);
/* A program is about to bind a local socket, or to connect one. */
void sg_exam_note_local(struct sg_exam_program *program, const struct sg_call *call);

#endif
