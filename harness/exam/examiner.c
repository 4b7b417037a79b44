/* SPDX-License-Identifier: MIT
 * The process of one examination, from fork() to its answer. */
#include "exam/examiner.h"

#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/language.h"
#include "base/random.h"
#include "base/stop.h"
#include "diagnose/diagnose.h"
#include "exam/actors.h"
#include "exam/describe.h"
#include "exam/discover.h"
#include "exam/hosts.h"
#include "exam/play.h"
#include "exam/probe.h"
#include "exam/start.h"
#include "exam/sweep.h"
#include "result/json.h"
#include "wire/network.h"

enum { EXAMINER_SECONDS = 300, WAIT_MS = 1000 };

/* A wake-up across processors costs ten times one on the same. Where fork() has put us is where
 * there was least to do, whoever else is at work on this machine. */
static void stay_on_processor(void)
{
    int here = sched_getcpu();
    cpu_set_t one;
    if (here < 0 || here >= CPU_SETSIZE)
        return;
    CPU_ZERO(&one);
    CPU_SET((size_t)here, &one);
    (void)sched_setaffinity(0, sizeof one, &one);
}

int sg_examiner_enter_network(const struct sg_exam_request *request, struct sg_error *err)
{
    const struct sg_rungs *rungs = request->rungs;
    bool private = rungs->network == SG_NETWORK_PRIVATE;
    pid_t parent = getppid();
    (void)prctl(PR_SET_TIMERSLACK, 1000UL); /* waits of 50 us are 50 us */
    stay_on_processor();
    if (sg_jail_enter(rungs, private, err) < 0)
        return -1;
    sg_child_tie(parent);
    return private ? sg_network_raise(err) : 0;
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
            .build_exceeded = program->found->exceeded,
            .program = {.name = sg_program_word(program->spec)},
        };
        return false;
    }
    return true;
}

static void fill_result(struct sg_exam *exam, struct sg_case_result *result)
{
    sg_describe_case(exam->one, SG_STATUS_PASSED, result);
    result->duration_ns = sg_transcript_now(&exam->transcript);
    const struct sg_exam_program *judged = sg_exam_judged(exam);
    if (judged && judged->way && judged->started)
        result->started = sg_strdup(judged->way->shown);
    result->refused = sg_alloc((SG_MOST_REFUSED + 1) * sizeof *result->refused);
    for (size_t i = 0; judged && i < judged->refused_count; i++)
        result->refused[result->refused_count++] = sg_strdup(judged->refused[i]);
    const char *undiscovered = sg_exam_undiscovered(exam);
    undiscovered = undiscovered ? undiscovered : sg_exam_late_host(exam);
    if (undiscovered && !exam->inconclusive) {
        exam->inconclusive = true;
        exam->reason = sg_strdup(undiscovered);
    }
    if (exam->inconclusive) {
        result->status = SG_STATUS_INCONCLUSIVE;
        result->charged = false;
        result->reason = exam->reason;
        exam->reason = NULL;
    } else if (exam->evidence.kind == SG_FAILURE_NONE) {
        result->points = exam->one->points;
    } else {
        result->status = SG_STATUS_FAILED;
        sg_diagnose(&exam->evidence, &result->diagnosis);
    }
    sg_transcript_take(&exam->transcript, result);
}

static void fill_error(const struct sg_case *one, const char *reason, struct sg_case_result *result)
{
    sg_describe_case(one, SG_STATUS_ERROR, result);
    result->charged = false;
    result->reason = sg_strdup(reason);
}

/* Whether something was shown by the faults of the case. A program that sends byte by byte shows by
 * that alone that a short send cannot hurt it. */
static bool met_a_fault(const struct sg_exam *exam)
{
    bool met = exam->fault_count || exam->receives_cut;
    for (size_t i = 0; i < exam->program_count; i++)
        met |= exam->programs[i].supervisor.indivisible > 0;
    return met;
}

/* A reference program that crashes shows nothing of the student's. */
static void blame_references(const struct sg_exam *exam, struct sg_error *err)
{
    for (size_t i = 0; i < exam->program_count; i++) {
        const struct sg_exam_program *program = &exam->programs[i];
        const struct sg_process *process = &program->process;
        if (program->cast == SG_CAST_REFERENCE && process->life >= SG_LIFE_ENDED &&
            WIFSIGNALED(process->status) && !program->killed_by_us)
            (void)sg_fail_machine(err, "the reference %s was ended by SIG%s", program->spec->name,
                                  sigabbrev_np(WTERMSIG(process->status)));
    }
}

