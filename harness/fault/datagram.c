/* SPDX-License-Identifier: MIT
 * Datagrams that a program sends to an address that it names: led where the mapping leads. By a
 * listener they are sent here, on a duplicate of its socket, for a datagram over loopback never
 * waits; a traced program sends them itself, with another address in its memory for the time of the
 * call. */
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "base/bytes.h"
#include "base/file.h"
#include "fault/traced.h"

enum { MOST_PARTS = 64, MOST_BYTES = 65536 };

/* A datagram that is about to be sent. */
struct datagram {
    uint64_t name, name_length; /* where the address is in the program's memory; 0: none */
    struct iovec parts[MOST_PARTS];
    size_t count;
    int flags;
};

static bool read_message(const struct sg_notice *notice, struct datagram *ret)
{
    struct msghdr message;
    const struct seccomp_data *data = &notice->request.data;
    if (!sg_notice_read(notice, data->args[1], &message, sizeof message) ||
        message.msg_controllen || message.msg_iovlen > MOST_PARTS)
        return false;
    ret->name = (uint64_t)(uintptr_t)message.msg_name;
    ret->name_length = message.msg_namelen;
    ret->count = message.msg_iovlen;
    ret->flags = (int)data->args[2];
    return sg_notice_read(notice, (uint64_t)(uintptr_t)message.msg_iov, ret->parts,
                          ret->count * sizeof *ret->parts);
}

static bool read_datagram(const struct sg_notice *notice, struct datagram *ret)
{
    const struct seccomp_data *data = &notice->request.data;
    *ret = (struct datagram){.count = 1};
    if (data->nr == SYS_sendmsg)
        return read_message(notice, ret);
    ret->name = data->args[4];
    ret->name_length = data->args[5];
    ret->flags = (int)data->args[3];
    ret->parts[0] = (struct iovec){(void *)(uintptr_t)data->args[1], (size_t)data->args[2]};
    return data->nr == SYS_sendto;
}

static void transmit(const struct sg_notice *notice, const struct datagram *datagram,
                     const union sg_address *led)
{
    sg_autobytes struct sg_bytes bytes = {0};
    sg_autoclose int fd = sg_notice_duplicate(notice, (int)notice->request.data.args[0]);
    bool whole = fd >= 0;
    for (size_t i = 0; whole && i < datagram->count; i++) {
        const struct iovec *part = &datagram->parts[i];
        whole = part->iov_len <= MOST_BYTES - bytes.length &&
                sg_notice_read(notice, (uint64_t)(uintptr_t)part->iov_base,
                               sg_bytes_reserve(&bytes, part->iov_len + 1), part->iov_len);
        bytes.length += whole ? part->iov_len : 0;
    }
    if (!whole || !sg_notice_is_alive(notice)) {
        sg_notice_fail(notice, EMSGSIZE);
        return;
    }
    ssize_t sent =
        sendto(fd, bytes.data, bytes.length, datagram->flags | MSG_DONTWAIT | MSG_NOSIGNAL,
               &led->any, sg_address_length(led));
    if (sent < 0)
        sg_notice_fail(notice, errno);
    else
        sg_notice_return(notice, sent);
}

bool sg_lead_datagram(struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    int family, type;
    struct datagram datagram;
    union sg_address wanted;
    if (!supervisor->mapping->on ||
        !sg_notice_socket(notice, (int)notice->request.data.args[0], &family, &type) ||
        type != SOCK_DGRAM || !read_datagram(notice, &datagram) || !datagram.name ||
        !sg_supervisor_read_name(notice, datagram.name, datagram.name_length, &wanted))
        return false;
    union sg_address led = sg_mapping_lead(supervisor->mapping, &wanted);
    if (!notice->thread)
        transmit(notice, &datagram, &led);
    else if (sg_traced_patch(notice->thread, datagram.name, &led, sg_address_length(&led)))
        sg_traced_follow(notice->thread, NULL);
    else
        return false;
    return true;
}
