/* SPDX-License-Identifier: MIT
 * Is everything at rest? */
#ifndef SG_EXAM_SETTLE_H
#define SG_EXAM_SETTLE_H

#include "exam/parts.h"

struct sg_settled {
    enum sg_stillness verdict; /* the least still of all programs */
    uint64_t bound_ns;         /* BOUNDED: the shortest time limit */
    bool for_input;
    bool uncertain; /* datagrams may be on their way where nobody can see them: BOUNDED at best */
};
/* Looks at all programs and at what is in flight. PROVEN: nothing will happen until we act. */
struct sg_settled sg_exam_settle(struct sg_exam *exam);
/* No datagram is on its way: each lies in its socket's queue, or was thrown away. Where that cannot
 * be known, true. */
bool sg_exam_all_delivered(struct sg_exam *exam);
/* Datagrams of the programs' since the case began whose port nobody had bound; 0 where that is not
 * known. */
uint64_t sg_exam_unclaimed_datagrams(const struct sg_exam *exam);
/* Datagrams lie unread in a socket on this port. */
bool sg_exam_has_unread_datagrams(struct sg_exam *exam, uint16_t port);
/* A connection was cut off, since the program sends without an end: it may never come to rest. */
bool sg_exam_is_flooded(const struct sg_exam *exam);
/* Our end of the stream, or our reset, has reached the program, and no thread of it runs. */
bool sg_exam_has_noticed_end(struct sg_exam *exam, struct sg_connection *connection);
/* Bytes for one of ours that reads so lie in its queue, or in the program's. */
bool sg_exam_has_bytes_for(struct sg_exam *exam, enum sg_reading reading);
/* A listener keeps clients back that have said nothing yet (TCP_DEFER_ACCEPT). */
bool sg_exam_defers_accept(const struct sg_exam *exam);
/* Whether the program has taken all that was sent on `connection` out of its socket. */
bool sg_exam_all_taken(struct sg_exam *exam, struct sg_connection *connection);
/* Whether bytes that were sent on `connection` lie in the program's socket, or have not come
 * there. */
bool sg_exam_is_unread(struct sg_exam *exam, struct sg_connection *connection);
/* … and how many bytes of it, without the end of the stream. */
size_t sg_exam_unread_bytes(struct sg_exam *exam, struct sg_connection *connection);
/* It waits in the program's backlog: no process has its other end yet. */
bool sg_exam_is_unaccepted(struct sg_exam *exam, struct sg_connection *connection);
/* How many bytes the programs have taken from all connections that are still open. */
uint64_t sg_exam_bytes_taken(struct sg_exam *exam);
struct sg_sample sg_exam_sample(struct sg_exam_program *program);
/* other_end.c: the program's end of a connection; false where it has none (any more). */
bool sg_exam_find_other_end(struct sg_exam *exam, struct sg_connection *connection,
                            struct sg_socket_row *ret);

#endif
