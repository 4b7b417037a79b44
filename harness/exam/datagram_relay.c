/* SPDX-License-Identifier: MIT
 * Between two programs of a case that speak UDP: the client program sends to our front, and for each
 * address that it sends from a socket of ours speaks to the server program. */
#include <stdlib.h>
#include <string.h>

#include "exam/parts.h"

static const char relay_name[] = "relay";

int sg_exam_open_datagram_relay(struct sg_exam *exam, struct sg_error *err)
{
    sg_exam_open_path(exam);
    exam->relay.front = sg_exam_await_clients(exam, relay_name, exam->port, err);
    return exam->relay.front ? 0 : -1;
}

static bool is_same(const union sg_address *a, const union sg_address *b)
{
    return memcmp(a, b, sg_address_length(a)) == 0;
}

/* The socket that speaks for `client`; NULL: the machine failed. */
static struct sg_datagram_end *speaker_for(struct sg_exam *exam, const union sg_address *client)
{
    struct sg_relay *relay = &exam->relay;
    for (size_t i = 0; i < relay->socket_count; i++) {
        if (is_same(&relay->sockets[i].client, client))
            return relay->sockets[i].back;
    }
    struct sg_error ignored = {0};
    union sg_address to = sg_exam_server_address(exam);
    union sg_address local = sg_address_loopback(to.any.sa_family, 0);
    struct sg_datagram_end *back =
        sg_exam_open_socket(exam, relay_name, "server", &local, &ignored);
    if (!back)
        return NULL;
    relay->sockets =
        sg_realloc_array(relay->sockets, relay->socket_count + 1, sizeof *relay->sockets);
    relay->sockets[relay->socket_count++] =
        (struct sg_relayed_socket){.client = *client, .back = back};
    return back;
}

bool sg_exam_pump_datagram_relay(struct sg_exam *exam)
{
    struct sg_datagram_end *front = exam->relay.front;
    const struct sg_datagram *next;
    bool moved = false;
    if (!front)
        return false;
    while ((next = sg_datagram_next(front))) {
        struct sg_datagram_end *back = speaker_for(exam, &next->from);
        struct sg_travel travel = {.from = back,
                                   .to = sg_exam_server_address(exam),
                                   .bytes = sg_bytes_slice(&next->bytes)};
        if (back)
            sg_exam_travel(exam, &travel);
        front->taken++;
        moved = true;
    }
    for (size_t i = 0; i < exam->relay.socket_count; i++) {
        struct sg_relayed_socket *relayed = &exam->relay.sockets[i];
        while ((next = sg_datagram_next(relayed->back))) {
            struct sg_travel travel = {.to_client = true,
                                       .from = front,
                                       .to = relayed->client,
                                       .bytes = sg_bytes_slice(&next->bytes)};
            sg_exam_travel(exam, &travel);
            relayed->back->taken++;
            moved = true;
        }
    }
    return moved;
}
