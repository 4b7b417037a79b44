/* SPDX-License-Identifier: MIT
 * Local sockets (AF_UNIX): streams between programs of one machine, with the name of a file for an address. */
#ifndef REFERENCE_LOCAL_H
#define REFERENCE_LOCAL_H

/* Each returns a socket, or ends the program with a message and status 1: one that listens at `path`, in place
 * of a socket file that an earlier run has left there, and one that is connected to who listens at `path`. */
int listen_at(const char *path);
int connect_at(const char *path);

#endif
