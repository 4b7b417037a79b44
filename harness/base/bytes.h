/* SPDX-License-Identifier: MIT
 * A growing run of bytes: payload, and text under construction.
 *
 * `data` may hold any byte; a NUL that does not count is kept behind the last one, so that text can
 * be handed to functions that want a string. A zeroed struct is empty and valid. */
#ifndef SG_BASE_BYTES_H
#define SG_BASE_BYTES_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sg_bytes {
    uint8_t *data; /* NULL while empty */
    size_t length;
    size_t capacity;
};

/* A borrowed run of bytes. */
struct sg_slice {
    const uint8_t *data;
    size_t length;
};

void sg_bytes_done(struct sg_bytes *bytes); /* frees the contents; takes NULL */
void sg_bytes_clear(struct sg_bytes *bytes);
void sg_bytes_add(struct sg_bytes *bytes, const void *data, size_t length);
void sg_bytes_add_byte(struct sg_bytes *bytes, uint8_t byte);
void sg_bytes_add_text(struct sg_bytes *bytes, const char *text);
void sg_bytes_printf(struct sg_bytes *bytes, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void sg_bytes_vprintf(struct sg_bytes *bytes, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Makes room for `more` bytes behind the end and returns where they go. The caller adds what it
 * wrote to `length`. */
uint8_t *sg_bytes_reserve(struct sg_bytes *bytes, size_t more);

/* Forgets the first `count` bytes. */
void sg_bytes_drop(struct sg_bytes *bytes, size_t count);

/* The contents as a string: never NULL, ended by a NUL, owned by `bytes`. */
const char *sg_bytes_text(const struct sg_bytes *bytes);
/* Hands the contents over as a string that the caller frees, and leaves `bytes` empty. */
char *sg_bytes_take_text(struct sg_bytes *bytes);

struct sg_slice sg_bytes_slice(const struct sg_bytes *bytes);
struct sg_slice sg_slice_text(const char *text);
bool sg_slice_equal(struct sg_slice a, struct sg_slice b);
/* Where `needle` first occurs in `hay`, or SIZE_MAX. An empty needle occurs at 0. */
size_t sg_slice_find(struct sg_slice hay, struct sg_slice needle);
/* How many leading bytes are equal. */
size_t sg_slice_common(struct sg_slice a, struct sg_slice b);
/* `slice` without its first `count` bytes (all of them where it is shorter). */
struct sg_slice sg_slice_skip(struct sg_slice slice, size_t count);
/* The first `count` bytes of `slice` (all of them where it is shorter). */
struct sg_slice sg_slice_first(struct sg_slice slice, size_t count);

#define sg_autobytes __attribute__((cleanup(sg_bytes_done)))

/* malloc and friends that end the process when there is no memory. */
void *sg_alloc(size_t size); /* zeroed */
void *sg_realloc_array(void *old, size_t count, size_t size);
/* Room for one more behind `count` items, for an array that only this makes longer: it doubles, so
 * that a long one is not copied for each of its items. */
void *sg_grow_array(void *old, size_t count, size_t size);
char *sg_strdup(const char *text);
char *sg_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

void sg_free_pointer(void *pointer); /* for the cleanup attribute */
#define sg_autofree __attribute__((cleanup(sg_free_pointer)))

#endif
