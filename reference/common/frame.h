/* SPDX-License-Identifier: MIT
 * Frames: a length in four bytes, the most significant first, and so many bytes. */
#ifndef REFERENCE_FRAME_H
#define REFERENCE_FRAME_H

#include <stddef.h>
#include <stdint.h>

enum { LONGEST_FRAME = 16 << 20 };

enum frame_status {
    FRAME_WHOLE,
    FRAME_NONE,     /* the stream ended where a frame could have begun */
    FRAME_CUT,      /* the stream, or the connection, ended within a frame */
    FRAME_TOO_LONG, /* its length is more than LONGEST_FRAME */
};

/* Receives the next frame into *buffer, which is a pointer from malloc() or NULL and grows as it must;
 * *ret_length is the number of bytes behind the length. */
enum frame_status receive_frame(int fd, char **buffer, uint32_t *ret_length);

/* Sends `length` bytes as a frame. Returns 0, or -1 where the other side is gone. */
int send_frame(int fd, const void *bytes, uint32_t length);

#endif
