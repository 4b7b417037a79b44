/* SPDX-License-Identifier: MIT
 * Runs of a case that do not count: to learn how a program wants to be started, and to play a
 * failed case again with one thing changed. Each is a process with a network of its own, as an
 * examination is. */
#include "exam/trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/random.h"
#include "exam/actors.h"
#include "exam/examiner.h"
#include "exam/local.h"
#include "exam/place.h"
#include "exam/play.h"
#include "exam/start.h"

static bool begin(struct sg_exam *exam, const struct sg_exam_request *request, struct sg_error *err)
{
    return sg_examiner_enter_network(request, err) == 0 && sg_exam_open(exam, request, err) == 0;
}

/* Of a socket file: the port that it was given where it is that file, else any other, always the
 * same. */
static void observe_path(struct sg_exam *exam, const union sg_address *address,
                         struct sg_observation *ret)
{
    char name[SG_ADDRESS_TEXT];
    sg_autofree char *given = sg_exam_path(exam);
    (void)snprintf(ret->host, sizeof ret->host, "%.60s", sg_address_print(address, name));
    (void)snprintf(ret->given_host, sizeof ret->given_host, "%.60s", given);
    ret->host_given = sg_exam_is_given(exam, address);
    ret->port = ret->host_given ? exam->port : 1;
}

static void observe_server(struct sg_exam *exam, struct sg_observation *ret, struct sg_error *err)
{
    struct sg_exam_program *server = sg_exam_judged(exam);
    if (sg_exam_start(exam, server, NULL, err) < 0)
        return;
    ret->listened = sg_exam_await_listening(exam, server, NULL);
    if (ret->listened && !sg_exam_is_local(exam))
        ret->port = sg_exam_port(exam, &server->address);
    else if (ret->listened)
        observe_path(exam, &server->address, ret);
}

/* What came to us first: all of a connection, or one datagram. */
static struct sg_slice first_received(const struct sg_exam *exam)
{
    if (exam->connection_count)
        return sg_bytes_slice(&exam->connections[0]->in);
    for (size_t i = 0; i < exam->socket_count; i++) {
        if (exam->sockets[i]->received_count)
            return sg_bytes_slice(&exam->sockets[i]->received[0].bytes);
    }
    return (struct sg_slice){NULL, 0};
}

static bool has_fallen(const struct sg_exam_program *program)
{
    return program->process.life >= SG_LIFE_ENDED && !program->killed_by_us &&
           WIFSIGNALED(program->process.status);
}

static void observe_client(struct sg_exam *exam, struct sg_observation *ret, struct sg_error *err)
{
    if (!sg_exam_start_listeners(exam, err) || err->text[0])
        return;
    bool played = sg_exam_play(exam, &exam->one->play, err);
    const struct sg_exam_program *client = sg_exam_judged(exam);
    ret->played = played;
    ret->connected = client->asked_count > 0;
    ret->fed = client->lines_fed > 0;
    ret->fell = has_fallen(client);
    ret->port = ret->connected ? sg_address_port(&client->asked.address) : 0;
    if (ret->connected && sg_exam_is_local(exam)) {
        observe_path(exam, &client->asked.address, ret);
    } else if (ret->connected) {
        ret->host_given = sg_address_same_host(&client->asked.address, &exam->host);
        (void)sg_address_print_host(&client->asked.address, ret->host);
        (void)sg_address_print_host(&exam->host, ret->given_host);
    }
    /* Whatever else fails, it is another matter than how it is started. */
    ret->message_right = played || (exam->evidence.kind != SG_FAILURE_MESSAGE &&
                                    exam->evidence.kind != SG_FAILURE_NOT_ACCEPTED &&
                                    exam->evidence.kind != SG_FAILURE_START);
    struct sg_slice first = first_received(exam);
    ret->received = first.length;
    ret->received_hash = sg_hash(SG_HASH_START, first.data, first.length);
}

static void run_observer(const struct sg_exam_request *request, int fd)
{
    struct sg_error err = {0};
    struct sg_observation observation = {0};
    struct sg_exam *exam = sg_alloc(sizeof *exam);
    if (begin(exam, request, &err)) {
        observation.given_port = exam->port;
        if (request->one->role == SG_ROLE_SERVER)
            observe_server(exam, &observation, &err);
        else
            observe_client(exam, &observation, &err);
    }
    observation.ran = !err.text[0];
    observation.exceeded = observation.ran && sg_exam_judged(exam)->excess;
    (void)snprintf(observation.text, sizeof observation.text, "%.250s", err.text);
    sg_exam_close(exam);
    sg_examiner_answer(fd, (struct sg_slice){(const uint8_t *)&observation, sizeof observation});
}

void sg_observe(const struct sg_exam_request *request, struct sg_observation *ret)
{
    struct sg_error err = {0};
    struct sg_exam_request observing = *request;
    observing.observes = true;
    *ret = (struct sg_observation){0};
    if (sg_examiner_ask(&observing, run_observer, ret, sizeof *ret, &err) < 0)
        (void)snprintf(ret->text, sizeof ret->text, "%.250s", err.text);
}

static void run_again(const struct sg_exam_request *request, int fd)
{
    struct sg_error err = {0};
    struct sg_exam *exam = sg_alloc(sizeof *exam);
    if (begin(exam, request, &err) && sg_exam_start_listeners(exam, &err))
        (void)sg_exam_play(exam, &request->one->play, &err);
    const struct sg_exam_program *judged = sg_exam_judged(exam);
    bool by_us = judged && judged->killed_by_us;
    sg_exam_read_place(exam);
    struct sg_probe_answer answer = {.ran = !err.text[0],
                                     .failed = exam->evidence.kind != SG_FAILURE_NONE,
                                     .busy = exam->evidence.outcome == SG_OUTCOME_BUSY,
                                     .step = exam->evidence.step,
                                     .killed_by = by_us ? 0 : exam->tracer.killed_by,
                                     .fell = exam->fell};
    memcpy(answer.faulted, exam->faulted, sizeof answer.faulted);
    sg_exam_close(exam);
    sg_examiner_answer(fd, (struct sg_slice){(const uint8_t *)&answer, sizeof answer});
}

void sg_play_again(const struct sg_exam_request *request, struct sg_probe_answer *ret)
{
    struct sg_error ignored = {0};
    *ret = (struct sg_probe_answer){0};
    (void)sg_examiner_ask(request, run_again, ret, sizeof *ret, &ignored);
}