static void examine(const struct sg_exam_request *request, struct sg_case_result *result)
{
    struct sg_error err = {0};
    struct sg_exam *exam = sg_alloc(sizeof *exam);
    bool ready =
        sg_examiner_enter_network(request, &err) == 0 && sg_exam_open(exam, request, &err) == 0;
    if (ready && has_program(exam) && sg_exam_start_listeners(exam, &err))
        (void)sg_exam_play(exam, &request->one->play, &err);
    if (ready && exam->evidence.kind == SG_FAILURE_NONE && !err.text[0])
        sg_exam_rest(exam);
    const struct sg_exam_program *judged = ready && !err.text[0] ? sg_exam_judged(exam) : NULL;
    if (judged && judged->excess)
        (void)sg_exam_fail(exam, SG_FAILURE_EXCESS, NULL, SG_OUTCOME_BUSY);
    if (request->one->faults.count && !met_a_fault(exam) &&
        exam->evidence.kind == SG_FAILURE_NONE) {
        exam->inconclusive = true;
        exam->reason = sg_strdup(_("no call could be interfered with, so nothing was shown"));
    }
    if (!err.text[0])
        blame_references(exam, &err);
    if (err.text[0]) {
        fill_error(request->one, err.text, result);
    } else {
        sg_exam_probe(exam);
        fill_result(exam, result);
    }
    sg_exam_close(exam);
    free(exam);
}

_Noreturn void sg_examiner_answer(int fd, struct sg_slice answer)
{
    struct sg_error ignored;
    (void)sg_write_all(fd, answer, &ignored);
    _exit(0);
}

static void run_examiner(const struct sg_exam_request *request, int fd)
{
    struct sg_case_result result;
    struct sg_bytes json = {0};
    examine(request, &result);
    sg_case_to_json(&result, false, &json);
    sg_examiner_answer(fd, sg_bytes_slice(&json));
}

int sg_examiners_wait(const struct sg_answerer *const *examiners, size_t count,
                      struct sg_error *err)
{
    struct pollfd fds[SG_MOST_EXAMINERS + 1];
    sg_autoclose int stop = sg_stop_open();
    fds[0] = (struct pollfd){.fd = stop, .events = POLLIN};
    for (size_t i = 0; i < count; i++)
        fds[i + 1] = (struct pollfd){.fd = examiners[i]->fd, .events = POLLIN};
    (void)poll(fds, (nfds_t)count + 1, WAIT_MS);
    return sg_stop_asked() ? sg_fail_machine(err, "stopped") : 0;
}

bool sg_examiner_is_late(const struct sg_answerer *examiner)
{
    return sg_now_ns() - examiner->started_ns > EXAMINER_SECONDS * SG_NS_PER_S;
}

/* Kills it, where its answer has not come to an end, and returns how it ended. */
static int end_examiner(struct sg_answerer *examiner)
{
    if (examiner->pid && !sg_answerer_is_done(examiner)) {
        (void)kill(examiner->pid, SIGKILL);
        sg_kill_below(examiner->pid); /* it may wait for what its program holds (pipes.h) */
    }
    return sg_answerer_end(examiner);
}

void sg_examiner_stop(struct sg_answerer *examiner)
{
    (void)end_examiner(examiner);
    sg_answerer_done(examiner);
}

static int fork_examiner(struct sg_answerer *examiner, const struct sg_exam_request *request,
                         sg_run_examiner *run, struct sg_error *err)
{
    int fd;
    if (sg_answerer_start(examiner, SIZE_MAX, &fd, err) < 0)
        return -1;
    if (fd >= 0)
        run(request, fd);
    return 0;
}

int sg_examiner_start(struct sg_answerer *examiner, const struct sg_exam_request *request,
                      struct sg_error *err)
{
    return fork_examiner(examiner, request, run_examiner, err);
}

void sg_examiner_finish(struct sg_answerer *examiner, const struct sg_exam_request *request,
                        struct sg_case_result *ret)
{
    bool ended = sg_answerer_is_done(examiner);
    int status = end_examiner(examiner);
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
    sg_answerer_done(examiner);
}

int sg_examiner_ask(const struct sg_exam_request *request, sg_run_examiner *run, void *room,
                    size_t size, struct sg_error *err)
{
    struct sg_answerer examiner;
    const struct sg_answerer *const waited = &examiner;
    int failed = fork_examiner(&examiner, request, run, err);
    while (!failed && !sg_answerer_read(&examiner)) {
        failed = sg_examiners_wait(&waited, 1, err);
        if (!failed && sg_examiner_is_late(&examiner))
            failed = sg_fail_machine(err, "the examiner did not come to an end");
    }
    if (!failed && examiner.answer.length != size)
        failed = sg_fail_machine(err, "the examiner ended without an answer");
    if (!failed)
        memcpy(room, examiner.answer.data, size);
    sg_examiner_stop(&examiner);
    return failed;
}
