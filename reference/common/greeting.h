/* SPDX-License-Identifier: MIT
 * What the two greeting servers say. */
#ifndef REFERENCE_GREETING_H
#define REFERENCE_GREETING_H

/* Greets a client, which need not have said anything, and closes the connection. */
void greet(int client);

#endif
