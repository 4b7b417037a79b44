/* SPDX-License-Identifier: MIT
 * Client of the echo of frames: sends a message as one frame, reads one frame, prints what it holds.
 *
 * client HOST PORT MESSAGE */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/frame.h"
#include "common/stream.h"

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s HOST PORT MESSAGE\n", argv[0]);
        return 2;
    }
    size_t length = strlen(argv[3]);
    if (length > LONGEST_FRAME)
        fail("the message is too long");
    int fd = connect_to(argv[1], argv[2]);
    if (send_frame(fd, argv[3], (uint32_t)length) < 0)
        fail("send");
    char *answer = NULL;
    uint32_t answer_length;
    if (receive_frame(fd, &answer, &answer_length) != FRAME_WHOLE) {
        errno = 0;
        fail("no whole frame came back");
    }
    print_all(answer, answer_length);
    print_all("\n", 1);
    free(answer);
    close(fd);
    return 0;
}
