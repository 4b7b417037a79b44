/* SPDX-License-Identifier: MIT
 * A link from the case's network, where it is called eth0, to other machines, which are all played
 * by us: what programs send there comes to us as frames, and what we send comes to them as from
 * elsewhere.
 *
 * It is a pair of virtual devices, of which one is moved into the case's network namespace; the
 * other stays in a namespace that nobody has but our socket. Nothing asks for addresses on it (no
 * ARP, no IPv6), so that there is no frame that was not made on purpose.
 *
 * A frame is on its way for a moment, and on a loaded machine for longer. When it has arrived is
 * known from the kernel: a witness, our own packet socket in the case's network, is handed each
 * packet of IPv4 after everybody else; and the device counts what programs have sent. */
#ifndef SG_WIRE_LINK_H
#define SG_WIRE_LINK_H

#include "base/error.h"
#include "wire/frame.h"

#define SG_LINK_NAME "eth0"

struct sg_link {
    int fd;              /* our end of it; -1: there is no link */
    int witness;         /* -1: none */
    struct sg_macs macs; /* of frames from us */
    uint64_t sent;       /* packets of IPv4 that we have sent … */
    uint64_t witnessed;  /* … and that have arrived */
    uint64_t received;   /* frames that came to us */
    uint64_t came_ns;    /* when the last one had come, by CLOCK_REALTIME; 0: not known */
};

/* Makes the link in the network namespace of the calling process, which has one thread and may make
 * namespaces; eth0 gets the address `own`, in a network of 256. */
int sg_link_open(struct sg_link *link, struct in_addr own, struct sg_error *err);
void sg_link_close(struct sg_link *link); /* takes a closed one */

/* Sends a packet to the case's network; false where the kernel refused it. */
bool sg_link_send(struct sg_link *link, const struct sg_packet *packet);
/* The same of a whole frame that holds none. */
bool sg_link_send_frame(struct sg_link *link, struct sg_slice frame);
/* Programs' sockets for packets, and raw ones of IPv4, in the network of the calling process. False
 * where the kernel does not tell. */
bool sg_link_count_sockets(const struct sg_link *link, size_t *ret_packet, size_t *ret_raw);

/* Reads the next frame into `room`, which is emptied first; false where there is none. */
bool sg_link_read(struct sg_link *link, struct sg_bytes *room);
/* How long the frame that was read last had lain there. */
uint64_t sg_link_age_ns(const struct sg_link *link);

/* Every packet that we sent has come to the sockets that get it. */
bool sg_link_has_delivered(struct sg_link *link);
/* Every frame that programs have sent has been read by us. Where the kernel does not tell,
 * false. */
bool sg_link_has_received(const struct sg_link *link);

#endif
