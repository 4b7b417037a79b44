/* SPDX-License-Identifier: MIT
 * Record server: answers each line with the number of bytes of its body, or with what is wrong with it, and
 * goes on with the next line until the client ends its stream.
 *
 * server HOST PORT */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/stream.h"
#include "record/record.h"

enum { LONGEST = 1 << 20 };

static char bytes
    [LONGEST]; /* what has come and is not answered: perhaps lines, then the beginning of one */

/* Returns 0, or -1 where the client is gone. */
static int answer(int client, const char *line, size_t length)
{
    char text[100];
    const char *why;
    long body = record_body_length(line, length, &why);
    int written = body < 0 ? snprintf(text, sizeof text, "ERR %s\n", why)
                           : snprintf(text, sizeof text, "OK %ld\n", body);
    return send_all(client, text, (size_t)written);
}

static void serve(int client)
{
    size_t length = 0;
    while (length < sizeof bytes) { /* a longer line is none of ours */
        ssize_t received = receive(client, bytes + length, sizeof bytes - length);
        if (received <= 0)
            break; /* the client has ended its stream, or is gone */
        length += (size_t)received;
        char *line = bytes, *end;
        while ((end = memchr(line, '\n', length))) {
            if (answer(client, line, (size_t)(end - line)) < 0)
                break;
            length -= (size_t)(end + 1 - line);
            line = end + 1;
        }
        if (end)
            break;
        memmove(bytes, line, length); /* the beginning of a line waits for its rest */
    }
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
