/* SPDX-License-Identifier: MIT
 * The Caesar protocol's codec. */
#include "caesar/cipher.h"

enum { LETTERS = 26 };

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int caesar_shift(const char header[CAESAR_HEADER_BYTES])
{
    if (!is_digit(header[1]) || !is_digit(header[2]))
        return 0;
    int places = ((header[1] - '0') * 10 + (header[2] - '0')) % LETTERS;
    return header[0] == 'd' ? (LETTERS - places) % LETTERS : places;
}

void caesar_translate(char *text, size_t length, int shift)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] >= 'a' && text[i] <= 'z')
            text[i] = (char)('a' + (text[i] - 'a' + shift) % LETTERS);
    }
}
