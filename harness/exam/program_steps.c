/* SPDX-License-Identifier: MIT
 * What is expected of programs: ends, output, arguments, resources; and the table of all steps that
 * are theirs. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/language.h"
#include "exam/actors.h"
#include "exam/calls.h"
#include "exam/local.h"
#include "exam/play.h"
#include "exam/printed.h"
#include "exam/relay.h"
#include "exam/settle.h"
#include "exam/steps.h"
#include "exam/wait.h"

enum {
    EXIT_SECONDS = 11, /* a client that has to give up does so within ten, not counting its start */
    LINGER_SECONDS = 3, /* a server may linger before it lets go of a connection */
    BUSY_MS = 250,      /* processor time that is more than waking up now and then … */
    IDLE_MS = 500,      /* … before so much idleness */
};

static bool has_ended(struct sg_exam *exam, void *state)
{
    (void)exam;
    const struct sg_exam_program *program = state;
    return program->process.life >= SG_LIFE_ENDED;
}

static bool status_fits(int status, int64_t wanted)
{
    if (wanted == SG_EXIT_ANY)
        return WIFEXITED(status);
    if (!WIFEXITED(status))
        return false;
    return wanted == SG_EXIT_NONZERO ? WEXITSTATUS(status) != 0 : WEXITSTATUS(status) == wanted;
}

struct printing {
    const struct sg_exam_program *program;
    struct sg_slice answer;
};

static bool is_printed(struct sg_exam *exam, void *state)
{
    (void)exam;
    const struct printing *printing = state;
    const struct sg_process *process = &printing->program->process;
    return sg_printed_holds(sg_bytes_slice(&process->out.bytes), printing->answer) ||
           sg_printed_holds(sg_bytes_slice(&process->err.bytes), printing->answer);
}

static bool sends_its_own(const struct sg_exam_program *program)
{
    return program->way && program->way->message == SG_MESSAGE_FIXED;
}

/* What the client was answered through the relay; over UDP, last. Of a frame, what it carries. */
static struct sg_slice relayed_answer(const struct sg_exam *exam)
{
    const struct sg_connection *served = sg_exam_last_served(exam);
    const struct sg_datagram_end *front = exam->relay.front;
    size_t header = exam->assignment->longest_frame ? SG_FRAME_HEADER : 0;
    if (served)
        return sg_slice_skip(sg_bytes_slice(&served->in), header);
    if (front)
        return sg_slice_skip(sg_bytes_slice(&front->out), front->last_out);
    return (struct sg_slice){NULL, 0};
}

/* A program that has ended says so by its status, and by a word on standard error. */
static bool has_failed(struct sg_exam_program *program)
{
    (void)sg_process_read(&program->process);
    return program->process.life >= SG_LIFE_ENDED &&
           status_fits(program->process.status, SG_EXIT_NONZERO) &&
           program->process.err.bytes.length;
}

static bool step_expect_printed(struct sg_exam *exam, struct sg_exam_program *program,
                                const struct sg_step *step, struct sg_error *err)
{
    sg_autobytes struct sg_bytes answer = {0};
    sg_data_make(&exam->data, &step->data, &answer);
    if (step->stream)
        return sg_exam_expect_stream(exam, program, step, err);
    struct printing printing = {program, sg_bytes_slice(&answer)};
    enum sg_outcome outcome = sg_exam_wait(exam, is_printed, &printing, exam->assignment->reply_ns);
    if (outcome == SG_OUTCOME_MET || (step->instead && has_failed(program)))
        return true;
    struct sg_connection *served = sg_exam_last_served(exam);
    struct sg_slice answered = relayed_answer(exam);
    if (answered.length && sends_its_own(program)) {
        /* What it was given is not what it asked; what it was answered is what it has to print. */
        sg_bytes_clear(&answer);
        sg_bytes_add(&answer, answered.data, answered.length);
        printing.answer = sg_bytes_slice(&answer);
        if (is_printed(exam, &printing))
            return true;
    }
    if (served && program != sg_exam_judged(exam)) /* it is the server that did not answer so */
        return sg_exam_fail_data(exam, SG_FAILURE_DATA, step, outcome, served,
                                 sg_bytes_slice(&answer));
    (void)sg_exam_fail(exam, SG_FAILURE_PRINTED, step, outcome);
    sg_bytes_clear(&exam->expected);
    sg_bytes_add(&exam->expected, answer.data, answer.length);
    exam->evidence.expected = sg_bytes_slice(&exam->expected);
    exam->evidence.got = sg_bytes_slice(&program->process.out.bytes);
    if (exam->connection_count) {
        exam->evidence.connection_index = exam->connection_count - 1;
        exam->evidence.connection = exam->connections[exam->connection_count - 1];
    }
    return false;
}

