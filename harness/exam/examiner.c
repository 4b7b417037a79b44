/* SPDX-License-Identifier: MIT
 * The process of one examination, from fork() to its answer. */
#include "exam/examiner.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/random.h"
#include "diagnose/diagnose.h"
#include "exam/parts.h"
#include "result/json.h"
#include "wire/network.h"

static int enter_network(const struct sg_exam_request *request, struct sg_error *err)
{
    const struct sg_rungs *rungs = request->rungs;
    bool private = rungs->network == SG_NETWORK_PRIVATE;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)prctl(PR_SET_TIMERSLACK, 1000UL); /* waits of 50 us are 50 us */
    if (request->cpu >= 0) {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET((size_t)request->cpu, &one);
        /* A wake-up across processors costs ten times one on the same. */
        (void)sched_setaffinity(0, sizeof one, &one);
    }
    if (sg_jail_enter(rungs, private, err) < 0)
        return -1;
    return private ? sg_network_raise(err) : 0;
}

static bool start_listeners(struct sg_exam *exam, struct sg_error *err)
{
    for (size_t i = 0; i < exam->program_count; i++) {
        struct sg_exam_program *program = &exam->programs[i];
        if (!program->spec->listens)
            continue;
        if (sg_exam_start(exam, program, NULL, err) < 0)
            return false;
        if (!sg_exam_await_listening(exam, program, NULL))
            return false;
    }
    return true;
}

/* A case whose program is not there, or was not built, fails without being played. */
static bool has_program(struct sg_exam *exam)
{
    for (size_t i = 0; i < exam->program_count; i++) {
        const struct sg_exam_program *program = &exam->programs[i];
        if (program->cast != SG_CAST_STUDENT || program->found->kind == SG_FOUND_PROGRAM)
            continue;
        exam->evidence = (struct sg_evidence){
            .assignment = exam->assignment,
            .one = exam->one,
            .kind = program->found->kind == SG_FOUND_BUILD_FAILED ? SG_FAILURE_BUILD
                                                                  : SG_FAILURE_NO_PROGRAM,
            .found_message = program->found->message,
            .program = {.name = program->spec->name},
        };
        return false;
    }
    return true;
}

static void fill_result(struct sg_exam *exam, struct sg_case_result *result)
{
    const struct sg_case *one = exam->one;
    *result = (struct sg_case_result){
        .id = sg_strdup(one->name),
        .title = sg_strdup(one->title.en),
        .group = sg_strdup(one->group ? one->group : ""),
        .role = sg_strdup(one->role == SG_ROLE_SERVER ? "server" : "client"),
        .hidden = one->hidden,
        .charged = true,
        .max_points = one->points,
        .duration_ns = sg_transcript_now(&exam->transcript),
    };
    const struct sg_exam_program *judged = sg_exam_judged(exam);
    if (judged && judged->way && judged->started)
        result->started = sg_strdup(judged->way->shown);
    if (exam->inconclusive) {
        result->status = SG_STATUS_INCONCLUSIVE;
        result->charged = false;
        result->reason = exam->reason;
        exam->reason = NULL;
    } else if (exam->evidence.kind == SG_FAILURE_NONE) {
        result->status = SG_STATUS_PASSED;
        result->points = one->points;
    } else {
        result->status = SG_STATUS_FAILED;
        sg_diagnose(&exam->evidence, &result->diagnosis);
    }
    sg_transcript_take(&exam->transcript, result);
    if (result->status == SG_STATUS_FAILED)
        sg_exam_look_further(exam, &result->diagnosis);
}

static void fill_error(const struct sg_case *one, const char *reason, struct sg_case_result *result)
{
    *result = (struct sg_case_result){
        .id = sg_strdup(one->name),
        .title = sg_strdup(one->title.en),
        .group = sg_strdup(one->group ? one->group : ""),
        .role = sg_strdup(one->role == SG_ROLE_SERVER ? "server" : "client"),
        .status = SG_STATUS_ERROR,
        .hidden = one->hidden,
        .max_points = one->points,
        .reason = sg_strdup(reason),
    };
}

static void examine(const struct sg_exam_request *request, struct sg_case_result *result)
{
    struct sg_error err = {0};
    struct sg_exam *exam = sg_alloc(sizeof *exam);
    bool ready = enter_network(request, &err) == 0 && sg_exam_open(exam, request, &err) == 0;
    if (ready && has_program(exam) && start_listeners(exam, &err))
        (void)sg_exam_play(exam, &request->one->play, &err);
    if (request->one->faults.count && exam->fault_count == 0 && exam->receives_cut == 0 &&
        exam->evidence.kind == SG_FAILURE_NONE) {
        exam->inconclusive = true;
        exam->reason = sg_strdup("no call could be interfered with, so nothing was shown");
    }
    if (err.text[0])
        fill_error(request->one, err.text, result);
    else
        fill_result(exam, result);
    sg_exam_close(exam);
    free(exam);
}

static void send_and_exit(int fd, struct sg_slice answer)
{
    struct sg_error ignored;
    (void)sg_write_all(fd, answer, &ignored);
    _exit(0);
}

static _Noreturn void run_examiner(const struct sg_exam_request *request, int fd)
{
    struct sg_case_result result;
    struct sg_bytes json = {0};
    examine(request, &result);
    sg_case_to_json(&result, &json);
    send_and_exit(fd, sg_bytes_slice(&json));
    abort();
}

