/* SPDX-License-Identifier: MIT
 * sock_diag look-ups (2 us each) and dumps (10 us for the listening sockets). */
#include "wire/diag.h"

#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <string.h>
#include <unistd.h>

struct request {
    struct nlmsghdr header;
    struct inet_diag_req_v2 body;
};

int sg_diag_open(struct sg_diag *diag, struct sg_error *err)
{
    diag->fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (diag->fd < 0)
        return sg_fail_os(err, "open a socket to the socket tables");
    return 0;
}

void sg_diag_close(struct sg_diag *diag)
{
    if (diag && diag->fd >= 0) {
        (void)close(diag->fd);
        diag->fd = -1;
    }
}

static void set_address(union sg_address *address, int family, const uint32_t words[4],
                        uint16_t port)
{
    *address = sg_address_wildcard(family, 0);
    uint32_t length;
    void *bytes = (void *)(uintptr_t)sg_address_bytes(address, &length);
    memcpy(bytes, words, length);
    if (family == AF_INET6)
        address->v6.sin6_port = port;
    else
        address->v4.sin_port = port;
}

static void read_attribute(const struct rtattr *attribute, struct sg_socket_row *ret)
{
    if (attribute->rta_type == INET_DIAG_SKV6ONLY) {
        ret->dual_stack = *(const uint8_t *)RTA_DATA(attribute) == 0;
        return;
    }
    if (attribute->rta_type == INET_DIAG_SKMEMINFO) {
        uint32_t memory[SK_MEMINFO_WMEM_QUEUED + 1] = {0};
        size_t size = RTA_PAYLOAD(attribute);
        memcpy(memory, RTA_DATA(attribute), size < sizeof memory ? size : sizeof memory);
        uint32_t queued = memory[SK_MEMINFO_WMEM_QUEUED];
        /* As the kernel tells poll(): a third of the buffer has to be free. */
        ret->full = memory[SK_MEMINFO_SNDBUF] < queued + queued / 2;
        return;
    }
    if (attribute->rta_type != INET_DIAG_INFO)
        return;
    struct tcp_info info = {0};
    size_t length = RTA_PAYLOAD(attribute);
    memcpy(&info, RTA_DATA(attribute), length < sizeof info ? length : sizeof info);
    ret->bytes_received = info.tcpi_bytes_received;
    ret->whole = true;
}

static void read_row(const struct nlmsghdr *header, struct sg_socket_row *ret)
{
    const struct inet_diag_msg *message = NLMSG_DATA(header);
    *ret = (struct sg_socket_row){
        .state = message->idiag_state,
        .receive_queue = message->idiag_rqueue,
        .send_queue = message->idiag_wqueue,
        .inode = message->idiag_inode,
    };
    set_address(&ret->local, message->idiag_family, message->id.idiag_src, message->id.idiag_sport);
    set_address(&ret->remote, message->idiag_family, message->id.idiag_dst,
                message->id.idiag_dport);
    const struct rtattr *attribute = (const struct rtattr *)(message + 1);
    size_t left = header->nlmsg_len - NLMSG_LENGTH(sizeof *message);
    for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left))
        read_attribute(attribute, ret);
    if (message->idiag_family == AF_INET6 && !sg_address_is_wildcard(&ret->local))
        ret->dual_stack = false;
}

static bool ask(const struct sg_diag *diag, const struct request *request)
{
    ssize_t sent;
    do
        sent = send(diag->fd, request, sizeof *request, 0);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)sizeof *request;
}

static ssize_t receive(const struct sg_diag *diag, void *room, size_t size)
{
    ssize_t length;
    do
        length = recv(diag->fd, room, size, 0);
    while (length < 0 && errno == EINTR);
    return length;
}

