/* SPDX-License-Identifier: MIT
 * Addresses of the net 127.64/10, which no machine uses, and ports above the ephemeral ones. */
#include "wire/mapping.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file.h"

enum {
    FIRST_HOST = 0x7f400000, /* 127.64.0.0 */
    HOSTS = 1 << 22,
    MOST_TRIES = 4096,
    FIRST_FREE_PORT = 1024,
    RAISED_BY = 64000,
    WAITING = 256, /* who may wait for a turn */
};

/* A name in the abstract namespace of local sockets belongs to one at a time, and goes with its
 * owner. */
static socklen_t name_lock(const char *kind, uint32_t number, struct sockaddr_un *ret)
{
    *ret = (struct sockaddr_un){.sun_family = AF_UNIX};
    int length =
        snprintf(ret->sun_path + 1, sizeof ret->sun_path - 1, "sockgrade/%s%08x", kind, number);
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);
}

static socklen_t name_host(uint32_t host, struct sockaddr_un *ret)
{
    return name_lock("", host, ret);
}

static bool lock_host(int fd, uint32_t host)
{
    struct sockaddr_un name;
    socklen_t size = name_host(host, &name);
    return bind(fd, (const struct sockaddr *)&name, size) == 0;
}

int sg_mapping_take(struct sg_mapping *mapping, uint64_t number, struct sg_error *err)
{
    *mapping = (struct sg_mapping){.lock = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    if (mapping->lock < 0)
        return sg_fail_os(err, "create a socket");
    for (uint32_t i = 0; i < MOST_TRIES; i++) {
        uint32_t host = FIRST_HOST + (uint32_t)((number + i) % HOSTS);
        if (!lock_host(mapping->lock, host))
            continue;
        mapping->on = true;
        mapping->host = sg_address_loopback(AF_INET, 0);
        mapping->host.v4.sin_addr.s_addr = htonl(host);
        return 0;
    }
    sg_mapping_release(mapping);
    return sg_fail_machine(err, "no loopback address is free");
}

/* Returns when the owner of the name has let go of it: then a connection to it ends. */
static void await_turn(uint32_t host)
{
    char nothing;
    struct sockaddr_un name;
    socklen_t size = name_host(host, &name);
    sg_autoclose int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&name, size) == 0)
        (void)!read(fd, &nothing, 1);
}

int sg_mapping_take_turn(struct sg_mapping *mapping, bool shared, struct sg_error *err)
{
    *mapping = (struct sg_mapping){.lock = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (mapping->lock < 0)
        return sg_fail_os(err, "create a socket");
    while (!shared && !lock_host(mapping->lock, INADDR_LOOPBACK))
        await_turn(INADDR_LOOPBACK);
    if (!shared && listen(mapping->lock, WAITING) < 0)
        return sg_fail_os(err, "let others wait for their turn");
    mapping->on = true;
    mapping->host = sg_address_loopback(AF_INET, 0);
    return 0;
}

static bool is_free(const struct sg_mapping *mapping, uint16_t port)
{
    union sg_address address = mapping->host;
    sg_address_set_port(&address, port);
    sg_autoclose int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return fd >= 0 && bind(fd, &address.any, sizeof address.v4) == 0;
}

/* The lock is asked first: to ask the port itself takes it for a moment from who has the lock. */
int sg_mapping_take_port(struct sg_mapping *mapping, uint16_t *port, struct sg_error *err)
{
    if (mapping->port_count == SG_MAPPING_MOST_PORTS)
        return sg_fail(err, "a case has %d ports at most", SG_MAPPING_MOST_PORTS);
    for (uint32_t i = 0; i < MOST_TRIES; i++, ++*port) {
        struct sockaddr_un owner;
        socklen_t size = name_lock("port/", *port, &owner);
        sg_autoclose int lock = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (lock < 0)
            return sg_fail_os(err, "create a socket");
        if (bind(lock, (const struct sockaddr *)&owner, size) < 0 || !is_free(mapping, *port))
            continue;
        mapping->port_locks[mapping->port_count++] = sg_take_fd(&lock);
        return 0;
    }
    return sg_fail_machine(err, "no port is free");
}

void sg_mapping_release(struct sg_mapping *mapping)
{
    while (mapping->port_count)
        (void)close(mapping->port_locks[--mapping->port_count]);
    if (mapping->lock >= 0)
        (void)close(mapping->lock);
    *mapping = (struct sg_mapping){.lock = -1};
}

union sg_address sg_mapping_lead(const struct sg_mapping *mapping, const union sg_address *wanted)
{
    if (!mapping->on)
        return *wanted;
    uint16_t port = sg_address_port(wanted);
    if (port && port < FIRST_FREE_PORT)
        port = (uint16_t)(port + RAISED_BY);
    union sg_address led = mapping->host;
    if (wanted->any.sa_family == AF_INET6)
        led = sg_address_mapped(&led);
    sg_address_set_port(&led, port);
    return led;
}

uint16_t sg_mapping_port(const struct sg_mapping *mapping, uint16_t port)
{
    return mapping->on && port > RAISED_BY ? (uint16_t)(port - RAISED_BY) : port;
}
