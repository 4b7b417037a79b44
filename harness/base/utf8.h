/* SPDX-License-Identifier: MIT
 * UTF-8: is it, and how to show bytes that may be anything. */
#ifndef SG_BASE_UTF8_H
#define SG_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sg_bytes;
struct sg_slice;

/* The length of the well-formed sequence at `data` (1 to 4), or 0. *ret_point is its code point. */
size_t sg_utf8_next(const uint8_t *data, size_t length, uint32_t *ret_point);
bool sg_utf8_valid(const uint8_t *data, size_t length);
/* Whether a terminal would obey it, hide it or let it reorder others: no character to show as it
 * is. */
bool sg_utf8_unsafe(uint32_t point);
/* How many columns `text` takes in a terminal, as far as that can be known without its fonts. */
size_t sg_utf8_width(const char *text);

/* Appends `data` as readable text: printable characters as they are, the rest as \r \n \t \0 \xff,
 * a backslash doubled. What comes out holds no control character, no bidirectional control and no
 * ill-formed sequence, whatever went in. */
void sg_show(struct sg_bytes *out, const uint8_t *data, size_t length);
/* The same for text of a program that should keep its line breaks and tabs. */
void sg_show_lines(struct sg_bytes *out, const uint8_t *data, size_t length);

#endif