struct outputting {
    const struct sg_bytes *out;
    struct sg_slice wanted;
};

/* All has come, or something else has. */
static bool is_output_decided(struct sg_exam *exam, void *state)
{
    (void)exam;
    const struct outputting *outputting = state;
    struct sg_slice out = sg_bytes_slice(outputting->out);
    return out.length >= outputting->wanted.length ||
           sg_slice_common(out, outputting->wanted) < out.length;
}

static bool step_expect_output(struct sg_exam *exam, struct sg_exam_program *program,
                               const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    sg_autobytes struct sg_bytes wanted = {0};
    sg_data_make(&exam->data, &step->data, &wanted);
    struct outputting outputting = {&program->process.out.bytes, sg_bytes_slice(&wanted)};
    enum sg_outcome outcome =
        sg_exam_wait(exam, is_output_decided, &outputting, exam->assignment->reply_ns);
    if (outcome == SG_OUTCOME_MET) /* what it says next may be one too many */
        (void)sg_exam_wait_for_rest(exam);
    if (sg_slice_equal(sg_bytes_slice(outputting.out), outputting.wanted))
        return true;
    (void)sg_exam_fail(exam, SG_FAILURE_PRINTED, step, outcome);
    sg_bytes_clear(&exam->expected);
    sg_bytes_add(&exam->expected, wanted.data, wanted.length);
    exam->evidence.expected = sg_bytes_slice(&exam->expected);
    exam->evidence.got = sg_bytes_slice(outputting.out);
    return false;
}

static void about_last_connection(struct sg_exam *exam)
{
    if (!exam->connection_count)
        return;
    exam->evidence.connection_index = exam->connection_count - 1;
    exam->evidence.connection = exam->connections[exam->connection_count - 1];
}

static enum sg_outcome wait_for_exit(struct sg_exam *exam, struct sg_exam_program *program)
{
    exam->finishing = true;
    enum sg_outcome outcome = sg_exam_wait(exam, has_ended, program, EXIT_SECONDS * SG_NS_PER_S);
    exam->finishing = false;
    if (program->process.life >= SG_LIFE_ENDED)
        sg_exam_rest(exam); /* what it left, and what others make of that */
    return program->process.life >= SG_LIFE_ENDED ? SG_OUTCOME_MET : outcome;
}

static bool step_expect_exit(struct sg_exam *exam, struct sg_exam_program *program,
                             const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    enum sg_outcome outcome = wait_for_exit(exam, program);
    if (outcome == SG_OUTCOME_MET && status_fits(program->process.status, step->exit_status))
        return true;
    enum sg_failure_kind kind =
        outcome == SG_OUTCOME_MET ? SG_FAILURE_EXIT_STATUS : SG_FAILURE_STILL_RUNS;
    (void)sg_exam_fail(exam, kind, step, outcome);
    exam->evidence.expected_exit = (int)step->exit_status;
    about_last_connection(exam);
    return false;
}

static bool step_expect_failure(struct sg_exam *exam, struct sg_exam_program *program,
                                const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    enum sg_outcome outcome = wait_for_exit(exam, program);
    if (outcome != SG_OUTCOME_MET) {
        (void)sg_exam_fail(exam, SG_FAILURE_STILL_RUNS, step, outcome);
        exam->evidence.expected_exit = SG_EXIT_NONZERO;
        about_last_connection(exam);
        return false;
    }
    if (!status_fits(program->process.status, SG_EXIT_NONZERO)) {
        (void)sg_exam_fail(exam, SG_FAILURE_EXIT_STATUS, step, outcome);
        exam->evidence.expected_exit = SG_EXIT_NONZERO;
        about_last_connection(exam);
        return false;
    }
    (void)sg_process_read(&program->process);
    if (program->process.err.bytes.length)
        return true;
    return sg_exam_fail(exam, SG_FAILURE_SILENT, step, outcome);
}

