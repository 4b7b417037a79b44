/* SPDX-License-Identifier: MIT
 * Plays the steps of a case, and notes what failed. */
#include "exam/play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "exam/account.h"
#include "exam/actors.h"
#include "exam/hosts.h"
#include "exam/local.h"
#include "exam/place.h"
#include "exam/settle.h"
#include "exam/steps.h"
#include "exam/wait.h"

static bool is_meant(const struct sg_exam_peer *peer, const char *actor)
{
    if (strcmp(peer->name, actor) == 0)
        return true;
    size_t length = strlen(peer->spec->name);
    return peer->spec->count && strncmp(actor, peer->spec->name, length) == 0 &&
           strcmp(actor + length, "*") == 0;
}

static bool is_at_rest(struct sg_exam *exam, void *state)
{
    const uint64_t *deadline = state;
    return exam->restless || sg_exam_settle(exam).verdict >= SG_STILL_BOUNDED ||
           sg_now_ns() > *deadline;
}

void sg_exam_rest(struct sg_exam *exam)
{
    enum { MOST_MS = 50 };
    uint64_t deadline = sg_now_ns() + MOST_MS * SG_NS_PER_MS;
    (void)sg_exam_wait(exam, is_at_rest, &deadline, SG_NS_PER_S);
    sg_transcript_settle(&exam->transcript);
}

static bool repeat(struct sg_exam *exam, const struct sg_step *step, struct sg_error *err)
{
    for (int64_t i = 0; i < step->times; i++) {
        if (!sg_exam_play(exam, &step->play, err))
            return false;
        if (i == 0) {
            (void)sg_exam_wait(exam, sg_exam_never, NULL, SG_NS_PER_S);
            sg_transcript_settle(&exam->transcript);
            struct sg_exam_program *judged = sg_exam_judged(exam);
            if (judged && judged->process.init)
                exam->first_sample = sg_exam_sample(judged);
        }
    }
    exam->repetitions = (size_t)step->times;
    return true;
}

static bool play_step(struct sg_exam *exam, const struct sg_step *step, struct sg_error *err)
{
    if (step->action == SG_ACT_REPEAT)
        return repeat(exam, step, err);
    struct sg_exam_program *program = sg_exam_program(exam, step->actor);
    if (program)
        return sg_program_steps[step->action](exam, program, step, err);
    if (exam->request->alone && strcmp(exam->request->alone, step->actor) != 0)
        return true;
    sg_peer_step *const *steps = sg_exam_is_udp(exam) ? sg_datagram_steps : sg_peer_steps;
    for (size_t i = 0; i < exam->peer_count; i++) {
        if (!is_meant(&exam->peers[i], step->actor))
            continue;
        exam->data.actor = exam->peers[i].name;
        if (exam->peers[i].spec->kind == SG_ACTOR_HOST)
            steps = sg_host_steps;
        if (!steps[step->action](exam, &exam->peers[i], step, err))
            return false;
    }
    return true;
}

bool sg_exam_play(struct sg_exam *exam, const struct sg_steps *steps, struct sg_error *err)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (!play_step(exam, &steps->items[i], err))
            return false;
    }
    return true;
}

static void describe_program(struct sg_exam *exam)
{
    struct sg_exam_program *program = sg_exam_judged(exam);
    struct sg_evidence *evidence = &exam->evidence;
    if (!program)
        return;
    evidence->program = (struct sg_program_evidence){
        .name = sg_program_word(program->spec),
        .folder = program->work,
        .way = program->way,
        .process = &program->process,
        .still = program->process.init ? &program->still : NULL,
        .exec_errno = program->exec_errno,
        .listening = program->listening,
        .listens_to_streams = program->listens_to_streams,
        .defers_accept = program->defers_accept,
        .sends_nowhere = program->sends_nowhere,
        .no_address_bytes = program->no_address_bytes,
        .address = &program->address,
        .given_host = &exam->host,
        .bind_errno = program->bind_errno,
        .bind_address = &program->bind_address,
        .killed_by_us = program->killed_by_us,
        .ended_ns = program->ended_ns,
        .interruptible = program->interruptible,
        .was_frozen = program->was_frozen,
        .spin = program->spin,
        .refused = program->refused,
        .refused_count = program->refused_count,
        .excess = program->excess,
    };
    if (!exam->request->probe)
        sg_exam_locate(program);
    evidence->faults = exam->faults;
    evidence->fault_count = exam->fault_count;
    evidence->given = sg_bytes_slice(&program->message);
    evidence->lost_datagrams = exam->relay.lost_count;
    evidence->lost_last = exam->relay.lost_last;
    sg_exam_describe_hosts(exam, &evidence->echo);
    evidence->echo.untold = sg_exam_first_untold(exam, program);
}

