/* SPDX-License-Identifier: MIT
 * Frames over a stream. */
#include "common/frame.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/types.h>

#include "common/stream.h"

/* Receives until all `size` bytes are there. Returns how many came before the stream ended. */
static size_t receive_all(int fd, void *room, size_t size)
{
    char *bytes = room;
    size_t length = 0;
    while (length < size) {
        ssize_t received = receive(fd, bytes + length, size - length);
        if (received <= 0)
            break;
        length += (size_t)received;
    }
    return length;
}

enum frame_status receive_frame(int fd, char **buffer, uint32_t *ret_length)
{
    uint32_t header;
    size_t received = receive_all(fd, &header, sizeof header);
    if (received == 0)
        return FRAME_NONE;
    if (received < sizeof header)
        return FRAME_CUT;
    uint32_t length = ntohl(header);
    if (length > LONGEST_FRAME)
        return FRAME_TOO_LONG;
    char *grown = realloc(*buffer, length ? length : 1);
    if (!grown)
        fail("realloc");
    *buffer = grown;
    *ret_length = length;
    return receive_all(fd, grown, length) == length ? FRAME_WHOLE : FRAME_CUT;
}

int send_frame(int fd, const void *bytes, uint32_t length)
{
    uint32_t header = htonl(length);
    if (send_all(fd, &header, sizeof header) < 0)
        return -1;
    return send_all(fd, bytes, length);
}