/* By itself: neither its input ends, nor what we serve it. */
static bool step_expect_end(struct sg_exam *exam, struct sg_exam_program *program,
                            const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    enum sg_outcome outcome = sg_exam_wait(exam, has_ended, program, EXIT_SECONDS * SG_NS_PER_S);
    if (program->process.life >= SG_LIFE_ENDED) {
        sg_exam_rest(exam);
        return true;
    }
    (void)sg_exam_fail(exam, SG_FAILURE_STILL_RUNS, step, outcome);
    exam->evidence.expected_exit = SG_EXIT_ANY;
    about_last_connection(exam);
    return false;
}

/* Where a server listens, or whom a client asked, is the host that it was given. A server may listen
 * on every address instead; and what a manifest gives it instead of the host is its own affair. */
static bool is_at_given_host(const struct sg_exam *exam, const struct sg_exam_program *program,
                             const union sg_address *address)
{
    return (program->way && program->way->form == SG_WAY_MANIFEST) || sg_exam_is_local(exam) ||
           sg_address_same_host(address, &exam->host) ||
           (program->spec->listens && sg_address_is_wildcard(address));
}

/* A client sends the message that it is given: as an argument, or as a line of its standard input
 * where its manifest says so. */
static bool sends_what_it_is_given(const struct sg_exam_program *client)
{
    const struct sg_way *way = client->way;
    bool by_manifest = way && way->form == SG_WAY_MANIFEST && client->found->input.count;
    return !way || way->message == SG_MESSAGE_GIVEN ||
           (by_manifest && way->message == SG_MESSAGE_FED);
}

static bool step_honours_arguments(struct sg_exam *exam, struct sg_exam_program *program,
                                   const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    const union sg_address *address =
        program->spec->listens ? &program->address : &program->asked.address;
    bool known = program->spec->listens ? program->listening : program->asked_count > 0;
    bool right = known && sg_exam_is_given(exam, address);
    enum sg_way_form form = program->way ? program->way->form : SG_WAY_ALL;
    if (!sg_program_has_port(program->spec)) /* what it does with them is what the case expects */
        right = program->lines_fed == 0;
    else
        right = right && is_at_given_host(exam, program, address) &&
                (program->spec->listens || sends_what_it_is_given(program));
    if (right && (form == SG_WAY_ALL || form == SG_WAY_MANIFEST))
        return true;
    return sg_exam_fail(exam, SG_FAILURE_ARGUMENTS, step, SG_OUTCOME_MET);
}

/* A server that has daemonised runs on in what it left behind. */
static bool is_running(const struct sg_exam_program *program)
{
    const struct sg_process *process = &program->process;
    if (process->life == SG_LIFE_RUNNING)
        return true;
    return process->life == SG_LIFE_ENDED && WIFEXITED(process->status) &&
           WEXITSTATUS(process->status) == 0;
}

static bool step_running(struct sg_exam *exam, struct sg_exam_program *program,
                         const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    /* One that has set its wait a limit is not made to wait for that. */
    enum sg_outcome outcome = sg_exam_let_work(exam);
    if (outcome != SG_OUTCOME_MET && sg_exam_settle(exam).verdict < SG_STILL_BOUNDED)
        outcome = sg_exam_wait(exam, sg_exam_never, NULL, SG_NS_PER_S);
    sg_transcript_settle(&exam->transcript);
    if (is_running(program))
        return true;
    (void)sg_exam_fail(exam, SG_FAILURE_NOT_RUNNING, step, outcome);
    about_last_connection(exam);
    return false;
}

/* The processor time that a thread had used when it was seen first. */
struct baseline {
    pid_t tid;
    uint64_t run_ns;
};