/* Local sockets are told apart by what they are connected to. */
static void learn_other_ends(struct sg_exam *exam)
{
    struct sg_socket_row ignored;
    for (size_t i = 0; sg_exam_is_local(exam) && i < exam->connection_count; i++)
        (void)sg_exam_find_other_end(exam, exam->connections[i], &ignored);
}

/* Begins the evidence; false where something has failed before. */
static bool begin_evidence(struct sg_exam *exam, enum sg_failure_kind kind,
                           const struct sg_step *step, enum sg_outcome outcome)
{
    struct sg_evidence *evidence = &exam->evidence;
    if (evidence->kind != SG_FAILURE_NONE)
        return false;
    *evidence = (struct sg_evidence){
        .assignment = exam->assignment,
        .one = exam->one,
        .kind = kind,
        .outcome = outcome,
        .step = step,
        .connections = exam->connections,
        .connection_count = exam->connection_count,
        .connection_index = SIZE_MAX,
        .sockets = exam->sockets,
        .socket_count = exam->socket_count,
    };
    sg_account_look(exam);
    learn_other_ends(exam);
    /* What it does now, before anything is torn down; and an end that is just being told. */
    if (outcome != SG_OUTCOME_BUSY)
        (void)sg_exam_wait(exam, sg_exam_never, NULL, 200 * SG_NS_PER_MS);
    sg_transcript_settle(&exam->transcript);
    for (size_t i = 0; i < exam->peer_count; i++)
        evidence->waiting_clients += exam->peers[i].waiting_count;
    return true;
}

bool sg_exam_fail(struct sg_exam *exam, enum sg_failure_kind kind, const struct sg_step *step,
                  enum sg_outcome outcome)
{
    if (begin_evidence(exam, kind, step, outcome))
        describe_program(exam);
    return false;
}

bool sg_exam_fail_data(struct sg_exam *exam, enum sg_failure_kind kind, const struct sg_step *step,
                       enum sg_outcome outcome, struct sg_connection *connection,
                       struct sg_slice expected)
{
    struct sg_evidence *evidence = &exam->evidence;
    if (!begin_evidence(exam, kind, step, outcome))
        return false;
    sg_bytes_clear(&exam->expected);
    sg_bytes_add(&exam->expected, expected.data, expected.length);
    evidence->connection = connection;
    evidence->expected = sg_bytes_slice(&exam->expected);
    evidence->got = sg_connection_rest(connection);
    evidence->expected_start = connection->taken;
    evidence->still_unread = sg_exam_is_unread(exam, connection);
    evidence->unread_bytes = sg_exam_unread_bytes(exam, connection);
    evidence->unaccepted = sg_exam_is_unaccepted(exam, connection);
    for (size_t i = 0; i < exam->connection_count; i++) {
        if (exam->connections[i] == connection)
            evidence->connection_index = i;
    }
    describe_program(exam); /* last: to learn where it waits may end it */
    return false;
}

bool sg_exam_fail_datagram(struct sg_exam *exam, enum sg_failure_kind kind,
                           const struct sg_step *step, enum sg_outcome outcome,
                           struct sg_exam_peer *peer, struct sg_slice expected,
                           const struct sg_datagram *got)
{
    struct sg_evidence *evidence = &exam->evidence;
    if (evidence->kind != SG_FAILURE_NONE)
        return false;
    const struct sg_exam_program *server = sg_exam_program(exam, "server");
    sg_bytes_clear(&exam->expected);
    sg_bytes_add(&exam->expected, expected.data, expected.length);
    bool unread = server && server->listening &&
                  sg_exam_has_unread_datagrams(exam, sg_address_port(&server->address));
    size_t which = got ? (size_t)(got - peer->socket->received) : 0;
    (void)sg_exam_fail(exam, kind, step, outcome);
    evidence->socket = peer->socket;
    evidence->asked = peer->other;
    evidence->datagram = got ? &peer->socket->received[which] : NULL;
    evidence->expected = sg_bytes_slice(&exam->expected);
    if (got)
        evidence->got = sg_bytes_slice(&evidence->datagram->bytes);
    evidence->still_unread = unread;
    evidence->unclaimed = sg_exam_unclaimed_datagrams(exam);
    return false;
}
