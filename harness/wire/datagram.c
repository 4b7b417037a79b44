/* SPDX-License-Identifier: MIT
 * Our end of a conversation in datagrams. */
#include "wire/datagram.h"

#include "base/language.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LARGEST = 65536, MOST_DATAGRAMS = 100000, MOST_BYTES = 64 << 20 };

static struct sg_event_about about(const struct sg_datagram_end *end, bool from_us,
                                   struct sg_slice bytes)
{
    return (struct sg_event_about){
        .from = from_us ? "harness" : end->program,
        .to = from_us ? end->program : "harness",
        .peer = end->peer,
        .connection = end->number,
        .is_datagram = true,
        .data = bytes,
    };
}

int sg_datagram_open(struct sg_datagram_end *end, const union sg_address *local, int number,
                     struct sg_error *err)
{
    end->number = number;
    end->fd = socket(local->any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (end->fd < 0)
        return sg_fail_os(err, "create a socket");
    /* Room for several of the largest datagrams. */
    const int size = 4 << 20;
    (void)setsockopt(end->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    const int off = 0;
    if (local->any.sa_family == AF_INET6)
        (void)setsockopt(end->fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    const int on = 1;
    if (local->any.sa_family == AF_INET6)
        (void)setsockopt(end->fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
    else
        (void)setsockopt(end->fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    if (bind(end->fd, &local->any, sg_address_length(local)) < 0)
        return sg_fail_os(err, "bind to port %u", (unsigned)sg_address_port(local));
    socklen_t length = sizeof end->local;
    if (getsockname(end->fd, &end->local.any, &length) < 0)
        return sg_fail_os(err, "read the address of a socket");
    return 0;
}

/* Which address of ours a datagram was sent to, and the port of our socket. */
static union sg_address destination(const struct sg_datagram_end *end, struct msghdr *header)
{
    union sg_address to = {0};
    for (struct cmsghdr *c = CMSG_FIRSTHDR(header); c; c = CMSG_NXTHDR(header, c)) {
        if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO) {
            struct in6_pktinfo info;
            memcpy(&info, CMSG_DATA(c), sizeof info);
            to.v6 = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_addr = info.ipi6_addr};
        } else if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo info;
            memcpy(&info, CMSG_DATA(c), sizeof info);
            to.v4 = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr = info.ipi_addr};
        } else {
            continue;
        }
        sg_address_set_port(&to, sg_address_port(&end->local));
    }
    return to;
}

/* Room for the control message that says which address of ours. */
union control {
    char room[CMSG_SPACE(sizeof(struct in6_pktinfo))];
    struct cmsghdr aligned;
};

/* The address of ours that the last datagram from `other` was sent to; AF_UNSPEC where there was
 * none. */
static union sg_address asked_at(const struct sg_datagram_end *end, const union sg_address *other)
{
    union sg_address from = sg_address_unmapped(other);
    for (size_t i = end->received_count; i-- > 0;) {
        union sg_address before = sg_address_unmapped(&end->received[i].from);
        if (sg_address_port(&before) == sg_address_port(&from) &&
            sg_address_same_host(&before, &from))
            return end->received[i].to;
    }
    return (union sg_address){0};
}

static void send_from(struct msghdr *header, union control *control, const union sg_address *ours)
{
    struct in6_pktinfo v6 = {.ipi6_addr = ours->v6.sin6_addr};
    struct in_pktinfo v4 = {.ipi_spec_dst = ours->v4.sin_addr};
    bool is_v6 = ours->any.sa_family == AF_INET6;
    size_t size = is_v6 ? sizeof v6 : sizeof v4;
    header->msg_control = control->room;
    header->msg_controllen = CMSG_SPACE(size);
    struct cmsghdr *c = CMSG_FIRSTHDR(header);
    c->cmsg_level = is_v6 ? IPPROTO_IPV6 : IPPROTO_IP;
    c->cmsg_type = is_v6 ? IPV6_PKTINFO : IP_PKTINFO;
    c->cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(c), is_v6 ? (void *)&v6 : (void *)&v4, size);
}

