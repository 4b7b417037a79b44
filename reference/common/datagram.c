/* SPDX-License-Identifier: MIT
 * Sockets, and whole datagrams over them. */
#include "common/datagram.h"

#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <unistd.h>

#include "common/stream.h"

int bind_to(const char *host, const char *port)
{
    struct addrinfo *address = look_up(host, port, SOCK_DGRAM, AI_PASSIVE);
    int fd = socket(address->ai_family, SOCK_DGRAM, 0);
    if (fd < 0)
        fail("socket");
    if (bind(fd, address->ai_addr, address->ai_addrlen) < 0)
        fail("bind");
    freeaddrinfo(address);
    return fd;
}

int open_to(const char *host, const char *port, struct address *ret)
{
    struct addrinfo *address = look_up(host, port, SOCK_DGRAM, 0);
    int fd = socket(address->ai_family, SOCK_DGRAM, 0);
    if (fd < 0)
        fail("socket");
    memcpy(&ret->bytes, address->ai_addr, address->ai_addrlen);
    ret->length = address->ai_addrlen;
    freeaddrinfo(address);
    return fd;
}

ssize_t receive_datagram(int fd, void *room, size_t size, struct address *ret_from)
{
    ssize_t received;
    do {
        ret_from->length = sizeof ret_from->bytes;
        received =
            recvfrom(fd, room, size, 0, (struct sockaddr *)&ret_from->bytes, &ret_from->length);
    } while (received < 0 && errno == EINTR);
    return received;
}

int send_datagram(int fd, const void *bytes, size_t length, const struct address *to)
{
    ssize_t sent;
    do
        sent = sendto(fd, bytes, length, 0, (const struct sockaddr *)&to->bytes, to->length);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? -1 : 0;
}
