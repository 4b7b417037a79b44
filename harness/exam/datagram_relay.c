/* SPDX-License-Identifier: MIT
 * Between two programs of a case that speak UDP: the client program sends to our front, and for
 * each address that it sends from a socket of ours speaks to the server program. */
#include <stdlib.h>
#include <string.h>

#include "exam/actors.h"
#include "exam/numbered.h"
#include "exam/relay.h"

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
static struct sg_relayed_socket *speaker_for(struct sg_exam *exam, const union sg_address *client)
{
    struct sg_relay *relay = &exam->relay;
    for (size_t i = 0; i < relay->socket_count; i++) {
        if (is_same(&relay->sockets[i].client, client))
            return &relay->sockets[i];
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
    relay->sockets[relay->socket_count] =
        (struct sg_relayed_socket){.client = *client, .back = back};
    return &relay->sockets[relay->socket_count++];
}

/* Some case of the assignment has numbers in its datagrams. */
static bool numbers_datagrams(const struct sg_assignment *assignment)
{
    for (size_t i = 0; i < assignment->cases.count; i++) {
        if (sg_exam_sends_numbers(&assignment->cases.items[i].play))
            return true;
    }
    return false;
}

static bool is_of_reference(struct sg_exam *exam, const char *name)
{
    const struct sg_exam_program *program = sg_exam_program(exam, name);
    return program && program->cast == SG_CAST_REFERENCE;
}

/* The end without a number, as the reference server takes it: with the number behind the last
 * one. */
static void add_number(struct sg_relayed_socket *relayed, struct sg_bytes *out)
{
    uint32_t number = 0;
    for (size_t i = 0; i < SG_NUMBER_BYTES; i++)
        number = number << 8 | relayed->number[i];
    number += relayed->numbered;
    for (int shift = 24; shift >= 0; shift -= 8)
        sg_bytes_add_byte(out, (uint8_t)(number >> shift));
}

/* Passes on what a client sends. Of a student's program and a reference one, one may have another
 * end of the file than the other (numbered.c): then that is put in its place, and is not lost,
 * since it is not acknowledged. */
static void pass_on(struct sg_exam *exam, struct sg_relayed_socket *relayed, struct sg_slice bytes)
{
    sg_autobytes struct sg_bytes end = {0};
    struct sg_travel travel = {
        .from = relayed->back, .to = sg_exam_server_address(exam), .bytes = bytes};
    bool numbers = numbers_datagrams(exam->assignment);
    if (numbers && bytes.length == 0 && is_of_reference(exam, "server")) {
        add_number(relayed, &end);
        travel.bytes = sg_bytes_slice(&end);
        travel.certain = true;
    } else if (numbers && bytes.length == SG_NUMBER_BYTES && exam->bare_end &&
               is_of_reference(exam, "client")) {
        const struct sg_travel acknowledgement = {.to_client = true,
                                                  .from = exam->relay.front,
                                                  .to = relayed->client,
                                                  .bytes = bytes,
                                                  .certain = true};
        sg_exam_travel(exam, &acknowledgement);
        travel.bytes = (struct sg_slice){NULL, 0};
        travel.certain = true;
    } else if (bytes.length >= SG_NUMBER_BYTES) {
        memcpy(relayed->number, bytes.data, SG_NUMBER_BYTES);
        relayed->numbered = true;
    }
    sg_exam_travel(exam, &travel);
}

bool sg_exam_pump_datagram_relay(struct sg_exam *exam)
{
    struct sg_datagram_end *front = exam->relay.front;
    const struct sg_datagram *next;
    bool moved = false;
    if (!front)
        return false;
    while ((next = sg_datagram_next(front))) {
        struct sg_relayed_socket *relayed = speaker_for(exam, &next->from);
        if (relayed)
            pass_on(exam, relayed, sg_bytes_slice(&next->bytes));
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