struct idling {
    struct sg_exam_program *program;
    struct sg_tree now;
    struct baseline *first;
    size_t count;
};

/* A thread counts from where it is seen first: a look may miss one while another ends. */
static uint64_t used_since(struct idling *idling, const struct sg_thread *thread)
{
    for (size_t i = 0; i < idling->count; i++) {
        if (idling->first[i].tid == thread->tid)
            return thread->run_ns > idling->first[i].run_ns
                       ? thread->run_ns - idling->first[i].run_ns
                       : 0;
    }
    idling->first = sg_realloc_array(idling->first, idling->count + 1, sizeof *idling->first);
    idling->first[idling->count++] = (struct baseline){thread->tid, thread->run_ns};
    return 0;
}

/* Whether one thread has used the processor for a stretch of time since the step began. */
static bool is_busy(struct sg_exam *exam, void *state)
{
    (void)exam;
    struct idling *idling = state;
    bool busy = false;
    sg_tree_look(&idling->now, idling->program->process.init, false);
    for (size_t i = 0; i < idling->now.count; i++)
        busy |= used_since(idling, &idling->now.threads[i]) > BUSY_MS * SG_NS_PER_MS;
    return busy;
}

/* What its running threads do, for the diagnosis. */
static void watch_busiest(struct sg_exam_program *program)
{
    sg_tree_look(&program->still.first, program->process.init, false);
    for (size_t i = 0; i < program->still.first.count && !program->spin.proven; i++) {
        const struct sg_thread *thread = &program->still.first.threads[i];
        if (thread->state == 'R')
            program->spin = sg_exam_watch_spin(program, thread->tid, false);
    }
}

static bool has_nobody_come(const struct sg_exam *exam)
{
    uint64_t datagrams = 0;
    for (size_t i = 0; i < exam->socket_count; i++)
        datagrams += exam->sockets[i]->sent_count;
    return exam->connection_count == 0 && datagrams == 0;
}

/* How long one that nobody has come to yet waits before it looks around by itself; 0 where it does
 * not, or not soon. What it does then (select() may find its time limit used up) shows only behind
 * that. */
static uint64_t time_until_it_wakes(struct sg_exam *exam)
{
    const uint64_t longest_ns = 10 * SG_NS_PER_S;
    (void)sg_exam_let_work(exam);
    const struct sg_settled settled = sg_exam_settle(exam);
    bool wakes = settled.verdict == SG_STILL_BOUNDED && settled.bound_ns <= longest_ns;
    return wakes && has_nobody_come(exam) ? settled.bound_ns : 0;
}

static bool step_idle(struct sg_exam *exam, struct sg_exam_program *program,
                      const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    struct idling idling = {.program = program};
    const uint64_t idle_ns = time_until_it_wakes(exam) + IDLE_MS * SG_NS_PER_MS;
    enum sg_outcome outcome = sg_exam_wait(exam, is_busy, &idling, idle_ns);
    free(idling.first);
    sg_tree_done(&idling.now);
    bool busy = outcome == SG_OUTCOME_MET || outcome == SG_OUTCOME_BUSY;
    /* On a machine that gives it little time, a spin is seen by what it does. */
    if (busy || outcome == SG_OUTCOME_LATE)
        watch_busiest(program);
    busy |= program->spin.proven;
    /* After a client, it may be one that serves once. */
    if (!busy && (!has_nobody_come(exam) || is_running(program)))
        return true;
    (void)sg_exam_fail(exam, busy ? SG_FAILURE_BUSY : SG_FAILURE_NOT_RUNNING, step, outcome);
    about_last_connection(exam);
    return false;
}

struct growing {
    struct sg_exam *exam;
    struct sg_exam_program *program;
    enum sg_resource resource;
};

static uint64_t count_of(const struct sg_sample *sample, enum sg_resource resource)
{
    switch (resource) {
    case SG_RESOURCE_DESCRIPTORS:
        return sample->descriptors;
    case SG_RESOURCE_PROCESSES:
        return sample->processes;
    case SG_RESOURCE_MEMORY:
        return sample->memory / 1024;
    }
    return 0;
}

