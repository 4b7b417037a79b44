/* SPDX-License-Identifier: MIT
 * The greeting. */
#include "common/greeting.h"

#include <string.h>
#include <unistd.h>

#include "common/stream.h"

void greet(int client)
{
    const char greeting[] = "Hello, and welcome.\n";
    /* Where the client is gone already there is nobody to greet, and nothing to be done about it. */
    if (send_all(client, greeting, strlen(greeting)) == 0)
        close_in_order(client);
    else
        close(client);
}
