/* SPDX-License-Identifier: MIT
 * Texts cut to a length. */
#include "post/cut.h"

#include "base/utf8.h"

static size_t character(struct sg_slice text, size_t at)
{
    uint32_t point;
    size_t step = sg_utf8_next(text.data + at, text.length - at, &point);
    return step ? step : 1;
}

size_t sg_cut_characters(struct sg_slice text, size_t most)
{
    size_t at = 0;
    for (; most && at < text.length; most--)
        at += character(text, at);
    return at;
}

size_t sg_cut_bytes(struct sg_slice text, size_t most)
{
    size_t at = 0;
    while (at < text.length && at + character(text, at) <= most)
        at += character(text, at);
    return at;
}
