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
    if (bind(end->fd, &local->any, sg_address_length(local)) < 0)
        return sg_fail_os(err, "bind to port %u", (unsigned)sg_address_port(local));
    socklen_t length = sizeof end->local;
    if (getsockname(end->fd, &end->local.any, &length) < 0)
        return sg_fail_os(err, "read the address of a socket");
    return 0;
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
    ssize_t sent;
    do
        sent = sendto(end->fd, bytes.data, bytes.length, MSG_NOSIGNAL, &to->any,
                      sg_address_length(to));
    while (sent < 0 && errno == EINTR);
    end->answered_refused = sent < 0 && errno == ECONNREFUSED;
}

/* Where a client has sent its first datagram; our socket takes any address of the machine. */
static const char *where_to(const struct sg_datagram_end *end, const union sg_address *from,
                            char room[SG_ADDRESS_TEXT])
{
    if (strcmp(end->program, "client") != 0 || end->received_count > 1)
        return NULL;
    int family = sg_address_unmapped(from).any.sa_family;
    union sg_address to = sg_address_loopback(family, sg_address_port(&end->local));
    return sg_address_print(&to, room);
}

static void keep(struct sg_datagram_end *end, const union sg_address *from, struct sg_slice bytes)
{
    end->received = sg_realloc_array(end->received, end->received_count + 1, sizeof *end->received);
    struct sg_datagram *datagram = &end->received[end->received_count++];
    *datagram = (struct sg_datagram){.from = *from};
    sg_bytes_add(&datagram->bytes, bytes.data, bytes.length);
    sg_bytes_add(&end->in, bytes.data, bytes.length);
    struct sg_event_about event = about(end, false, bytes);
    char room[SG_ADDRESS_TEXT];
    const char *to = where_to(end, from, room);
    if (to)
        sg_transcript_add(end->transcript, SG_EVENT_DATA, &event, false, "%s", to);
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
        socklen_t length = sizeof from;
        ssize_t count = recvfrom(end->fd, room, sizeof room, MSG_DONTWAIT, &from.any, &length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == ECONNREFUSED)
            continue; /* of an earlier send; it is taken off by being read */
        if (count < 0)
            return moved;
        keep(end, &from, (struct sg_slice){room, (size_t)count});
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
           memcmp(&last->from, &before->from, sizeof last->from) == 0;
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
