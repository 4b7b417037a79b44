/* SPDX-License-Identifier: MIT
 * Between two programs: what is passed on, and what becomes of a datagram on its way. */
#ifndef SG_EXAM_RELAY_H
#define SG_EXAM_RELAY_H

#include "exam/parts.h"

int sg_exam_open_relay(struct sg_exam *exam, struct sg_error *err);
bool sg_exam_pump_relay(struct sg_exam *exam); /* true where anything moved */
void sg_exam_close_relay(struct sg_exam *exam);
/* Where to send to, or to connect to, the server program. */
union sg_address sg_exam_server_address(struct sg_exam *exam);
/* Connects the newest connection to the server program; as sg_connection_connect. */
int sg_exam_connect(struct sg_exam *exam, struct sg_connection *connection, size_t receive_buffer,
                    struct sg_error *err);
/* The relay's last connection with the server, on which it is served; NULL: none. */
struct sg_connection *sg_exam_last_served(const struct sg_exam *exam);
/* Ends the streams that the relay still passes on to the server; true where there was one. */
bool sg_exam_end_relayed(struct sg_exam *exam);

/* datagram_relay.c: the same over UDP. */
int sg_exam_open_datagram_relay(struct sg_exam *exam, struct sg_error *err);
bool sg_exam_pump_datagram_relay(struct sg_exam *exam);

/* path.c: what becomes of a datagram between two programs. */
void sg_exam_open_path(struct sg_exam *exam);
void sg_exam_close_path(struct sg_exam *exam);
void sg_exam_travel(struct sg_exam *exam, const struct sg_travel *travel);

#endif
