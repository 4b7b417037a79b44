/* SPDX-License-Identifier: MIT
 * Addresses of sockets. */
#include "wire/address.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

bool sg_address_is_local(const union sg_address *address)
{
    return address->any.sa_family == AF_UNIX;
}

socklen_t sg_address_length(const union sg_address *address)
{
    if (sg_address_is_local(address))
        return sizeof address->local;
    return address->any.sa_family == AF_INET6 ? sizeof address->v6 : sizeof address->v4;
}

uint16_t sg_address_port(const union sg_address *address)
{
    if (sg_address_is_local(address))
        return 0;
    return ntohs(address->any.sa_family == AF_INET6 ? address->v6.sin6_port : address->v4.sin_port);
}

void sg_address_set_port(union sg_address *address, uint16_t port)
{
    if (address->any.sa_family == AF_INET6)
        address->v6.sin6_port = htons(port);
    else
        address->v4.sin_port = htons(port);
}

union sg_address sg_address_wildcard(int family, uint16_t port)
{
    union sg_address address = {.room = {.ss_family = (sa_family_t)family}};
    sg_address_set_port(&address, port);
    return address;
}

union sg_address sg_address_loopback(int family, uint16_t port)
{
    union sg_address address = sg_address_wildcard(family, port);
    if (family == AF_INET6)
        address.v6.sin6_addr = in6addr_loopback;
    else
        address.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

const void *sg_address_bytes(const union sg_address *address, uint32_t *ret_length)
{
    if (address->any.sa_family == AF_INET6) {
        *ret_length = sizeof address->v6.sin6_addr;
        return &address->v6.sin6_addr;
    }
    *ret_length = sizeof address->v4.sin_addr;
    return &address->v4.sin_addr;
}

bool sg_address_is_wildcard(const union sg_address *address)
{
    static const uint8_t zeroes[16];
    uint32_t length;
    const void *bytes = sg_address_bytes(address, &length);
    return memcmp(bytes, zeroes, length) == 0;
}

union sg_address sg_address_unmapped(const union sg_address *address)
{
    if (address->any.sa_family != AF_INET6 || !IN6_IS_ADDR_V4MAPPED(&address->v6.sin6_addr))
        return *address;
    union sg_address plain = sg_address_wildcard(AF_INET, sg_address_port(address));
    memcpy(&plain.v4.sin_addr, address->v6.sin6_addr.s6_addr + 12, 4);
    return plain;
}

union sg_address sg_address_mapped(const union sg_address *address)
{
    union sg_address mapped = sg_address_wildcard(AF_INET6, sg_address_port(address));
    memset(mapped.v6.sin6_addr.s6_addr + 10, 0xff, 2);
    memcpy(mapped.v6.sin6_addr.s6_addr + 12, &address->v4.sin_addr, 4);
    return mapped;
}

bool sg_address_same_host(const union sg_address *a, const union sg_address *b)
{
    union sg_address left = sg_address_unmapped(a), right = sg_address_unmapped(b);
    uint32_t length, other_length;
    const void *bytes = sg_address_bytes(&left, &length);
    const void *other = sg_address_bytes(&right, &other_length);
    return length == other_length && memcmp(bytes, other, length) == 0;
}

bool sg_address_is_loopback(const union sg_address *address)
{
    union sg_address plain = sg_address_unmapped(address);
    if (plain.any.sa_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&plain.v6.sin6_addr);
    return ntohl(plain.v4.sin_addr.s_addr) >> 24 == 127;
}

const char *sg_address_print_host(const union sg_address *address, char room[SG_ADDRESS_TEXT])
{
    uint32_t length;
    if (sg_address_is_local(address)) {
        const char *name = address->local.sun_path;
        int most = sizeof address->local.sun_path;
        /* An abstract name begins with a zero byte. */
        (void)snprintf(room, SG_ADDRESS_TEXT, "%s%.*s", name[0] ? "" : "@",
                       name[0] ? most : most - 1, name[0] ? name : name + 1);
        return room;
    }
    const void *bytes = sg_address_bytes(address, &length);
    if (!inet_ntop(address->any.sa_family, bytes, room, SG_ADDRESS_TEXT))
        (void)snprintf(room, SG_ADDRESS_TEXT, "?");
    return room;
}

const char *sg_address_print(const union sg_address *address, char room[SG_ADDRESS_TEXT])
{
    char host[SG_ADDRESS_TEXT];
    if (sg_address_is_local(address))
        return sg_address_print_host(address, room);
    (void)sg_address_print_host(address, host);
    const char *form = address->any.sa_family == AF_INET6 ? "[%.46s]:%u" : "%.46s:%u";
    (void)snprintf(room, SG_ADDRESS_TEXT, form, host, (unsigned)sg_address_port(address));
    return room;
}
