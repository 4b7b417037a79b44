/* SPDX-License-Identifier: MIT
 * A loopback address of a case's own, where it has no network of its own: whatever address a
 * program binds or connects to is led there. So servers with the same fixed port do not meet, and
 * no program reaches beyond the machine. */
#ifndef SG_WIRE_MAPPING_H
#define SG_WIRE_MAPPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "wire/address.h"

enum { SG_MAPPING_MOST_PORTS = 2 };

struct sg_mapping {
    bool on;
    union sg_address host; /* 127.a.b.c, without a port */
    int lock;              /* a descriptor that keeps others from it; -1: none */
    int port_locks[SG_MAPPING_MOST_PORTS];
    size_t port_count;
};

/* Takes the address that follows from `number`, or the next one that no other process has taken. It
 * must be let go of with sg_mapping_release. */
int sg_mapping_take(struct sg_mapping *mapping, uint64_t number, struct sg_error *err);
/* Takes 127.0.0.1 itself, for programs that cannot be led anywhere, when whoever has it has let go
 * of it: one case at a time on the whole machine. `shared`: whoever has it is our parent, who waits
 * for us. */
int sg_mapping_take_turn(struct sg_mapping *mapping, bool shared, struct sg_error *err);
/* Takes the port, or the next one that nobody uses and no other of us has taken, whatever its host:
 * who binds a port of every address meets those who bind it of one. Until sg_mapping_release. */
int sg_mapping_take_port(struct sg_mapping *mapping, uint16_t *port, struct sg_error *err);
void sg_mapping_release(struct sg_mapping *mapping);
/* Where a program that names `wanted` is led: the host, and the port, which is another one where an
 * ordinary user may not bind it. As IPv4, or inside an IPv6 address where `wanted` is one. The same
 * address where the mapping is off. */
union sg_address sg_mapping_lead(const struct sg_mapping *mapping, const union sg_address *wanted);
/* The port that led to `port`. */
uint16_t sg_mapping_port(const struct sg_mapping *mapping, uint16_t port);

#endif
