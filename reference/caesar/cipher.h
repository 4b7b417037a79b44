/* SPDX-License-Identifier: MIT
 * The Caesar protocol's codec: what the server of that assignment does with a request. */
#ifndef CAESAR_CIPHER_H
#define CAESAR_CIPHER_H

#include <stddef.h>

enum { CAESAR_HEADER_BYTES = 3 };

/* The shift that the header of `request` (its first three bytes) asks for: to the right for `e`, to
 * the left for `d`; 0 where its two digits are none. The result is 0 to 25. */
int caesar_shift(const char header[CAESAR_HEADER_BYTES]);

/* Shifts each of the letters a to z by `shift` (0 to 25) places to the right, in place; every other
 * byte stays. */
void caesar_translate(char *text, size_t length, int shift);

#endif