bool sg_diag_find(const struct sg_diag *diag, const union sg_address *local,
                  const union sg_address *remote, struct sg_socket_row *ret)
{
    struct request request = {
        .header = {.nlmsg_len = sizeof request,
                   .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                   .nlmsg_flags = NLM_F_REQUEST},
        .body = {.sdiag_family = (uint8_t)local->any.sa_family,
                 .sdiag_protocol = IPPROTO_TCP,
                 .idiag_ext = 1 << (INET_DIAG_INFO - 1),
                 .idiag_states = ~0u,
                 .id = {.idiag_sport = htons(sg_address_port(local)),
                        .idiag_dport = htons(sg_address_port(remote)),
                        .idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE}}},
    };
    uint32_t length;
    const void *bytes = sg_address_bytes(local, &length);
    memcpy(request.body.id.idiag_src, bytes, length);
    bytes = sg_address_bytes(remote, &length);
    memcpy(request.body.id.idiag_dst, bytes, length);
    _Alignas(struct nlmsghdr) uint8_t room[4096];
    if (!ask(diag, &request))
        return false;
    ssize_t received = receive(diag, room, sizeof room);
    const struct nlmsghdr *header = (const struct nlmsghdr *)room;
    if (received < 0 || !NLMSG_OK(header, (size_t)received) || header->nlmsg_type == NLMSG_ERROR)
        return false;
    read_row(header, ret);
    /* Where there is no such connection the kernel answers with the listener for it. */
    return ret->state != SG_TCP_LISTEN;
}

/* Shows the rows of one family; false where that was enough. */
static bool see_family(const struct sg_diag *diag, int family, const struct request *request,
                       sg_diag_see *see, void *state)
{
    _Alignas(struct nlmsghdr) uint8_t room[32768];
    struct request of_family = *request;
    bool goes_on = true;
    of_family.body.sdiag_family = (uint8_t)family;
    if (!ask(diag, &of_family))
        return true;
    for (;;) {
        ssize_t received = receive(diag, room, sizeof room);
        if (received <= 0)
            return goes_on;
        size_t left = (size_t)received;
        for (const struct nlmsghdr *header = (const struct nlmsghdr *)room; NLMSG_OK(header, left);
             header = NLMSG_NEXT(header, left)) {
            if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR)
                return goes_on;
            struct sg_socket_row row;
            read_row(header, &row);
            /* What comes after it must be read all the same. */
            goes_on = goes_on && see(state, &row);
        }
    }
}

void sg_diag_each(const struct sg_diag *diag, int protocol, unsigned states, sg_diag_see *see,
                  void *state)
{
    const struct request request = {
        .header = {.nlmsg_len = sizeof request,
                   .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                   .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
        .body = {.sdiag_protocol = (uint8_t)protocol,
                 .idiag_ext = 1 << (INET_DIAG_SKMEMINFO - 1),
                 .idiag_states = states},
    };
    if (see_family(diag, AF_INET, &request, see, state))
        (void)see_family(diag, AF_INET6, &request, see, state);
}

struct listing {
    struct sg_socket_row *rows;
    size_t count, most;
};

static bool add_to_list(void *state, const struct sg_socket_row *row)
{
    struct listing *listing = state;
    if (listing->count < listing->most)
        listing->rows[listing->count++] = *row;
    return listing->count < listing->most;
}

size_t sg_diag_list(const struct sg_diag *diag, int protocol, unsigned states,
                    struct sg_socket_row *rows, size_t most)
{
    struct listing listing = {.rows = rows, .most = most};
    sg_diag_each(diag, protocol, states, add_to_list, &listing);
    return listing.count;
}

struct finding {
    uint32_t inode;
    struct sg_socket_row *ret;
    bool found;
};

static bool is_found(void *state, const struct sg_socket_row *row)
{
    struct finding *finding = state;
    finding->found = row->inode == finding->inode;
    if (finding->found)
        *finding->ret = *row;
    return !finding->found;
}

bool sg_diag_find_inode(const struct sg_diag *diag, int protocol, uint32_t inode,
                        struct sg_socket_row *ret)
{
    struct finding finding = {.inode = inode, .ret = ret};
    sg_diag_each(diag, protocol, ~0u, is_found, &finding);
    return finding.found;
}