/* Forks; the parent gets a pipe from the child, which gets its other end. Returns as fork() does. */
static pid_t fork_with_pipe(int *ret_fd, struct sg_error *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return sg_fail_os(err, "make a pipe");
    pid_t pid = fork();
    if (pid < 0)
        (void)sg_fail_os(err, "fork");
    (void)close(ends[pid == 0 ? 0 : 1]);
    if (pid < 0)
        (void)close(ends[0]);
    *ret_fd = ends[pid == 0 ? 1 : 0];
    return pid;
}

int sg_examiner_start(struct sg_examiner *examiner, const struct sg_exam_request *request,
                      struct sg_error *err)
{
    *examiner = (struct sg_examiner){.fd = -1, .started_ns = sg_now_ns()};
    int fd = -1;
    pid_t pid = fork_with_pipe(&fd, err);
    if (pid < 0)
        return -1;
    if (pid == 0)
        run_examiner(request, fd);
    examiner->pid = pid;
    examiner->fd = fd;
    if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0)
        return sg_fail_os(err, "make a pipe non-blocking");
    return 0;
}

bool sg_examiner_read(struct sg_examiner *examiner)
{
    while (examiner->fd >= 0) {
        uint8_t *room = sg_bytes_reserve(&examiner->answer, 65536);
        ssize_t count = read(examiner->fd, room, 65536);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN)
            return false;
        if (count > 0) {
            examiner->answer.length += (size_t)count;
            continue;
        }
        (void)close(examiner->fd);
        examiner->fd = -1;
    }
    return true;
}

static int reap(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

void sg_examiner_finish(struct sg_examiner *examiner, const struct sg_exam_request *request,
                        struct sg_case_result *ret)
{
    bool ended = examiner->fd < 0;
    if (!ended) {
        (void)kill(examiner->pid, SIGKILL);
        (void)close(examiner->fd);
    }
    int status = reap(examiner->pid);
    struct sg_error err = {0};
    char reason[sizeof err.text];
    if (!ended)
        (void)snprintf(reason, sizeof reason, "the examiner did not come to an end");
    else if (WIFSIGNALED(status))
        (void)snprintf(reason, sizeof reason, "the examiner was ended by SIG%s",
                       sigabbrev_np(WTERMSIG(status)));
    else if (sg_case_from_json(sg_bytes_slice(&examiner->answer), ret, &err) < 0)
        memcpy(reason, err.text, sizeof reason);
    else
        reason[0] = 0;
    if (reason[0])
        fill_error(request->one, reason, ret);
    sg_bytes_done(&examiner->answer);
}

static void observe_server(struct sg_exam *exam, struct sg_observation *ret, struct sg_error *err)
{
    struct sg_exam_program *server = sg_exam_judged(exam);
    if (sg_exam_start(exam, server, NULL, err) < 0)
        return;
    ret->listened = sg_exam_await_listening(exam, server, NULL);
    if (ret->listened)
        ret->port = sg_exam_port(exam, &server->address);
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

static void observe_client(struct sg_exam *exam, struct sg_observation *ret, struct sg_error *err)
{
    if (!start_listeners(exam, err) || err->text[0])
        return;
    bool played = sg_exam_play(exam, &exam->one->play, err);
    const struct sg_exam_program *client = sg_exam_judged(exam);
    ret->connected = client->asked_count > 0;
    ret->fed = client->lines_fed > 0;
    ret->port = ret->connected ? sg_address_port(&client->asked.address) : 0;
    ret->loopback = ret->connected && sg_address_is_loopback(&client->asked.address);
    /* Whatever else fails, it is another matter than how it is started. */
    ret->message_right = played || (exam->evidence.kind != SG_FAILURE_MESSAGE &&
                                    exam->evidence.kind != SG_FAILURE_NOT_ACCEPTED &&
                                    exam->evidence.kind != SG_FAILURE_START);
    struct sg_slice first = first_received(exam);
    ret->received = first.length;
    ret->received_hash = sg_hash(SG_HASH_START, first.data, first.length);
}

static _Noreturn void run_observer(const struct sg_exam_request *request, int fd)
{
    struct sg_error err = {0};
    struct sg_observation observation = {0};
    struct sg_exam *exam = sg_alloc(sizeof *exam);
    if (enter_network(request, &err) == 0 && sg_exam_open(exam, request, &err) == 0) {
        observation.given_port = exam->port;
        if (request->one->role == SG_ROLE_SERVER)
            observe_server(exam, &observation, &err);
        else
            observe_client(exam, &observation, &err);
    }
    observation.ran = !err.text[0];
    (void)snprintf(observation.text, sizeof observation.text, "%.250s", err.text);
    sg_exam_close(exam);
    send_and_exit(fd, (struct sg_slice){(const uint8_t *)&observation, sizeof observation});
    abort();
}

void sg_observe(const struct sg_exam_request *request, struct sg_observation *ret)
{
    *ret = (struct sg_observation){0};
    struct sg_error err = {0};
    int fd = -1;
    pid_t pid = fork_with_pipe(&fd, &err);
    if (pid == 0)
        run_observer(request, fd);
    if (pid < 0) {
        (void)snprintf(ret->text, sizeof ret->text, "%.250s", err.text);
        return;
    }
    struct sg_bytes answer = {0};
    struct sg_examiner reader = {.pid = pid, .fd = fd, .answer = answer};
    while (!sg_examiner_read(&reader)) {
    }
    (void)reap(pid);
    if (reader.answer.length == sizeof *ret)
        memcpy(ret, reader.answer.data, sizeof *ret);
    else
        (void)snprintf(ret->text, sizeof ret->text, "the examiner ended without an answer");
    sg_bytes_done(&reader.answer);
}