void sg_datagram_send(struct sg_datagram_end *end, const union sg_address *to,
                      struct sg_slice bytes)
{
    struct sg_event_about event = about(end, true, bytes);
    sg_transcript_add(end->transcript, SG_EVENT_DATA, &event, false,
                      bytes.length ? NULL : _("an empty datagram"));
    end->last_out = end->out.length;
    end->sent_count++;
    end->sent_empty += bytes.length == 0;
    sg_bytes_add(&end->out, bytes.data, bytes.length);
    union sg_address other = *to;
    struct iovec data = {(void *)(uintptr_t)bytes.data, bytes.length};
    struct msghdr header = {.msg_name = &other,
                            .msg_namelen = sg_address_length(to),
                            .msg_iov = &data,
                            .msg_iovlen = 1};
    union control control = {0};
    union sg_address ours = asked_at(end, to);
    if (ours.any.sa_family != AF_UNSPEC)
        send_from(&header, &control, &ours);
    ssize_t sent;
    while ((sent = sendmsg(end->fd, &header, MSG_NOSIGNAL)) < 0 &&
           (errno == EINTR || header.msg_controllen)) {
        if (errno != EINTR)
            header.msg_controllen = 0; /* nothing can come from there: it was a broadcast */
    }
    end->answered_refused = sent < 0 && errno == ECONNREFUSED;
}

static void keep(struct sg_datagram_end *end, const union sg_address *from,
                 const union sg_address *to, struct sg_slice bytes)
{
    end->received = sg_realloc_array(end->received, end->received_count + 1, sizeof *end->received);
    struct sg_datagram *datagram = &end->received[end->received_count++];
    *datagram = (struct sg_datagram){.from = *from, .to = *to};
    sg_bytes_add(&datagram->bytes, bytes.data, bytes.length);
    sg_bytes_add(&end->in, bytes.data, bytes.length);
    struct sg_event_about event = about(end, false, bytes);
    char room[SG_ADDRESS_TEXT];
    /* Our socket takes any address of the machine: where a client has sent its first datagram is
     * worth saying. */
    bool first = strcmp(end->program, "client") == 0 && end->received_count == 1;
    union sg_address ours = sg_address_unmapped(to);
    if (first && ours.any.sa_family != AF_UNSPEC)
        sg_transcript_add(end->transcript, SG_EVENT_DATA, &event, false, "%s",
                          sg_address_print(&ours, room));
    else
        sg_transcript_add(end->transcript, SG_EVENT_DATA, &event, false,
                          bytes.length ? NULL : _("an empty datagram"));
}

bool sg_datagram_read(struct sg_datagram_end *end)
{
    uint8_t room[LARGEST];
    bool moved = false;
    while (end->fd >= 0 && end->received_count < MOST_DATAGRAMS && end->in.length < MOST_BYTES) {
        union sg_address from = {0};
        struct iovec data = {room, sizeof room};
        union control control;
        struct msghdr header = {.msg_name = &from,
                                .msg_namelen = sizeof from,
                                .msg_iov = &data,
                                .msg_iovlen = 1,
                                .msg_control = control.room,
                                .msg_controllen = sizeof control.room};
        ssize_t count = recvmsg(end->fd, &header, MSG_DONTWAIT);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == ECONNREFUSED)
            continue; /* of an earlier send; it is taken off by being read */
        if (count < 0)
            return moved;
        union sg_address to = destination(end, &header);
        keep(end, &from, &to, (struct sg_slice){room, (size_t)count});
        moved = true;
    }
    return moved;
}

bool sg_datagram_is_repeated(const struct sg_datagram_end *end)
{
    if (end->received_count < 2)
        return false;
    const struct sg_datagram *last = &end->received[end->received_count - 1], *before = last - 1;
    return sg_slice_equal(sg_bytes_slice(&last->bytes), sg_bytes_slice(&before->bytes)) &&
           sg_address_port(&last->from) == sg_address_port(&before->from) &&
           sg_address_same_host(&last->from, &before->from);
}

const struct sg_datagram *sg_datagram_next(const struct sg_datagram_end *end)
{
    return end->taken < end->received_count ? &end->received[end->taken] : NULL;
}

bool sg_datagram_prefer(struct sg_datagram_end *end, struct sg_slice bytes)
{
    for (size_t i = end->taken; i < end->received_count; i++) {
        struct sg_datagram found = end->received[i];
        if (!sg_slice_equal(sg_bytes_slice(&found.bytes), bytes))
            continue;
        memmove(&end->received[end->taken + 1], &end->received[end->taken],
                (i - end->taken) * sizeof found);
        end->received[end->taken] = found;
        return true;
    }
    return false;
}

void sg_datagram_close(struct sg_datagram_end *end)
{
    if (end->fd >= 0)
        (void)close(end->fd);
    end->fd = -1;
}

void sg_datagram_done(struct sg_datagram_end *end)
{
    sg_datagram_close(end);
    for (size_t i = 0; i < end->received_count; i++)
        sg_bytes_done(&end->received[i].bytes);
    free(end->received);
    sg_bytes_done(&end->out);
    sg_bytes_done(&end->in);
    *end = (struct sg_datagram_end){.fd = -1};
}
