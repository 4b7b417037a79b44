/* SPDX-License-Identifier: MIT
 * What the ends that the examiner plays do over UDP: send and expect whole datagrams. */
#include <string.h>

#include "base/clock.h"
#include "exam/actors.h"
#include "exam/client_message.h"
#include "exam/discover.h"
#include "exam/numbered.h"
#include "exam/play.h"
#include "exam/relay.h"
#include "exam/settle.h"
#include "exam/steps.h"
#include "exam/wait.h"

enum { DELIVER_SECONDS = 1 };

static const struct sg_slice nothing = {NULL, 0};

static bool is_delivered(struct sg_exam *exam, void *state)
{
    (void)state;
    return sg_exam_all_delivered(exam);
}

enum { OTHER_MS = 300 }; /* of idleness, where it cannot be proven that no other one will come */

/* Sends one datagram. When this returns it lies in the program's socket: so a step that follows
 * finds it there, on a loaded machine too. */
static void send_to(struct sg_exam *exam, struct sg_datagram_end *socket,
                    const union sg_address *to, struct sg_slice bytes)
{
    sg_datagram_send(socket, to, bytes);
    (void)sg_exam_wait(exam, is_delivered, NULL, DELIVER_SECONDS * SG_NS_PER_S);
}

/* Where all of 127/8 is the case's own, the first client is where most clients are, the second on
 * another host, for an answer goes to where the question came from and not to the server's host;
 * and from then on two share one: a port tells them apart. */
static union sg_address client_address(const struct sg_exam *exam, int family)
{
    union sg_address local = sg_address_loopback(family, 0);
    uint32_t host = ((uint32_t)exam->socket_count + 1) / 2;
    if (family == AF_INET && exam->request->rungs->network == SG_NETWORK_PRIVATE)
        local.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK + host);
    return local;
}

/* A client peer sends to the server, whose address it learns when it opens its socket. */
static bool open_client(struct sg_exam *exam, struct sg_exam_peer *peer, struct sg_error *err)
{
    peer->other = sg_exam_server_address(exam);
    peer->knows_other = true;
    if (peer->socket)
        return true;
    union sg_address local = client_address(exam, peer->other.any.sa_family);
    peer->socket = sg_exam_open_socket(exam, peer->name, "server", &local, err);
    return peer->socket != NULL;
}

/* A stranger sends to the client that a server peer has heard of. */
static bool open_stranger(struct sg_exam *exam, struct sg_exam_peer *peer, struct sg_error *err)
{
    for (size_t i = 0; i < exam->peer_count; i++) {
        const struct sg_exam_peer *server = &exam->peers[i];
        if (server->spec->kind != SG_ACTOR_SERVER || !server->knows_other)
            continue;
        peer->other = sg_address_unmapped(&server->other);
        peer->knows_other = true;
    }
    if (peer->socket)
        return true;
    union sg_address local = sg_address_loopback(peer->other.any.sa_family, 0);
    peer->socket = sg_exam_open_socket(exam, peer->name, "client", &local, err);
    return peer->socket != NULL;
}

static bool open_socket(struct sg_exam *exam, struct sg_exam_peer *peer, struct sg_error *err)
{
    if (peer->spec->kind == SG_ACTOR_CLIENT)
        return open_client(exam, peer, err);
    if (peer->spec->kind == SG_ACTOR_STRANGER)
        return open_stranger(exam, peer, err);
    return true;
}

static bool step_send(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                      struct sg_error *err)
{
    sg_autobytes struct sg_bytes message = {0};
    sg_data_make(&exam->data, &step->data, &message);
    if (!open_socket(exam, peer, err))
        return false;
    peer->has_ended = exam->bare_end && sg_exam_is_end(exam, peer, step);
    send_to(exam, peer->socket, &peer->other, peer->has_ended ? nothing : sg_bytes_slice(&message));
    return true;
}

static bool has_come(struct sg_exam *exam, void *state)
{
    (void)exam;
    const struct sg_exam_peer *peer =
        state; /* its socket moves where a client has a port of its own */
    return sg_datagram_next(peer->socket) != NULL;
}

static bool is_same_place(const union sg_address *a, const union sg_address *b)
{
    union sg_address first = sg_address_unmapped(a), second = sg_address_unmapped(b);
    uint32_t length, other;
    const void *bytes = sg_address_bytes(&first, &length);
    const void *others = sg_address_bytes(&second, &other);
    return sg_address_port(&first) == sg_address_port(&second) && length == other &&
           memcmp(bytes, others, length) == 0;
}

struct preference {
    struct sg_exam_peer *peer;
    struct sg_slice want;
};

static bool is_preferred(struct sg_exam *exam, void *state)
{
    (void)exam;
    const struct preference *preference = state;
    return sg_datagram_prefer(preference->peer->socket, preference->want);
}

