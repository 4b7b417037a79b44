/* SPDX-License-Identifier: MIT
 * What every reference program over UDP needs: a socket, and whole datagrams. */
#ifndef REFERENCE_DATAGRAM_H
#define REFERENCE_DATAGRAM_H

#include <sys/socket.h>
#include <sys/types.h>

/* The largest datagram over IPv4 has 65,507 bytes, over IPv6 65,527. */
enum { LARGEST_DATAGRAM = 65535 };

struct address {
    struct sockaddr_storage bytes;
    socklen_t length;
};

/* Each returns a socket, or ends the program with a message and status 1: one that receives what is sent
 * to HOST PORT, and one to send from to HOST PORT, whose address is stored in *ret. */
int bind_to(const char *host, const char *port);
int open_to(const char *host, const char *port, struct address *ret);

/* The next datagram and where it came from. Returns its length, which may be 0, or -1: an error, or the
 * time limit of the socket is over. An interrupted call is made again. */
ssize_t receive_datagram(int fd, void *room, size_t size, struct address *ret_from);

/* Sends one datagram. Returns 0, or -1: an error. */
int send_datagram(int fd, const void *bytes, size_t length, const struct address *to);

#endif
