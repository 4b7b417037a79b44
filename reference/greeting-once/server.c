/* SPDX-License-Identifier: MIT
 * Greeting server for one client: greets it as soon as it has connected, and ends.
 *
 * server HOST PORT */
#include <stdio.h>
#include <unistd.h>

#include "common/greeting.h"
#include "common/stream.h"

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    int listener = listen_on(argv[1], argv[2]);
    greet(accept_client(listener));
    close(listener);
    return 0;
}
