/* SPDX-License-Identifier: MIT
 * Our end of a conversation in datagrams: each with where it came from. Never blocks. */
#ifndef SG_WIRE_DATAGRAM_H
#define SG_WIRE_DATAGRAM_H

#include "base/bytes.h"
#include "base/error.h"
#include "wire/address.h"
#include "wire/transcript.h"

struct sg_datagram {
    union sg_address from;
    union sg_address to; /* which of our addresses; AF_UNSPEC where the kernel did not say */
    struct sg_bytes bytes;
};

struct sg_datagram_end {
    int fd;              /* -1: closed */
    int number;          /* in the transcript: 1… */
    const char *peer;    /* who of ours it belongs to; borrowed */
    const char *program; /* who is at the other end; borrowed */
    struct sg_transcript *transcript;
    union sg_address local;
    struct sg_datagram *received; /* in their order */
    size_t received_count;
    size_t taken;        /* how many of them expectations have used up */
    struct sg_bytes out; /* all that was sent, end to end … */
    size_t last_out;     /* … the last one from here on */
    size_t sent_count;
    size_t sent_empty;     /* of those, the empty ones */
    struct sg_bytes in;    /* all that came, end to end */
    bool answered_refused; /* the last send met a closed port (ECONNREFUSED) */
};

/* Binds a socket to `local` (port 0: any). SO_REUSEADDR is never set: a second socket of the
 * program's on the same port would take our datagrams. */
int sg_datagram_open(struct sg_datagram_end *end, const union sg_address *local, int number,
                     struct sg_error *err);
/* Sends one datagram, as an answer does: from the address that the last one from there was sent to.
 * What the kernel refuses (no such port) is no error. */
void sg_datagram_send(struct sg_datagram_end *end, const union sg_address *to,
                      struct sg_slice bytes);
bool sg_datagram_read(struct sg_datagram_end *end); /* true where anything came */
/* The last datagram that came is the same as the one before it, from the same place: sent again. */
bool sg_datagram_is_repeated(const struct sg_datagram_end *end);
/* The next datagram that no expectation has used, or NULL. */
const struct sg_datagram *sg_datagram_next(const struct sg_datagram_end *end);
/* Makes the first one of these bytes that no expectation has used the next; false where there is
 * none. */
bool sg_datagram_prefer(struct sg_datagram_end *end, struct sg_slice bytes);
void sg_datagram_close(struct sg_datagram_end *end);
void sg_datagram_done(struct sg_datagram_end *end);

#endif
