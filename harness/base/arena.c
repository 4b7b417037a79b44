/* SPDX-License-Identifier: MIT
 * An arena of blocks; a large request gets a block of its own. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

enum { BLOCK_BYTES = 16 * 1024 };

struct sg_arena_block {
    struct sg_arena_block *older;
    size_t used;
    size_t size;
    alignas(max_align_t) uint8_t data[];
};

void sg_arena_done(struct sg_arena *arena)
{
    if (!arena)
        return;
    struct sg_arena_block *block = arena->newest;
    while (block) {
        struct sg_arena_block *older = block->older;
        free(block);
        block = older;
    }
    arena->newest = NULL;
}

static struct sg_arena_block *add_block(struct sg_arena *arena, size_t least)
{
    size_t size = least > BLOCK_BYTES ? least : BLOCK_BYTES;
    struct sg_arena_block *block = sg_alloc(sizeof *block + size);
    block->size = size;
    block->older = arena->newest;
    arena->newest = block;
    return block;
}

void *sg_arena_alloc(struct sg_arena *arena, size_t size)
{
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct sg_arena_block *block = arena->newest;
    if (!block || block->size - block->used < size)
        block = add_block(arena, size);
    void *memory = block->data + block->used;
    block->used += size;
    return memory;
}

char *sg_arena_copy(struct sg_arena *arena, const void *data, size_t length)
{
    char *copy = sg_arena_alloc(arena, length + 1);
    if (length)
        memcpy(copy, data, length);
    return copy;
}

char *sg_arena_strdup(struct sg_arena *arena, const char *text)
{
    return sg_arena_copy(arena, text, strlen(text));
}

char *sg_arena_printf(struct sg_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        return sg_arena_strdup(arena, "");
    char *text = sg_arena_alloc(arena, (size_t)length + 1);
    va_start(args, format);
    (void)vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}

void *sg_arena_push(struct sg_arena *arena, void **items, size_t *count, size_t size)
{
    /* Capacities are the powers of two from 4 on; they follow from the count alone. */
    bool full = *count == 0 || (*count >= 4 && (*count & (*count - 1)) == 0);
    if (full) {
        size_t capacity = *count < 4 ? 4 : *count * 2;
        void *grown = sg_arena_alloc(arena, capacity * size);
        if (*count)
            memcpy(grown, *items, *count * size);
        *items = grown;
    }
    return (uint8_t *)*items + (*count)++ * size;
}
