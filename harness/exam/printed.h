/* SPDX-License-Identifier: MIT
 * Facts in what a program printed: each is looked for as programs of many languages write it. */
#ifndef SG_EXAM_PRINTED_H
#define SG_EXAM_PRINTED_H

#include "diagnose/evidence.h"

/* printed_bytes.c: finds `bytes` as a language shows bytes (`0x2b 0x67`, `2b67`, `b'+g'`) at or
 * behind *from, and moves it behind them. */
bool sg_printed_shows(struct sg_slice output, struct sg_slice bytes, size_t *from);
/* The number of the first two bytes shown that are shown again the other way round; -1: there are
 * none. */
int sg_printed_both_orders(struct sg_slice output);

/* printed_numbers.c: the next number that stands alone (no part of a word, a version, an address)
 * at or behind *from, which moves behind it; its digits are at *ret_at. False where there is
 * none. */
bool sg_printed_number(struct sg_slice text, size_t *from, size_t *ret_at, int64_t *ret);

/* printed_ports.c: which ports are named by lines of `output`. `open` and `ret_named` have a place
 * for each of 65,536 ports; `open` tells where somebody listens. */
struct sg_printed_ports {
    bool *named;
    bool crowded;          /* a line names several open ports, of which one counts */
    struct sg_slice again; /* the first line of an open port that came more than once, … */
    size_t lines;          /* … how often: 0: none did */
};
void sg_printed_ports(struct sg_slice output, struct sg_range among, const bool *open,
                      struct sg_printed_ports *ret);

/* printed_replies.c: whether so many lines of a ping are alike as there are replies; else
 * *ret_lines is how many seem to tell of one. */
bool sg_printed_replies(struct sg_slice output, size_t wanted, size_t *ret_lines);

/* printed_segments.c: whether the first `wanted` of these segments are told of, and no other
 * packet; `ret` says what is wrong. */
bool sg_printed_segments(struct sg_slice output, const struct sg_segment_sent *segments,
                         size_t count, size_t wanted, struct sg_printed_evidence *ret);

/* printed_results.c: compares the results of a look-up with those that the reference printed; false
 * where they differ, and `ret` says how. */
bool sg_printed_results(struct sg_slice output, struct sg_slice reference,
                        struct sg_printed_evidence *ret);

/* printed.c: the answer in a program's output. */
bool sg_printed_holds(struct sg_slice output, struct sg_slice answer);

#endif
