/* SPDX-License-Identifier: MIT
 * What every reference program over TCP needs: a socket, all of a message sent, all of it received. */
#ifndef REFERENCE_STREAM_H
#define REFERENCE_STREAM_H

#include <stddef.h>
#include <sys/types.h>

struct addrinfo;

/* The addresses of HOST PORT for sockets of this type (SOCK_STREAM, SOCK_DGRAM); freeaddrinfo() frees
 * them. Ends the program with a message and status 1 where there are none. */
struct addrinfo *look_up(const char *host, const char *port, int type, int flags);

/* Each returns a socket, or ends the program with a message and status 1. */
int listen_on(const char *host, const char *port);
int connect_to(const char *host, const char *port);

/* The next client. A connection that was over before it could be accepted is passed over. */
int accept_client(int listener);

/* Sends all `length` bytes, however little each send() takes. Returns 0, or -1 where the other side is
 * gone. */
int send_all(int fd, const void *bytes, size_t length);

/* As recv(), and makes an interrupted call again. */
ssize_t receive(int fd, void *room, size_t size);

/* Receives up to and including the first byte `mark`, at most `size` bytes. Returns how many came; the
 * last is the mark unless the stream ended first, or the room. -1: an error. What may have come behind
 * the mark is read with it and thrown away. */
ssize_t receive_until(int fd, char mark, char *room, size_t size);

/* Ends our stream, waits a moment for the client to end its own, and closes. A close() with bytes still
 * unread, such as those behind an end mark, would reset the connection, and an answer that is still on
 * its way might be lost. */
void close_in_order(int fd);

/* Writes all of it to standard output, or ends the program with status 1. */
void print_all(const void *bytes, size_t length);

/* Ends the program with "NAME: what" on standard error and status 1; with what errno means, too, where
 * that is not 0. */
_Noreturn void fail(const char *what);

#endif
