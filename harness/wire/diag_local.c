/* SPDX-License-Identifier: MIT
 * Sockets of the local kind in the kernel's tables (unix_diag), and what says of which kind one
 * is. */
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/xattr.h>

#include "wire/diag.h"

struct request {
    struct nlmsghdr header;
    struct unix_diag_req body;
};

static void read_attribute(const struct rtattr *attribute, struct sg_local_row *ret)
{
    if (attribute->rta_type == UNIX_DIAG_RQLEN) {
        const struct unix_diag_rqlen *queues = RTA_DATA(attribute);
        ret->receive_queue = queues->udiag_rqueue;
    }
    if (attribute->rta_type == UNIX_DIAG_PEER)
        ret->peer = *(const uint32_t *)RTA_DATA(attribute);
    /* What the other end has shut down, or closed, is shut down here for receiving. */
    if (attribute->rta_type == UNIX_DIAG_SHUTDOWN)
        ret->ended = (*(const uint8_t *)RTA_DATA(attribute) & 1) != 0;
}

bool sg_diag_find_local(const struct sg_diag *diag, uint32_t inode, struct sg_local_row *ret)
{
    const struct request request = {
        .header = {.nlmsg_len = sizeof request,
                   .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                   .nlmsg_flags = NLM_F_REQUEST},
        .body = {.sdiag_family = AF_UNIX,
                 .udiag_states = ~0u,
                 .udiag_ino = inode,
                 .udiag_show = UDIAG_SHOW_RQLEN | UDIAG_SHOW_PEER,
                 .udiag_cookie = {~0u, ~0u}},
    };
    _Alignas(struct nlmsghdr) uint8_t room[4096];
    ssize_t length;
    if (send(diag->fd, &request, sizeof request, 0) != (ssize_t)sizeof request)
        return false;
    do
        length = recv(diag->fd, room, sizeof room, 0);
    while (length < 0 && errno == EINTR);
    const struct nlmsghdr *header = (const struct nlmsghdr *)room;
    if (length < 0 || !NLMSG_OK(header, (size_t)length) || header->nlmsg_type == NLMSG_ERROR)
        return false;
    const struct unix_diag_msg *message = NLMSG_DATA(header);
    *ret = (struct sg_local_row){.listens = message->udiag_state == SG_TCP_LISTEN};
    const struct rtattr *attribute = (const struct rtattr *)(message + 1);
    size_t left = header->nlmsg_len - NLMSG_LENGTH(sizeof *message);
    for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left))
        read_attribute(attribute, ret);
    return true;
}

bool sg_diag_protocol(pid_t pid, int fd, char room[SG_PROTOCOL_NAME])
{
    char path[64];
    (void)snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
    /* The name of a socket's protocol is an attribute of its file. */
    ssize_t length = getxattr(path, "system.sockprotoname", room, SG_PROTOCOL_NAME - 1);
    room[length > 0 ? length : 0] = 0;
    return length > 0;
}
