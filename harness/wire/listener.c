/* SPDX-License-Identifier: MIT
 * A listening socket of ours. */
#include "wire/listener.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "wire/address.h"
#include "wire/connection.h"

enum { BACKLOG = 128 };

static int open_at(const union sg_address *at, size_t receive_buffer, int backlog,
                   struct sg_error *err)
{
    int family = at->any.sa_family;
    unsigned port = sg_address_port(at);
    const int on = 1, off = 0;
    sg_autoclose int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return sg_fail_os(err, "create a socket");
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (family == AF_INET6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (receive_buffer && sg_socket_shrink(fd, receive_buffer, err) < 0)
        return -1;
    if (bind(fd, &at->any, sg_address_length(at)) < 0)
        return sg_fail_os(err, "bind to port %u", port);
    if (listen(fd, backlog) < 0)
        return sg_fail_os(err, "listen on port %u", port);
    return sg_take_fd(&fd);
}

int sg_listener_open(struct sg_listener *listener, const struct sg_mapping *mapping, uint16_t port,
                     size_t receive_buffer, struct sg_error *err)
{
    union sg_address v4 = sg_address_wildcard(AF_INET, port);
    union sg_address v6 = sg_address_wildcard(AF_INET6, port);
    v4 = sg_mapping_lead(mapping, &v4);
    listener->port = port;
    listener->fd = mapping->on ? -1 : open_at(&v6, receive_buffer, BACKLOG, err);
    bool no_ipv6 = mapping->on || err->os == EAFNOSUPPORT || err->os == EADDRNOTAVAIL;
    if (listener->fd < 0 && no_ipv6)
        listener->fd = open_at(&v4, receive_buffer, BACKLOG, err);
    return listener->fd < 0 ? -1 : 0;
}

int sg_listener_open_at(struct sg_listener *listener, const union sg_address *at, int backlog,
                        struct sg_error *err)
{
    listener->port = sg_address_port(at);
    listener->fd = open_at(at, 0, backlog, err);
    return listener->fd < 0 ? -1 : 0;
}

/* Binds to the name alone, which is then what the other end is told: from within the folder. */
static int bind_in(int fd, int directory, const char *name)
{
    union sg_address at = {.local = {.sun_family = AF_UNIX}};
    sg_autoclose int before = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (strlen(name) >= sizeof at.local.sun_path)
        return -1;
    memcpy(at.local.sun_path, name, strlen(name));
    if (fchdir(directory) < 0)
        return -1;
    (void)unlink(name);
    int failed = bind(fd, &at.any, sg_address_length(&at));
    if (!failed)
        failed = chmod(name, 0777);
    if (before < 0 || fchdir(before) < 0)
        failed = chdir("/") < 0 ? -1 : failed;
    return failed;
}

int sg_listener_open_local(struct sg_listener *listener, int directory, const char *name,
                           struct sg_error *err)
{
    sg_autoclose int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return sg_fail_os(err, "create a socket");
    if (bind_in(fd, directory, name) < 0 || listen(fd, BACKLOG) < 0)
        return sg_fail_os(err, "listen on the socket file '%s'", name);
    listener->port = 0;
    listener->fd = sg_take_fd(&fd);
    return 0;
}

int sg_listener_accept(struct sg_listener *listener)
{
    for (;;) {
        int fd = accept4(listener->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0 || (errno != EINTR && errno != ECONNABORTED))
            return fd;
    }
}

void sg_listener_close(struct sg_listener *listener)
{
    if (listener->fd >= 0)
        (void)close(listener->fd);
    listener->fd = -1;
}
