/* SPDX-License-Identifier: MIT
 * How many packets have been sent in this network namespace, and how many have been delivered.
 * Where the numbers are the same, none is on its way: each lies in a socket's queue, or was thrown
 * away. */
#ifndef SG_WIRE_PACKETS_H
#define SG_WIRE_PACKETS_H

#include <stdbool.h>
#include <stdint.h>

struct sg_packets {
    uint64_t sent;
    uint64_t delivered;
    /* Of those, the datagrams of UDP that a program has received, and those whose port nobody had
     * bound. */
    uint64_t taken, unclaimed;
};

/* Reads the counts, of IPv4 and IPv6 together; false where the kernel does not tell them. Counts a
 * whole namespace: they are the same only where nobody else uses it. */
bool sg_packets_read(struct sg_packets *ret);

#endif
