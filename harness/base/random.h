/* SPDX-License-Identifier: MIT
 * Repeatable chance: a stream of numbers that follows from a seed and names, and from nothing
 * else. */
#ifndef SG_BASE_RANDOM_H
#define SG_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct sg_random {
    uint64_t state[4];
};

/* Equal seeds and equal names (ended by NULL) give equal streams; names are told apart, so that
 * {"ab", "c"} and {"a", "bc"} differ. */
void sg_random_init(struct sg_random *random, uint64_t seed, const char *const *names);
uint64_t sg_random_next(struct sg_random *random);
/* 0 to `bound` - 1, each as likely; `bound` is at least 1. */
uint64_t sg_random_below(struct sg_random *random, uint64_t bound);
/* 64 bits that follow from the bytes (FNV-1a); for names and file contents, not for secrets. */
uint64_t sg_hash(uint64_t start, const void *data, size_t length);
#define SG_HASH_START UINT64_C(0xcbf29ce484222325)

#endif
