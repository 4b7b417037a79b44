/* SPDX-License-Identifier: MIT
 * Texts cut to a length, between two characters. */
#ifndef SG_POST_CUT_H
#define SG_POST_CUT_H

#include <stddef.h>

#include "base/bytes.h"

/* How many bytes of `text` are its first `most` characters, or fit in `most` bytes without cutting
 * a character; what is no UTF-8 counts byte by byte. */
size_t sg_cut_characters(struct sg_slice text, size_t most);
size_t sg_cut_bytes(struct sg_slice text, size_t most);

#endif
