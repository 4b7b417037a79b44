/* SPDX-License-Identifier: MIT
 * A listening socket of ours, for the student's client. */
#ifndef SG_WIRE_LISTENER_H
#define SG_WIRE_LISTENER_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "wire/address.h"
#include "wire/mapping.h"

struct sg_listener {
    int fd; /* -1: closed */
    uint16_t port;
};

/* Listens on `port` of every address of both families (of IPv4 alone where there is no IPv6), or
 * where `mapping` leads. `receive_buffer`: of the connections to come; 0: the system's own. */
int sg_listener_open(struct sg_listener *listener, const struct sg_mapping *mapping, uint16_t port,
                     size_t receive_buffer, struct sg_error *err);
/* Listens at this one address; `backlog` connections may wait, and one more. */
int sg_listener_open_at(struct sg_listener *listener, const union sg_address *at, int backlog,
                        struct sg_error *err);
/* Listens on the socket file `name` in the folder `directory`, in place of any that is there; every
 * user may connect. */
int sg_listener_open_local(struct sg_listener *listener, int directory, const char *name,
                           struct sg_error *err);
/* The next connection, or -1 where none waits. The caller owns it. */
int sg_listener_accept(struct sg_listener *listener);
void sg_listener_close(struct sg_listener *listener); /* takes a closed one */

#endif
