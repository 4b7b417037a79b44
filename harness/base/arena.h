/* SPDX-License-Identifier: MIT
 * Memory that is freed all at once: a parsed document owns one arena and everything in it. */
#ifndef SG_BASE_ARENA_H
#define SG_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct sg_arena_block;

/* A zeroed struct is an empty arena. */
struct sg_arena {
    struct sg_arena_block *newest;
};

void sg_arena_done(struct sg_arena *arena);                /* takes NULL */
void *sg_arena_alloc(struct sg_arena *arena, size_t size); /* zeroed, aligned for anything */
char *sg_arena_copy(struct sg_arena *arena, const void *data, size_t length); /* ended by a NUL */
char *sg_arena_strdup(struct sg_arena *arena, const char *text);
char *sg_arena_printf(struct sg_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Grows an array in the arena: returns where element `*count` goes and counts it. `*items` moves
 * when it is full (the old place stays allocated until the arena is freed). */
void *sg_arena_push(struct sg_arena *arena, void **items, size_t *count, size_t size);

#endif
