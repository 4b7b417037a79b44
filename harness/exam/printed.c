/* SPDX-License-Identifier: MIT
 * Finds an answer in what a program printed: real clients put words around it, print it in pieces,
 * or print it as their language shows bytes. */
#include "exam/printed.h"

#include <ctype.h>
#include <stdio.h>

#include "base/utf8.h"

enum { LEAST_PIECE = 8 };

/* Whether the answer stands in the output in order, in pieces of at least LEAST_PIECE bytes (the
 * last may be shorter). Each piece is taken as long as it can be. */
static bool holds_in_pieces(struct sg_slice output, struct sg_slice answer)
{
    while (answer.length) {
        struct sg_slice start = sg_slice_first(answer, LEAST_PIECE);
        size_t at = sg_slice_find(output, start);
        if (at == SIZE_MAX)
            return false;
        size_t equal = sg_slice_common(sg_slice_skip(output, at), answer);
        output = sg_slice_skip(output, at + equal);
        answer = sg_slice_skip(answer, equal);
    }
    return true;
}

/* The answer as Python prints a bytes object between its quotes; `quote` is escaped too. */
static void print_as_literal(struct sg_slice bytes, char quote, struct sg_bytes *out)
{
    for (size_t i = 0; i < bytes.length; i++) {
        uint8_t byte = bytes.data[i];
        if (byte == '\n')
            sg_bytes_add_text(out, "\\n");
        else if (byte == '\r')
            sg_bytes_add_text(out, "\\r");
        else if (byte == '\t')
            sg_bytes_add_text(out, "\\t");
        else if (byte == '\\' || (quote && byte == (uint8_t)quote))
            sg_bytes_printf(out, "\\%c", byte);
        else if (byte < 0x20 || byte >= 0x7f)
            sg_bytes_printf(out, "\\x%02x", byte);
        else
            sg_bytes_add_byte(out, byte);
    }
}

/* The answer as hexadecimal pairs with blanks between, as Node prints a Buffer. */
static void print_as_pairs(struct sg_slice bytes, struct sg_bytes *out)
{
    for (size_t i = 0; i < bytes.length; i++)
        sg_bytes_printf(out, "%s%02x", i ? " " : "", bytes.data[i]);
}

bool sg_printed_holds(struct sg_slice output, struct sg_slice answer)
{
    if (sg_slice_find(output, answer) != SIZE_MAX || holds_in_pieces(output, answer))
        return true;
    static const char quotes[] = {0, '\'', '"'};
    for (size_t i = 0; i < sizeof quotes; i++) {
        sg_autobytes struct sg_bytes literal = {0};
        print_as_literal(answer, quotes[i], &literal);
        if (holds_in_pieces(output, sg_bytes_slice(&literal)))
            return true;
    }
    sg_autobytes struct sg_bytes pairs = {0};
    print_as_pairs(answer, &pairs);
    return sg_slice_find(output, sg_bytes_slice(&pairs)) != SIZE_MAX;
}
