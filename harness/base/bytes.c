/* SPDX-License-Identifier: MIT
 * Growing bytes, borrowed slices, and allocation that cannot fail. */
#include "base/bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

void *sg_alloc(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory)
        sg_out_of_memory();
    return memory;
}

void *sg_realloc_array(void *old, size_t count, size_t size)
{
    void *memory = reallocarray(old, count ? count : 1, size);
    if (!memory)
        sg_out_of_memory();
    return memory;
}

void *sg_grow_array(void *old, size_t count, size_t size)
{
    bool full = (count & (count - 1)) == 0; /* of as many as a power of two, or of none */
    return full ? sg_realloc_array(old, count ? 2 * count : 1, size) : old;
}

char *sg_strdup(const char *text)
{
    char *copy = strdup(text);
    if (!copy)
        sg_out_of_memory();
    return copy;
}

char *sg_printf(const char *format, ...)
{
    struct sg_bytes text = {0};
    va_list args;
    va_start(args, format);
    sg_bytes_vprintf(&text, format, args);
    va_end(args);
    return sg_bytes_take_text(&text);
}

void sg_free_pointer(void *pointer)
{
    free(*(void **)pointer);
}

void sg_bytes_done(struct sg_bytes *bytes)
{
    if (!bytes)
        return;
    free(bytes->data);
    *bytes = (struct sg_bytes){0};
}

void sg_bytes_clear(struct sg_bytes *bytes)
{
    bytes->length = 0;
    if (bytes->data)
        bytes->data[0] = 0;
}

uint8_t *sg_bytes_reserve(struct sg_bytes *bytes, size_t more)
{
    size_t wanted = bytes->length + more + 1;
    if (wanted > bytes->capacity) {
        size_t capacity = bytes->capacity ? bytes->capacity : 64;
        while (capacity < wanted)
            capacity *= 2;
        bytes->data = sg_realloc_array(bytes->data, capacity, 1);
        bytes->capacity = capacity;
    }
    return bytes->data + bytes->length;
}

void sg_bytes_add(struct sg_bytes *bytes, const void *data, size_t length)
{
    uint8_t *room = sg_bytes_reserve(bytes, length);
    if (length)
        memcpy(room, data, length);
    bytes->length += length;
    bytes->data[bytes->length] = 0;
}

void sg_bytes_add_byte(struct sg_bytes *bytes, uint8_t byte)
{
    sg_bytes_add(bytes, &byte, 1);
}

void sg_bytes_add_text(struct sg_bytes *bytes, const char *text)
{
    sg_bytes_add(bytes, text, strlen(text));
}

void sg_bytes_vprintf(struct sg_bytes *bytes, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    if (length > 0) {
        char *room = (char *)sg_bytes_reserve(bytes, (size_t)length);
        (void)vsnprintf(room, (size_t)length + 1, format, again);
        bytes->length += (size_t)length;
    }
    va_end(again);
}

void sg_bytes_printf(struct sg_bytes *bytes, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    sg_bytes_vprintf(bytes, format, args);
    va_end(args);
}

void sg_bytes_drop(struct sg_bytes *bytes, size_t count)
{
    if (count >= bytes->length) {
        sg_bytes_clear(bytes);
        return;
    }
    memmove(bytes->data, bytes->data + count, bytes->length - count);
    bytes->length -= count;
    bytes->data[bytes->length] = 0;
}

const char *sg_bytes_text(const struct sg_bytes *bytes)
{
    return bytes->data ? (const char *)bytes->data : "";
}

char *sg_bytes_take_text(struct sg_bytes *bytes)
{
    (void)sg_bytes_reserve(bytes, 0);
    bytes->data[bytes->length] = 0;
    char *text = (char *)bytes->data;
    *bytes = (struct sg_bytes){0};
    return text;
}

struct sg_slice sg_bytes_slice(const struct sg_bytes *bytes)
{
    return (struct sg_slice){bytes->data, bytes->length};
}

struct sg_slice sg_slice_text(const char *text)
{
    return (struct sg_slice){(const uint8_t *)text, strlen(text)};
}

bool sg_slice_equal(struct sg_slice a, struct sg_slice b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

size_t sg_slice_find(struct sg_slice hay, struct sg_slice needle)
{
    if (needle.length == 0)
        return 0;
    if (hay.length < needle.length)
        return SIZE_MAX;
    const uint8_t *at = memmem(hay.data, hay.length, needle.data, needle.length);
    return at ? (size_t)(at - hay.data) : SIZE_MAX;
}

size_t sg_slice_common(struct sg_slice a, struct sg_slice b)
{
    size_t most = a.length < b.length ? a.length : b.length;
    size_t equal = 0;
    while (equal < most && a.data[equal] == b.data[equal])
        equal++;
    return equal;
}

struct sg_slice sg_slice_skip(struct sg_slice slice, size_t count)
{
    if (count > slice.length)
        count = slice.length;
    if (count == 0)
        return slice;
    return (struct sg_slice){slice.data + count, slice.length - count};
}

struct sg_slice sg_slice_first(struct sg_slice slice, size_t count)
{
    return (struct sg_slice){slice.data, count < slice.length ? count : slice.length};
}
