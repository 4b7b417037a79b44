/* SPDX-License-Identifier: MIT
 * Echo of one sentence: reads up to the first '.', sends the sentence back with its dot, closes.
 *
 * server HOST PORT */
#include <stdio.h>
#include <unistd.h>

#include "common/stream.h"

enum { LONGEST = 1 << 20 };

static char sentence[LONGEST];

static void serve(int client)
{
    ssize_t length = receive_until(client, '.', sentence, sizeof sentence);
    if (length > 0 && sentence[length - 1] == '.' &&
        send_all(client, sentence, (size_t)length) == 0)
        close_in_order(client);
    else
        close(client); /* no sentence, or nobody who wants it */
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
