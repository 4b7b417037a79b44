/* SPDX-License-Identifier: MIT
 * The steps that do something to a program: it is started, stopped, ended, signalled, and fed. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/language.h"
#include "exam/calls.h"
#include "exam/play.h"
#include "exam/start.h"
#include "exam/steps.h"
#include "exam/wait.h"
#include "program/proc.h"

bool sg_exam_step_start(struct sg_exam *exam, struct sg_exam_program *program,
                        const struct sg_step *step, struct sg_error *err)
{
    if (sg_exam_start(exam, program, step, err) < 0)
        return false;
    if (program->exec_errno)
        return sg_exam_fail(exam, SG_FAILURE_START, step, SG_OUTCOME_GONE);
    return true;
}

bool sg_exam_step_freeze(struct sg_exam *exam, struct sg_exam_program *program,
                         const struct sg_step *step, struct sg_error *err)
{
    (void)step, (void)err;
    struct sg_event_about about = {.from = "harness", .to = program->spec->name};
    (void)sg_exam_let_work(exam); /* how far it has come is no chance */
    sg_transcript_add(&exam->transcript, SG_EVENT_SIGNAL, &about, false, "%s",
                      _("stops (SIGSTOP)"));
    sg_process_freeze(&program->process, sg_exam_serve_calls, &program->supervisor);
    program->was_frozen = true;
    return true;
}

/* While it stood still its timer has run on: the kernel tells of that, as ever, when it goes on.
 * That it does so in the time that we let it stand is seen to here. */
static void tick(struct sg_exam *exam, struct sg_exam_program *program)
{
    const uint64_t alarm = UINT64_C(1) << (SIGALRM - 1);
    struct sg_event_about about = {.from = "harness", .to = program->spec->name};
    if (!program->ticks || !(sg_proc_handled_signals(program->process.pid) & alarm) ||
        !sg_process_signal(&program->process, SIGALRM))
        return;
    sg_transcript_add(&exam->transcript, SG_EVENT_SIGNAL, &about, false, "%s",
                      _("SIGALRM, as its timer sends it"));
}

/* What it was kept from doing it does before anything else happens: whether it lives through that,
 * or how far it comes before the next client, would be chance. */
bool sg_exam_step_thaw(struct sg_exam *exam, struct sg_exam_program *program,
                       const struct sg_step *step, struct sg_error *err)
{
    (void)step, (void)err;
    struct sg_event_about about = {.from = "harness", .to = program->spec->name};
    tick(exam, program);
    sg_transcript_add(&exam->transcript, SG_EVENT_SIGNAL, &about, false, "%s",
                      _("goes on (SIGCONT)"));
    sg_process_thaw(&program->process);
    (void)sg_exam_let_work(exam);
    return true;
}

bool sg_exam_step_kill(struct sg_exam *exam, struct sg_exam_program *program,
                       const struct sg_step *step, struct sg_error *err)
{
    (void)step, (void)err;
    struct sg_event_about about = {.from = "harness", .to = program->spec->name};
    sg_transcript_add(&exam->transcript, SG_EVENT_SIGNAL, &about, false, "SIGKILL");
    program->killed_by_us = true;
    sg_process_end(&program->process);
    return true;
}

bool sg_exam_step_restart(struct sg_exam *exam, struct sg_exam_program *program,
                          const struct sg_step *step, struct sg_error *err)
{
    uint16_t port = sg_address_port(&program->address);
    if (sg_exam_start(exam, program, NULL, err) < 0)
        return false;
    if (!sg_exam_await_listening(exam, program, step))
        return false;
    /* listen() on a socket whose bind() failed takes any port that is free. */
    if (program->bind_errno && sg_address_port(&program->address) != port)
        return sg_exam_fail(exam, SG_FAILURE_NOT_LISTENING, step, SG_OUTCOME_MET);
    return true;
}

/* Before it is stopped and before it goes on, all that still runs comes to rest: what the program's
 * other processes do while the first stands still is done by then. */
bool sg_exam_step_signal(struct sg_exam *exam, struct sg_exam_program *program,
                         const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    struct sg_event_about about = {.from = "harness", .to = program->spec->name};
    bool pauses = step->signal == SIGSTOP || step->signal == SIGCONT;
    if (pauses)
        (void)sg_exam_let_work(exam);
    sg_transcript_add(&exam->transcript, SG_EVENT_SIGNAL, &about, false, "SIG%s",
                      sigabbrev_np(step->signal));
    program->was_frozen |= step->signal == SIGSTOP;
    program->killed_by_us |= !pauses;
    (void)sg_process_signal(&program->process, step->signal);
    return true;
}

bool sg_exam_step_hold_exits(struct sg_exam *exam, struct sg_exam_program *program,
                             const struct sg_step *step, struct sg_error *err)
{
    (void)exam, (void)step, (void)err;
    sg_endings_hold(&program->supervisor.endings, program->process.pid);
    return true;
}

bool sg_exam_step_let_exit(struct sg_exam *exam, struct sg_exam_program *program,
                           const struct sg_step *step, struct sg_error *err)
{
    (void)step, (void)err;
    struct sg_event_about about = {.from = "harness", .to = program->spec->name};
    (void)sg_exam_let_work(exam); /* all that are about to end have come so far */
    if (program->supervisor.endings.count)
        sg_transcript_add(&exam->transcript, SG_EVENT_SIGNAL, &about, false, "%s",
                          _("its processes end"));
    sg_endings_release(&program->supervisor.endings);
    return true;
}

bool sg_exam_step_close_stdin(struct sg_exam *exam, struct sg_exam_program *program,
                              const struct sg_step *step, struct sg_error *err)
{
    (void)exam, (void)step, (void)err;
    sg_process_close_input(&program->process);
    return true;
}

bool sg_exam_step_input(struct sg_exam *exam, struct sg_exam_program *program,
                        const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    sg_autobytes struct sg_bytes text = {0};
    sg_data_make(&exam->data, &step->data, &text);
    struct sg_event_about about = {
        .from = "harness", .to = program->spec->name, .data = sg_bytes_slice(&text)};
    sg_transcript_add(&exam->transcript, SG_EVENT_STDIN, &about, false, NULL);
    (void)sg_process_feed(&program->process, sg_bytes_slice(&text));
    return true;
}
