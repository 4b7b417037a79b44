/* SPDX-License-Identifier: MIT
 * What is expected of a client that numbers its datagrams: the next one, or the last one again.
 *
 * A number with nothing behind it ends the file. There are programs for which an empty datagram
 * does, without a number: they are right as well (`bare_end`). Such an end is not acknowledged,
 * since it has no number; whether it is sent again is not judged. */
#include "exam/numbered.h"

#include <string.h>

#include "exam/discover.h"
#include "exam/play.h"
#include "exam/wait.h"

const struct sg_data *sg_exam_numbered(const struct sg_exam *exam, const struct sg_data *data)
{
    while (data && data->form == SG_DATA_REF)
        data = sg_assignment_data(exam->assignment, exam->one, data->target);
    return data && data->form == SG_DATA_NUMBERED ? data : NULL;
}

bool sg_exam_is_end(const struct sg_exam *exam, const struct sg_exam_peer *peer,
                    const struct sg_step *step)
{
    const struct sg_data *numbered = sg_exam_numbered(exam, &step->data);
    return numbered && !numbered->of && peer->spec->kind == SG_ACTOR_CLIENT;
}

bool sg_exam_sends_numbers(const struct sg_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (steps->items[i].data.form == SG_DATA_NUMBERED)
            return true;
    }
    return false;
}

/* The datagram that an expectation has taken with this number; NULL: none. */
static const struct sg_datagram *taken_before(const struct sg_datagram_end *socket,
                                              struct sg_slice number)
{
    for (size_t i = socket->taken; i-- > 0;) {
        struct sg_slice bytes = sg_bytes_slice(&socket->received[i].bytes);
        if (sg_slice_equal(sg_slice_first(bytes, SG_NUMBER_BYTES), number))
            return &socket->received[i];
    }
    return NULL;
}

static bool has_taken_end(const struct sg_datagram_end *socket)
{
    for (size_t i = 0; i < socket->taken; i++) {
        if (socket->received[i].bytes.length == SG_NUMBER_BYTES)
            return true;
    }
    return false;
}

/* Datagrams that come again because the client had waited long enough are right at any time; and
 * behind the end so is an empty one, which is an end as well. */
void sg_exam_pass_over_old(struct sg_datagram_end *socket, struct sg_slice wanted)
{
    const struct sg_datagram *next;
    while ((next = sg_datagram_next(socket))) {
        struct sg_slice bytes = sg_bytes_slice(&next->bytes);
        struct sg_slice number = sg_slice_first(bytes, SG_NUMBER_BYTES);
        const struct sg_datagram *before = taken_before(socket, number);
        if (!bytes.length && has_taken_end(socket)) {
            socket->taken++;
            continue;
        }
        if (!before || sg_slice_equal(number, wanted) ||
            !sg_slice_equal(sg_bytes_slice(&before->bytes), bytes))
            return;
        socket->taken++;
    }
}

struct wanted {
    struct sg_datagram_end *socket;
    struct sg_slice number;
};

static bool has_come(struct sg_exam *exam, void *state)
{
    (void)exam;
    const struct wanted *wanted = state;
    sg_exam_pass_over_old(wanted->socket, wanted->number);
    return sg_datagram_next(wanted->socket) != NULL;
}

static bool any_has_come(struct sg_exam *exam, void *state)
{
    (void)exam;
    const struct sg_exam_peer *peer =
        state; /* its socket moves where a client has a port of its own */
    return sg_datagram_next(peer->socket) != NULL;
}

/* A client may begin with 0 or with 1. */
static void learn_first_number(struct sg_exam *exam, const struct sg_datagram *first)
{
    static const uint8_t one[SG_NUMBER_BYTES] = {0, 0, 0, 1};
    if (!first || exam->numbers_known)
        return;
    struct sg_slice number = sg_slice_first(sg_bytes_slice(&first->bytes), SG_NUMBER_BYTES);
    exam->numbers_known = true;
    exam->data.first_number = sg_slice_equal(number, (struct sg_slice){one, sizeof one});
}

/* An empty datagram has come where the end was due. */
static bool takes_bare_end(struct sg_exam *exam, struct sg_exam_peer *peer, struct sg_slice want)
{
    const struct sg_datagram *got = sg_datagram_next(peer->socket);
    if (!got || got->bytes.length || want.length != SG_NUMBER_BYTES)
        return false;
    exam->bare_end = peer->has_ended = peer->knows_other = true;
    peer->other = got->from;
    peer->socket->taken = peer->socket->received_count;
    sg_exam_discover_sender(exam, sg_address_port(&peer->socket->local));
    return true;
}

bool sg_exam_expect_numbered(struct sg_exam *exam, struct sg_exam_peer *peer,
                             const struct sg_step *step, const struct sg_data *numbered)
{
    sg_autobytes struct sg_bytes bytes = {0};
    uint64_t idle_ns = exam->assignment->reply_ns;
    if (peer->has_ended)
        return true;
    enum sg_outcome outcome = sg_exam_wait(exam, any_has_come, peer, idle_ns);
    learn_first_number(exam, sg_datagram_next(peer->socket));
    sg_data_make(&exam->data, numbered, &bytes);
    struct sg_slice want = sg_bytes_slice(&bytes);
    struct wanted wanted = {peer->socket, sg_slice_first(want, SG_NUMBER_BYTES)};
    if (outcome == SG_OUTCOME_MET)
        outcome = sg_exam_wait(exam, has_come, &wanted, idle_ns);
    if (numbered->of && takes_bare_end(exam, peer, want))
        return true;
    const struct sg_datagram *got = sg_datagram_next(peer->socket);
    if (!got)
        return sg_exam_fail_datagram(exam, SG_FAILURE_NOT_ACCEPTED, step, outcome, peer, want,
                                     NULL);
    /* One that comes again holds what it held; else, without `holds`, it may hold anything. */
    const struct sg_datagram *before = taken_before(peer->socket, wanted.number);
    struct sg_slice came = sg_bytes_slice(&got->bytes);
    if (before)
        want = sg_bytes_slice(&before->bytes);
    else if (!numbered->of)
        came = sg_slice_first(came, SG_NUMBER_BYTES);
    if (!sg_slice_equal(came, want))
        return sg_exam_fail_datagram(exam, SG_FAILURE_MESSAGE, step, outcome, peer, want, got);
    peer->other = got->from;
    peer->knows_other = true;
    peer->socket->taken++;
    sg_exam_discover_sender(exam, sg_address_port(&peer->socket->local));
    return true;
}
