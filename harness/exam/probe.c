/* SPDX-License-Identifier: MIT
 * Probes: a failed case is played again, on a fresh program and network, with one thing changed.
 * What is right then tells its cause from others that look alike. */
#include "exam/probe.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "diagnose/rules.h"
#include "exam/calls.h"
#include "exam/numbered.h"
#include "exam/trial.h"

static bool meets_faults(const struct sg_exam *exam)
{
    return exam->fault_count || exam->receives_cut;
}

static bool came_in_segments(const struct sg_exam *exam)
{
    const struct sg_connection *connection = exam->evidence.connection;
    return connection && connection->segment_count + (connection->unsent > 0) > 1;
}

/* It may be right where all comes at once: but not for that where it has ended a connection that
 * was silent. */
static bool may_be_right_whole(const struct sg_exam *exam)
{
    const struct sg_connection *connection = exam->evidence.connection;
    return came_in_segments(exam) &&
           (connection->end == SG_STREAM_OPEN || !sg_find_silence(&exam->evidence));
}

/* It may wait for the end of a stream that is still open. */
static bool may_wait_for_end(const struct sg_exam *exam)
{
    const struct sg_connection *connection = exam->evidence.connection;
    return connection && !connection->ended && connection->end == SG_STREAM_OPEN &&
           exam->evidence.got.length < exam->evidence.expected.length;
}

/* It may give its client time to speak before it does. */
static bool may_wait_for_client(const struct sg_exam *exam)
{
    const struct sg_connection *connection = exam->evidence.connection;
    return connection && !connection->out.length && !connection->ended &&
           connection->end == SG_STREAM_OPEN && exam->evidence.outcome == SG_OUTCOME_LATE;
}

/* It ended the connection after the client had half-closed. */
static bool may_drop_tail(const struct sg_exam *exam)
{
    const struct sg_connection *connection = exam->evidence.connection;
    return connection && connection->ended && !connection->closed &&
           connection->end != SG_STREAM_OPEN;
}

/* It is busy since a client has gone, and its calls do not show with what. */
static bool may_spin_at_end(const struct sg_exam *exam)
{
    const struct sg_evidence *evidence = &exam->evidence;
    bool gone = false;
    for (size_t i = 0; i < evidence->connection_count; i++)
        gone = gone || evidence->connections[i]->ended;
    return evidence->outcome == SG_OUTCOME_BUSY && gone && !evidence->program.spin.proven;
}

/* It may wait for the end of a line: nothing came, in a protocol that knows no end of a message. */
static bool may_read_lines(const struct sg_exam *exam)
{
    const struct sg_connection *connection = exam->evidence.connection;
    return connection && !exam->assignment->mark.length && !exam->assignment->longest_frame &&
           !meets_faults(exam) && !exam->evidence.got.length && connection->out.length &&
           connection->out.data[connection->out.length - 1] != '\n';
}

/* It may read the length of a frame, or the number of a datagram, with its bytes in the other
 * order. */
static bool may_swap_lengths(const struct sg_exam *exam)
{
    bool has_any = exam->assignment->longest_frame || sg_exam_sends_numbers(&exam->one->play);
    return has_any && !meets_faults(exam) && !came_in_segments(exam);
}

/* It may take a byte of a frame's length for a negative number. */
static bool may_have_signed_bytes(const struct sg_exam *exam)
{
    const struct sg_evidence *evidence = &exam->evidence;
    return exam->assignment->longest_frame && evidence->connection && !meets_faults(exam) &&
           !came_in_segments(exam) &&
           sg_has_high_length(sg_bytes_slice(&evidence->connection->out));
}

/* It may take no bytes but ASCII; the length of a frame is no such matter. */
static bool may_want_ascii(const struct sg_exam *exam)
{
    const struct sg_connection *connection = exam->evidence.connection;
    size_t i = exam->assignment->longest_frame ? SG_FRAME_HEADER : 0;
    while (connection && i < connection->out.length && connection->out.data[i] < 0x80)
        i++;
    return connection && i < connection->out.length && !meets_faults(exam);
}

/* Signals that it handles may have interrupted its calls. */
static bool may_be_interrupted(const struct sg_exam *exam)
{
    return exam->evidence.program.interruptible && !exam->fault_count;
}

/* Others came before this client, and what it sent itself was taken: they may have left something
 * behind, or where one is still there and nothing comes, the program may wait for it. Among many
 * one may have met with what is wrong by chance. */
