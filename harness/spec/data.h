/* SPDX-License-Identifier: MIT
 * Payload made when a case runs: from its description, a seed, and what the peers have seen. */
#ifndef SG_SPEC_DATA_H
#define SG_SPEC_DATA_H

#include "base/error.h"
#include "spec/assignment.h"

struct sg_data_context {
    const struct sg_assignment *assignment;
    const struct sg_case *one;
    uint64_t seed;
    const char *submission; /* its name is part of the seed, so that payload cannot be shared */
    const char *actor;      /* the peer that acts; NULL: none does */
    const char *member;     /* inside `each`: the peer whose own data it is; else NULL */
    bool swaps_lengths;     /* frames have the least significant byte of their length first, and
                             * datagrams that of their number */
    bool low_lengths;       /* a frame with a byte of 0x80 or more in its length has as many zeroes
                             * behind its data as make that less */
    bool ascii;             /* '#' stands for each byte above 0x7f of what the spec describes */
    uint32_t first_number;  /* of the datagrams of a program that numbers them */
    /* What peer `name` has sent (or received) so far. NULL where no peers exist (spec show). */
    struct sg_slice (*peer_bytes)(void *state, const char *name, bool sent);
    void *peer_state;
};

/* Appends the bytes that `data` describes. Equal contexts give equal bytes. */
void sg_data_make(const struct sg_data_context *context, const struct sg_data *data,
                  struct sg_bytes *out);
/* Appends how a reader would say it: `3 words + "."`, "in 3 pieces", "64 KiB". */
void sg_data_describe(const struct sg_data *data, struct sg_bytes *out);
void sg_split_describe(const struct sg_split *split, struct sg_bytes *out);
void sg_size_describe(uint64_t size, struct sg_bytes *out);
/* Whether the texts in `data` (hex, alphabet) can be read. Blames the input. */
int sg_data_check(const struct sg_data *data, struct sg_error *err);

/* The length that the first bytes of a frame tell; 0 where they are not all there. */
uint32_t sg_frame_length(struct sg_slice frame);

/* The sizes of the segments that `split` cuts `message` into: appended to *sizes, which the caller
 * frees. They add up to the message; none is 0. */
void sg_split_sizes(const struct sg_split *split, struct sg_slice message, size_t **sizes,
                    size_t *count);

#endif