static bool step_expect(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                        struct sg_error *err)
{
    sg_autobytes struct sg_bytes wanted = {0};
    sg_data_make(&exam->data, &step->data, &wanted);
    struct sg_slice want = sg_bytes_slice(&wanted);
    if (!open_socket(exam, peer, err))
        return false;
    if (peer->has_ended)
        return true;
    enum sg_outcome outcome = sg_exam_wait(exam, has_come, peer, exam->assignment->reply_ns);
    /* Datagrams keep no order: of several questions another one may be answered first. */
    bool numbered = sg_exam_numbered(exam, &step->data) != NULL;
    bool several = numbered || peer->socket->sent_count > peer->socket->taken + 1;
    struct preference preference = {peer, want};
    if (outcome == SG_OUTCOME_MET && several && !sg_datagram_prefer(peer->socket, want))
        outcome = sg_exam_wait(exam, is_preferred, &preference,
                               numbered ? exam->assignment->reply_ns : OTHER_MS * SG_NS_PER_MS);
    if (numbered)
        sg_exam_pass_over_old(peer->socket, want);
    const struct sg_datagram *got = sg_datagram_next(peer->socket);
    if (!got || !sg_slice_equal(sg_bytes_slice(&got->bytes), want))
        return sg_exam_fail_datagram(exam, SG_FAILURE_DATA, step, outcome, peer, want, got);
    if (step->from && !is_same_place(&got->from, &peer->other))
        return sg_exam_fail_datagram(exam, SG_FAILURE_SOURCE, step, outcome, peer, want, got);
    peer->socket->taken++;
    return true;
}

/* A datagram is whole: nothing needs to be waited for behind it. One that comes again later,
 * because the client had no answer yet, is right. */
static bool step_expect_message(struct sg_exam *exam, struct sg_exam_peer *peer,
                                const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    const struct sg_data *numbered = sg_exam_numbered(exam, &step->data);
    if (numbered)
        return sg_exam_expect_numbered(exam, peer, step, numbered);
    const struct sg_exam_program *client = sg_exam_program(exam, "client");
    enum sg_message_source source = client->way ? client->way->message : SG_MESSAGE_GIVEN;
    sg_autobytes struct sg_bytes wanted = {0};
    sg_data_make(&exam->data, &step->data, &wanted);
    struct sg_slice want = sg_bytes_slice(&wanted);
    enum sg_outcome outcome = sg_exam_wait(exam, has_come, peer, exam->assignment->reply_ns);
    const struct sg_datagram *got = sg_datagram_next(peer->socket);
    if (!got)
        return sg_exam_fail_datagram(exam, SG_FAILURE_NOT_ACCEPTED, step, outcome, peer, want,
                                     NULL);
    struct sg_slice bytes = sg_bytes_slice(&got->bytes);
    bool fits = sg_slice_equal(bytes, want) ||
                (source == SG_MESSAGE_FED && sg_exam_is_fed_line(exam, bytes, want)) ||
                (source == SG_MESSAGE_FIXED && bytes.length > 0);
    if (!fits)
        return sg_exam_fail_datagram(exam, SG_FAILURE_MESSAGE, step, outcome, peer, want, got);
    peer->other = got->from;
    peer->knows_other = true;
    peer->socket->taken++;
    sg_exam_discover_sender(exam, sg_address_port(&peer->socket->local));
    return true;
}

static bool step_quiet(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                       struct sg_error *err)
{
    if (!open_socket(exam, peer, err))
        return false;
    enum sg_outcome outcome = sg_exam_wait_for_rest(exam);
    const struct sg_datagram *got = sg_datagram_next(peer->socket);
    return !got || sg_exam_fail_datagram(exam, SG_FAILURE_EXTRA, step, outcome, peer, nothing, got);
}

static bool step_keep_waiting(struct sg_exam *exam, struct sg_exam_peer *peer,
                              const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    if (!sg_exam_keep_waiting(exam, step))
        return false;
    return !sg_exam_is_over(exam) || sg_exam_fail_datagram(exam, SG_FAILURE_ENDED, step,
                                                           SG_OUTCOME_GONE, peer, nothing, NULL);
}

static bool step_listen(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                        struct sg_error *err)
{
    (void)step;
    peer->socket = sg_exam_await_clients(exam, peer->name, exam->port, err);
    return peer->socket != NULL;
}

static bool step_close(struct sg_exam *exam, struct sg_exam_peer *peer, const struct sg_step *step,
                       struct sg_error *err)
{
    (void)exam, (void)step, (void)err;
    if (peer->socket)
        sg_datagram_close(peer->socket);
    peer->socket = NULL;
    return true;
}

sg_peer_step *const sg_datagram_steps[SG_ACT_END] = {
    [SG_ACT_SEND] = step_send,
    [SG_ACT_EXPECT] = step_expect,
    [SG_ACT_EXPECT_MESSAGE] = step_expect_message,
    [SG_ACT_QUIET] = step_quiet,
    [SG_ACT_KEEP_WAITING] = step_keep_waiting,
    [SG_ACT_EXPECT_NO_MORE] = step_quiet,
    [SG_ACT_LISTEN] = step_listen,
    [SG_ACT_CLOSE] = step_close,
};