static bool may_matter_who_came(const struct sg_exam *exam)
{
    enum { FEW = 3 };
    const struct sg_evidence *evidence = &exam->evidence;
    size_t others = 0;
    if (!evidence->connection || evidence->unaccepted || evidence->unread_bytes ||
        (sg_has_open_other(evidence, false) &&
         (evidence->got.length || evidence->outcome != SG_OUTCOME_STILL)))
        return false;
    for (size_t i = 0; i < evidence->connection_index && i < evidence->connection_count; i++)
        others += sg_is_another_client(evidence, evidence->connections[i]);
    return others && others <= FEW;
}

/* It ended the connection of a client that does not read at once before all had come back, or took
 * all and sends no more, or sent as much as was due, but something else. */
static bool may_suffer_from_slow(const struct sg_exam *exam)
{
    const struct sg_evidence *evidence = &exam->evidence;
    const struct sg_connection *connection = evidence->connection;
    const struct sg_steps *steps = &exam->one->play;
    bool slow = false;
    for (size_t i = 0; i < steps->count && evidence->step; i++)
        slow = slow || ((steps->items[i].action == SG_ACT_READ_SLOWLY ||
                         steps->items[i].action == SG_ACT_STOP_READING) &&
                        strcmp(steps->items[i].actor, evidence->step->actor) == 0);
    if (!slow || !connection)
        return false;
    return connection->end != SG_STREAM_OPEN || evidence->got.length >= evidence->expected.length ||
           (evidence->outcome == SG_OUTCOME_STILL && !evidence->still_unread);
}

/* While one member of a chat does not read, another does not hear what the server has taken. */
static bool may_wait_for_reader(const struct sg_exam *exam)
{
    const struct sg_evidence *evidence = &exam->evidence;
    return evidence->chat.stuck && !evidence->chat.unread && evidence->outcome == SG_OUTCOME_STILL;
}

/* A connection ended of which the program itself says nothing: a child may have crashed. */
static bool may_hide_crash(const struct sg_exam *exam)
{
    const struct sg_connection *connection = exam->evidence.connection;
    const struct sg_process *process = exam->evidence.program.process;
    return connection && connection->end != SG_STREAM_OPEN && !connection->closed && process &&
           process->life == SG_LIFE_RUNNING && exam->request->rungs->faults == SG_FAULTS_SECCOMP;
}

/* What failed, of whom. */
enum { OF_SERVERS = 1, OF_CLIENTS = 2, OF_GREETERS = 4, OF_OTHERS = 8, OF_ANY = 15 };

static bool is_of_server(const struct sg_exam *exam)
{
    return exam->one->role == SG_ROLE_SERVER &&
           (exam->evidence.kind == SG_FAILURE_DATA || exam->evidence.kind == SG_FAILURE_FILE);
}

/* Besides: the place in its source where a signal ended it, or where a call was interfered with. */
static bool wants_tracing(const struct sg_exam *exam)
{
    const struct sg_process *process = exam->evidence.program.process;
    bool fell = process && process->life >= SG_LIFE_ENDED && WIFSIGNALED(process->status) &&
                !exam->evidence.program.killed_by_us;
    return exam->request->rungs->faults != SG_FAULTS_NONE &&
           (fell || exam->fault_count || (is_of_server(exam) && may_hide_crash(exam)));
}

static const struct {
    enum sg_probe probe;
    bool (*tells)(const struct sg_exam *exam); /* whether it can tell anything here */
    int of;
} probes[] = {
    {SG_PROBE_NO_FAULTS, meets_faults, OF_SERVERS},
    {SG_PROBE_WHOLE, may_be_right_whole, OF_SERVERS | OF_CLIENTS},
    {SG_PROBE_HALF_CLOSE, may_wait_for_end, OF_SERVERS},
    {SG_PROBE_HALF_CLOSE, may_wait_for_client, OF_GREETERS},
    {SG_PROBE_STAY_OPEN, may_drop_tail, OF_SERVERS},
    {SG_PROBE_ALL_STAY, may_spin_at_end, OF_SERVERS | OF_GREETERS | OF_OTHERS},
    {SG_PROBE_LINE_END, may_read_lines, OF_SERVERS},
    {SG_PROBE_SWAPPED, may_swap_lengths, OF_SERVERS | OF_CLIENTS},
    {SG_PROBE_LOW, may_have_signed_bytes, OF_SERVERS},
    {SG_PROBE_ASCII, may_want_ascii, OF_SERVERS},
    {SG_PROBE_RESTARTS, may_be_interrupted, OF_ANY},
    {SG_PROBE_ALONE, may_matter_who_came, OF_SERVERS},
    {SG_PROBE_READS, may_suffer_from_slow, OF_SERVERS},
    {SG_PROBE_RESUMES, may_wait_for_reader, OF_SERVERS},
    {SG_PROBE_TRACED, wants_tracing, OF_ANY},
};

