/* SPDX-License-Identifier: MIT
 * Repeatable chance. */
#include "base/random.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/table.h"

static struct sg_random start(uint64_t seed, const char *a, const char *b)
{
    struct sg_random random;
    const char *names[] = {a, b, NULL};
    sg_random_init(&random, seed, names);
    return random;
}

/* These values are what makes a failure of last year repeatable: they must never change. */
Test(random, the_stream_of_a_seed_is_fixed)
{
    static const uint64_t expected[] = {
        UINT64_C(0xb94a9a7cf4f73c03),
        UINT64_C(0x099546c47a6f8c26),
        UINT64_C(0x063e2e32093842e1),
        UINT64_C(0x96a4e390b75d53be),
    };
    struct sg_random random = start(1, "echo", "one-message");
    for (size_t i = 0; i < SG_COUNT(expected); i++)
        cr_expect_eq(sg_random_next(&random), expected[i], "number %zu", i);
}

Test(random, the_hash_is_fnv_1a)
{
    cr_expect_eq(sg_hash(SG_HASH_START, "", 0), UINT64_C(0xcbf29ce484222325));
    cr_expect_eq(sg_hash(SG_HASH_START, "a", 1), UINT64_C(0xaf63dc4c8601ec8c));
    cr_expect_eq(sg_hash(SG_HASH_START, "foobar", 6), UINT64_C(0x85944171f73967e8));
}

Test(random, seeds_and_names_tell_streams_apart)
{
    static const struct {
        const char *name;
        uint64_t seed;
        const char *a, *b;
    } rows[] = {
        {"another seed", 2, "ab", "c"},
        {"another name", 1, "ab", "d"},
        {"the same letters in other names", 1, "a", "bc"},
        {"an empty name", 1, "abc", ""},
    };
    struct sg_random random = start(1, "ab", "c");
    uint64_t first = sg_random_next(&random);
    struct sg_random again = start(1, "ab", "c");
    cr_expect_eq(sg_random_next(&again), first, "equal seeds and names give equal streams");
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_random other = start(rows[i].seed, rows[i].a, rows[i].b);
        cr_expect_neq(sg_random_next(&other), first, "%s", rows[i].name);
    }
}

Test(random, below_stays_below_and_reaches_every_value)
{
    static const uint64_t bounds[] = {1, 2, 3, 26, 256};
    struct sg_random random = start(7, "bounds", "");
    for (size_t b = 0; b < SG_COUNT(bounds); b++) {
        bool seen[256] = {false};
        for (int i = 0; i < 10000; i++) {
            uint64_t value = sg_random_below(&random, bounds[b]);
            cr_assert_lt(value, bounds[b]);
            seen[value] = true;
        }
        for (uint64_t value = 0; value < bounds[b]; value++)
            cr_expect(seen[value], "%d of %d", (int)value, (int)bounds[b]);
    }
}
