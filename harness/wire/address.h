/* SPDX-License-Identifier: MIT
 * An internet address and port, IPv4 or IPv6, or the name of a local socket (AF_UNIX), which has no
 * port. */
#ifndef SG_WIRE_ADDRESS_H
#define SG_WIRE_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

union sg_address {
    struct sockaddr_storage
        room; /* the largest comes first: {0} is sure to clear the first alone */
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_un local;
};

socklen_t sg_address_length(const union sg_address *address);
uint16_t sg_address_port(const union sg_address *address); /* host byte order; local: 0 */
bool sg_address_is_local(const union sg_address *address);
void sg_address_set_port(union sg_address *address, uint16_t port);
union sg_address sg_address_loopback(int family, uint16_t port);
union sg_address sg_address_wildcard(int family, uint16_t port);
/* The bytes of the address without the port: 4 or 16, in network byte order. */
const void *sg_address_bytes(const union sg_address *address, uint32_t *ret_length);
bool sg_address_is_wildcard(const union sg_address *address);
bool sg_address_same_host(const union sg_address *a,
                          const union sg_address *b); /* whatever the port */
bool sg_address_is_loopback(const union sg_address *address);
/* An IPv4 address inside an IPv6 one (::ffff:a.b.c.d). */
union sg_address sg_address_mapped(const union sg_address *address);
/* An IPv4 address inside an IPv6 one (::ffff:a.b.c.d) as IPv4; any other as it is. */
union sg_address sg_address_unmapped(const union sg_address *address);
/* "127.0.0.1:5000", "[::1]:5000", "some.socket"; the host alone without the port. Into the caller's
 * room. */
enum { SG_ADDRESS_TEXT = sizeof(struct sockaddr_un) + 16 };
const char *sg_address_print(const union sg_address *address, char room[SG_ADDRESS_TEXT]);
const char *sg_address_print_host(const union sg_address *address, char room[SG_ADDRESS_TEXT]);

#endif
