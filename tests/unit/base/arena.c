/* SPDX-License-Identifier: MIT
 * Memory that is freed all at once. */
#include "base/arena.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "base/table.h"

Test(arena, gives_zeroed_memory_that_is_aligned_for_anything)
{
    static const size_t sizes[] = {0, 1, 7, 16, 1000, 16 * 1024, 100 * 1024};
    struct sg_arena arena = {0};
    for (size_t i = 0; i < SG_COUNT(sizes); i++) {
        uint8_t *memory = sg_arena_alloc(&arena, sizes[i]);
        cr_expect_eq((uintptr_t)memory % _Alignof(max_align_t), 0, "%zu bytes", sizes[i]);
        for (size_t at = 0; at < sizes[i]; at++)
            cr_assert_eq(memory[at], 0, "byte %zu of %zu", at, sizes[i]);
        memset(memory, 0xff, sizes[i]); /* a sanitizer would see it if it were not ours */
    }
    sg_arena_done(&arena);
    cr_expect_null(arena.newest);
}

Test(arena, copies_end_with_a_zero_byte_that_does_not_count)
{
    struct sg_arena arena = {0};
    const char *copy = sg_arena_copy(&arena, "a\0b", 3);
    cr_expect_arr_eq(copy, "a\0b", 4);
    cr_expect_str_eq(sg_arena_copy(&arena, NULL, 0), "");
    cr_expect_str_eq(sg_arena_strdup(&arena, "text"), "text");
    cr_expect_str_eq(sg_arena_printf(&arena, "%s-%d", "case", 7), "case-7");
    sg_arena_done(&arena);
}

Test(arena, arrays_grow_and_keep_what_they_hold)
{
    struct sg_arena arena = {0};
    int *items = NULL;
    size_t count = 0;
    for (int i = 0; i < 1000; i++)
        *(int *)sg_arena_push(&arena, (void **)&items, &count, sizeof *items) = i;
    cr_assert_eq(count, 1000);
    for (int i = 0; i < 1000; i++)
        cr_assert_eq(items[i], i);
    sg_arena_done(&arena);
}

Test(arena, an_arena_that_holds_nothing_can_be_freed)
{
    struct sg_arena arena = {0};
    sg_arena_done(&arena);
    sg_arena_done(NULL);
}
