/* SPDX-License-Identifier: MIT
 * The inside of a case's own network namespace: the loopback device, addresses made local. */
#ifndef SG_WIRE_NETWORK_H
#define SG_WIRE_NETWORK_H

#include <sys/types.h>

#include "base/error.h"
#include "wire/address.h"

/* Brings a fresh namespace (entered before) to life: lo up with 127/8 and ::1, every port open to
 * ordinary users. */
int sg_network_raise(struct sg_error *err);

/* Lets this group make sockets for pings (SOCK_DGRAM with IPPROTO_ICMP). */
int sg_network_allow_ping(gid_t group, struct sg_error *err);

/* Makes the send buffers of TCP sockets that are created from now on hold 4 KiB. */
int sg_network_shrink_buffers(struct sg_error *err);

/* Makes `address` one of this machine's own, on lo. An address that already is, is no error. */
int sg_network_add_address(const union sg_address *address, struct sg_error *err);

#endif
