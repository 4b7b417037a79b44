/* SPDX-License-Identifier: MIT
 * Caesar server: reads (d|e)(two-digit shift)(text). and answers with the translated text and its dot.
 *
 * server HOST PORT */
#include <stdio.h>
#include <unistd.h>

#include "caesar/cipher.h"
#include "common/stream.h"

enum { LONGEST = 1 << 20 };

static char request[LONGEST];

static void serve(int client)
{
    ssize_t length = receive_until(client, '.', request, sizeof request);
    if (length <= CAESAR_HEADER_BYTES || request[length - 1] != '.') {
        close(client); /* no whole request */
        return;
    }
    char *text = request + CAESAR_HEADER_BYTES;
    size_t text_length = (size_t)length - CAESAR_HEADER_BYTES;
    caesar_translate(text, text_length, caesar_shift(request));
    if (send_all(client, text, text_length) == 0)
        close_in_order(client);
    else
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