/* How much may be left behind by all repetitions together: what is left by every second one or more
 * is a leak. Memory is counted in KiB, of which a program may take some for good (an arena for each
 * thread, of which more are there at a time where none is waited for) and a leak has half a KiB for
 * each. */
static uint64_t allowance(const struct sg_exam *exam, enum sg_resource resource)
{
    enum { ARENA_KIB = 100, ARENAS_KIB = 1024 };
    const uint64_t kept = exam->restless ? ARENAS_KIB : ARENA_KIB;
    return exam->repetitions / 2 + (resource == SG_RESOURCE_MEMORY ? kept : 0);
}

static bool is_steady(struct sg_exam *exam, void *state)
{
    struct growing *growing = state;
    struct sg_sample now = sg_exam_sample(growing->program);
    return count_of(&now, growing->resource) <=
           count_of(&exam->first_sample, growing->resource) + allowance(exam, growing->resource);
}

static bool step_steady(struct sg_exam *exam, struct sg_exam_program *program,
                        const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    for (size_t i = 0; i < step->resources.count; i++) {
        struct growing growing = {exam, program, (enum sg_resource)step->resources.items[i]};
        enum sg_outcome outcome =
            sg_exam_wait(exam, is_steady, &growing, LINGER_SECONDS * SG_NS_PER_S);
        if (outcome == SG_OUTCOME_MET)
            continue;
        struct sg_sample now = sg_exam_sample(program);
        (void)sg_exam_fail(exam, SG_FAILURE_GROWS, step, outcome);
        exam->evidence.resource = growing.resource;
        exam->evidence.grown_from = (size_t)count_of(&exam->first_sample, growing.resource);
        exam->evidence.grown_to = (size_t)count_of(&now, growing.resource);
        exam->evidence.repetitions = exam->repetitions;
        if (growing.resource == SG_RESOURCE_DESCRIPTORS)
            sg_proc_most_held(sg_tree_holder(&program->still.first, program->process.pid),
                              &exam->evidence.held);
        return false;
    }
    return true;
}

sg_program_step *const sg_program_steps[SG_ACT_END] = {
    [SG_ACT_START] = sg_exam_step_start,
    [SG_ACT_FREEZE] = sg_exam_step_freeze,
    [SG_ACT_THAW] = sg_exam_step_thaw,
    [SG_ACT_KILL] = sg_exam_step_kill,
    [SG_ACT_RESTART] = sg_exam_step_restart,
    [SG_ACT_SIGNAL] = sg_exam_step_signal,
    [SG_ACT_HOLD_EXITS] = sg_exam_step_hold_exits,
    [SG_ACT_LET_EXIT] = sg_exam_step_let_exit,
    [SG_ACT_INPUT] = sg_exam_step_input,
    [SG_ACT_EXPECT_OUTPUT] = step_expect_output,
    [SG_ACT_CLOSE_STDIN] = sg_exam_step_close_stdin,
    [SG_ACT_EXPECT_PRINTED] = step_expect_printed,
    [SG_ACT_EXPECT_BYTES] = sg_exam_expect_bytes,
    [SG_ACT_EXPECT_NUMBERS] = sg_exam_expect_numbers,
    [SG_ACT_EXPECT_PORTS] = sg_exam_expect_ports,
    [SG_ACT_EXPECT_RESULTS] = sg_exam_expect_results,
    [SG_ACT_EXPECT_REPLIES] = sg_exam_expect_replies,
    [SG_ACT_EXPECT_SEGMENTS] = sg_exam_expect_segments,
    [SG_ACT_EXPECT_FILE] = sg_exam_step_expect_file,
    [SG_ACT_EXPECT_EXIT] = step_expect_exit,
    [SG_ACT_EXPECT_FAILURE] = step_expect_failure,
    [SG_ACT_EXPECT_END] = step_expect_end,
    [SG_ACT_HONOURS_ARGUMENTS] = step_honours_arguments,
    [SG_ACT_RUNNING] = step_running,
    [SG_ACT_IDLE] = step_idle,
    [SG_ACT_STEADY] = step_steady,
};