static void take_places(struct sg_exam *exam, const struct sg_probe_answer *answer)
{
    if (answer->killed_by)
        exam->evidence.child_killed_by = answer->killed_by;
    memcpy(exam->faulted, answer->faulted, sizeof exam->faulted);
    exam->fell = answer->fell;
    exam->evidence.faulted = exam->faulted;
    exam->evidence.fell = answer->fell.line ? &exam->fell : NULL;
}

static bool passes(struct sg_exam *exam, enum sg_probe probe);

/* Right each time with the change, and wrong each time without it: what is right or wrong by chance
 * is not for long. */
static bool is_no_chance(struct sg_exam *exam, const struct sg_exam_request *changed)
{
    enum { ROUNDS = 3 };
    for (int round = 0; round < ROUNDS; round++) {
        struct sg_probe_answer answer;
        if (passes(exam, SG_PROBE_AGAIN))
            return false;
        sg_play_again(changed, &answer);
        if (!answer.ran || answer.failed)
            return false;
    }
    return true;
}

/* Whether the step that failed is right in a case so changed. */
static bool passes(struct sg_exam *exam, enum sg_probe probe)
{
    struct sg_exam_request changed = *exam->request;
    struct sg_rungs traced = *changed.rungs;
    struct sg_probe_answer answer;
    changed.probe = probe;
    if (probe == SG_PROBE_ALONE)
        changed.alone = exam->evidence.step->actor;
    if (probe == SG_PROBE_TRACED) {
        traced.faults = SG_FAULTS_PTRACE;
        changed.rungs = &traced;
    }
    sg_play_again(&changed, &answer);
    if (probe == SG_PROBE_TRACED)
        take_places(exam, &answer);
    if (probe == SG_PROBE_ALL_STAY)
        return answer.ran && !answer.busy;
    /* Where a program that ends is found out is chance; and so may be that it is right this
     * time. */
    if (probe == SG_PROBE_RESTARTS || probe == SG_PROBE_ALONE || probe == SG_PROBE_ASCII)
        return answer.ran && !answer.failed && is_no_chance(exam, &changed);
    const struct sg_steps *steps = &exam->one->play;
    const struct sg_step *failed = exam->evidence.step;
    bool at_top = failed >= steps->items && failed < steps->items + steps->count;
    return answer.ran && (!answer.failed || (at_top && answer.step > failed &&
                                             answer.step < steps->items + steps->count));
}

/* A client that was answered with a whole frame ended as if it were none, or printed something
 * else. */
static bool is_of_client(const struct sg_exam *exam)
{
    const struct sg_evidence *evidence = &exam->evidence;
    bool failed =
        evidence->kind == SG_FAILURE_EXIT_STATUS && evidence->expected_exit != SG_EXIT_NONZERO;
    return exam->one->role == SG_ROLE_CLIENT && exam->assignment->longest_frame &&
           (failed || evidence->kind == SG_FAILURE_PRINTED);
}

void sg_exam_probe(struct sg_exam *exam)
{
    struct sg_evidence *evidence = &exam->evidence;
    int of = is_of_server(exam)                     ? OF_SERVERS
             : is_of_client(exam)                   ? OF_CLIENTS
             : evidence->kind == SG_FAILURE_NOTHING ? OF_GREETERS
                                                    : OF_OTHERS;
    if (evidence->kind == SG_FAILURE_NONE || exam->request->probe)
        return;
    for (size_t i = 0; i < exam->program_count; i++) {
        if (exam->programs[i].process.init && exam->programs[i].process.life == SG_LIFE_RUNNING)
            sg_process_freeze(&exam->programs[i].process, sg_exam_serve_calls,
                              &exam->programs[i].supervisor);
    }
    for (size_t i = 0; i < SG_COUNT(probes); i++) {
        bool costly = evidence->outcome == SG_OUTCOME_BUSY &&
                      probes[i].probe != SG_PROBE_ALL_STAY &&
                      probes[i].probe != SG_PROBE_TRACED; /* it would be busy again */
        if (!costly && probes[i].of & of && probes[i].tells(exam))
            evidence->passes_with[probes[i].probe] = passes(exam, probes[i].probe);
    }
}
