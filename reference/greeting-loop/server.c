/* SPDX-License-Identifier: MIT
 * Greeting server: greets each client as soon as it has connected, and goes on to the next.
 *
 * server HOST PORT */
#include <stdio.h>

#include "common/greeting.h"
#include "common/stream.h"

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    int listener = listen_on(argv[1], argv[2]);
    for (;;)
        greet(accept_client(listener));
}
