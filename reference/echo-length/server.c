/* SPDX-License-Identifier: MIT
 * Echo of frames: sends each frame back whole, until the client ends its stream. A client that breaks
 * the protocol is let go, and the next one served.
 *
 * server HOST PORT */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/frame.h"
#include "common/stream.h"

static void serve(int client)
{
    char *frame = NULL;
    uint32_t length;
    while (receive_frame(client, &frame, &length) == FRAME_WHOLE) {
        if (send_frame(client, frame, length) < 0)
            break;
    }
    free(frame);
    close(client);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    int listener = listen_on(argv[1], argv[2]);
    for (;;)
        serve(accept_client(listener));
}
