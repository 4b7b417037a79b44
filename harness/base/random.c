/* SPDX-License-Identifier: MIT
 * xoshiro256** (Blackman and Vigna, public domain), its state spread from a hash by SplitMix64. */
#include "base/random.h"

#include <string.h>

uint64_t sg_hash(uint64_t start, const void *data, size_t length)
{
    const uint8_t *bytes = data;
    for (size_t i = 0; i < length; i++) {
        start ^= bytes[i];
        start *= UINT64_C(0x100000001b3);
    }
    return start;
}

static uint64_t split_mix(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

void sg_random_init(struct sg_random *random, uint64_t seed, const char *const *names)
{
    uint64_t mixed = sg_hash(SG_HASH_START, &seed, sizeof seed);
    for (; *names; names++)
        mixed = sg_hash(mixed, *names, strlen(*names) + 1);
    for (size_t i = 0; i < 4; i++)
        random->state[i] = split_mix(&mixed);
}

static uint64_t rotate(uint64_t value, int by)
{
    return (value << by) | (value >> (64 - by));
}

uint64_t sg_random_next(struct sg_random *random)
{
    uint64_t *s = random->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

uint64_t sg_random_below(struct sg_random *random, uint64_t bound)
{
    /* Numbers in the last, incomplete run of `bound` are drawn again: no value is favoured. */
    uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    uint64_t value;
    do
        value = sg_random_next(random);
    while (value >= limit);
    return value % bound;
}
