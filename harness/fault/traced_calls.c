/* SPDX-License-Identifier: MIT
 * bind, listen and connect of a traced program: told of, and led where the mapping leads.
 *
 * They are made by the program itself. What a listener does on a duplicate of its socket
 * (supervisor.c) is done here by calls of ours that the program's thread makes before its own, and
 * by another address in its memory for the time of the call. */
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "fault/traced.h"

enum { MOST_LISTENERS = 1024 };

static int descriptor_of(const struct sg_notice *notice)
{
    return (int)notice->request.data.args[0];
}

/* A call of ours: an option of the socket. */
static void first_set_option(const struct sg_notice *notice, int level, int option, int value)
{
    const uint64_t arguments[6] = {notice->request.data.args[0], (uint64_t)level, (uint64_t)option,
                                   0, sizeof value};
    sg_traced_first(notice->thread, SYS_setsockopt, arguments, 3, &value, sizeof value);
}

static void first_bind(const struct sg_notice *notice, const union sg_address *address)
{
    const uint64_t arguments[6] = {notice->request.data.args[0], 0, sg_address_length(address)};
    sg_traced_first(notice->thread, SYS_bind, arguments, 1, address, sg_address_length(address));
}

/* The address in the program's memory is the one that it is led to, until the call has been
 * made. */
static bool lead_argument(const struct sg_supervisor *supervisor, const struct sg_notice *notice,
                          const union sg_address *wanted)
{
    union sg_address led = sg_mapping_lead(supervisor->mapping, wanted);
    return !supervisor->mapping->on || sg_traced_patch(notice->thread, notice->request.data.args[1],
                                                       &led, sg_address_length(&led));
}

/* Where a datagram socket is bound now; false where it is not. */
static bool find_bound(const struct sg_supervisor *supervisor, uint32_t inode,
                       union sg_address *ret)
{
    struct sg_socket_row rows[MOST_LISTENERS];
    size_t count = sg_diag_list(supervisor->diag, IPPROTO_UDP, ~0u, rows, MOST_LISTENERS);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].inode != inode)
            continue;
        *ret = rows[i].local;
        return true;
    }
    return false;
}

static void bind_made(struct sg_supervisor *supervisor, const struct sg_notice *notice,
                      int64_t result)
{
    struct sg_call *call = &notice->thread->call;
    call->result = (int)-result;
    supervisor->after(supervisor->state, call);
    uint32_t inode = sg_notice_inode(notice, descriptor_of(notice));
    if (result || call->type != SOCK_DGRAM || !find_bound(supervisor, inode, &call->address))
        return;
    call->kind = SG_CALL_BOUND;
    supervisor->after(supervisor->state, call);
}

void sg_traced_bind(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    enum { BEGIN, FOR_BOTH };
    struct sg_traced *thread = notice->thread;
    struct sg_call call = {.kind = SG_CALL_BIND, .tid = thread->tid};
    int family;
    if (!sg_notice_socket(notice, descriptor_of(notice), &family, &call.type) ||
        !sg_supervisor_read_address(notice, &call.address)) {
        sg_traced_continue(thread);
        return;
    }
    if (thread->step == BEGIN && supervisor->mapping->on && family == AF_INET6) {
        first_set_option(notice, IPPROTO_IPV6, IPV6_V6ONLY, 0);
        return;
    }
    thread->call = call;
    supervisor->before(supervisor->state, &call);
    if (lead_argument(supervisor, notice, &call.address))
        sg_traced_follow(thread, bind_made);
    else
        sg_traced_continue(thread);
}

/* Where the socket listens now; false where it does not. */
static bool find_listener(const struct sg_supervisor *supervisor, uint32_t inode,
                          union sg_address *ret)
{
    struct sg_socket_row rows[MOST_LISTENERS];
    size_t count =
        sg_diag_list(supervisor->diag, IPPROTO_TCP, 1u << SG_TCP_LISTEN, rows, MOST_LISTENERS);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].inode != inode)
            continue;
        *ret = rows[i].local;
        return true;
    }
    return false;
}

static void listen_made(struct sg_supervisor *supervisor, const struct sg_notice *notice,
                        int64_t result)
{
    struct sg_call *call = &notice->thread->call;
    uint32_t inode = sg_notice_inode(notice, descriptor_of(notice));
    call->result = (int)-result;
    if (result == 0 && !find_listener(supervisor, inode, &call->address))
        return;
    supervisor->after(supervisor->state, call);
}

void sg_traced_listen(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    enum { BEGIN, BOUND, SHRUNK };
    struct sg_traced *thread = notice->thread;
    struct sg_call call = {.kind = SG_CALL_LISTEN, .tid = thread->tid};
    int family = AF_UNSPEC;
    bool is_socket = sg_notice_socket(notice, descriptor_of(notice), &family, &call.type);
    if (!is_socket || family == AF_UNSPEC || family == AF_UNIX) {
        sg_traced_continue(thread);
        return;
    }
    if (thread->step == BEGIN && supervisor->mapping->on) {
        /* listen() would bind it to any address; one that is bound already stays where it is. */
        union sg_address any = sg_address_wildcard(family, 0);
        any = sg_mapping_lead(supervisor->mapping, &any);
        first_bind(notice, &any);
        return;
    }
    if (thread->step < SHRUNK && supervisor->small_buffers) {
        thread->step = BOUND;
        first_set_option(notice, SOL_SOCKET, SO_SNDBUF, 1);
        return;
    }
    thread->call = call;
    sg_traced_follow(thread, listen_made);
}

void sg_traced_connect(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    enum { BEGIN, SHRUNK };
    struct sg_traced *thread = notice->thread;
    struct sg_call call = {.kind = SG_CALL_CONNECT, .tid = thread->tid};
    int family;
    if (!sg_notice_socket(notice, descriptor_of(notice), &family, &call.type) ||
        !sg_supervisor_read_address(notice, &call.address)) {
        sg_traced_continue(thread);
        return;
    }
    if (thread->step == BEGIN && supervisor->small_buffers && call.type == SOCK_STREAM) {
        first_set_option(notice, SOL_SOCKET, SO_SNDBUF, 1);
        return;
    }
    if (!thread->repeats)
        supervisor->before(supervisor->state, &call);
    if (supervisor->mapping->on && lead_argument(supervisor, notice, &call.address))
        sg_traced_follow(thread, NULL);
    else
        sg_traced_continue(thread);
}
