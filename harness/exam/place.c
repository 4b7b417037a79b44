/* SPDX-License-Identifier: MIT
 * Where in its source the judged program waits, made a call that was interfered with, or fell.
 * Programs with debug information are looked at from outside; Python tells it itself, when it is
 * aborted. */
#include "exam/place.h"

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "diagnose/rules.h"
#include "exam/actors.h"

/* Reads what an aborted process says, until it has told where it was or the program has ended. */
static bool read_last_words(struct sg_exam_program *program, size_t before)
{
    enum { MOST_MS = 1000, LOOK_MS = 2 };
    uint64_t deadline = sg_now_ns() + MOST_MS * SG_NS_PER_MS;
    for (;;) {
        bool ended = program->process.life != SG_LIFE_RUNNING || sg_now_ns() > deadline;
        (void)sg_process_read(&program->process);
        struct sg_slice said = sg_slice_skip(sg_bytes_slice(&program->process.err.bytes), before);
        if (sg_where_python(said, &program->where))
            return true;
        if (ended)
            return false;
        struct pollfd fds[] = {{.fd = program->process.control, .events = POLLIN},
                               {.fd = program->process.err.fd, .events = POLLIN},
                               {.fd = program->supervisor.fd, .events = POLLIN},
                               {.fd = program->exam->tracer.fd, .events = POLLIN}};
        (void)poll(fds, SG_COUNT(fds), LOOK_MS);
        (void)sg_supervisor_serve(&program->supervisor);
    }
}

/* The wait that what failed is about: one on a connection tells more than that for the next
 * client. */
static const struct sg_wait *choose_wait(const struct sg_evidence *evidence)
{
    const struct sg_wait *chosen = sg_main_wait(evidence);
    const struct sg_still *still = evidence->program.still;
    for (size_t i = 0; chosen && chosen->target == SG_TARGET_LISTENER && i < still->count; i++) {
        const struct sg_wait *wait = &still->waits[i];
        if (wait->target == SG_TARGET_CONNECTION && wait->call && !wait->service)
            return wait;
    }
    return chosen;
}

/* What it says and how it ends is our doing. */
static bool abort_thread(pid_t tid)
{
    return tid > 0 && syscall(SYS_tkill, tid, SIGABRT) == 0;
}

void sg_exam_locate(struct sg_exam_program *program)
{
    static const struct sg_where nowhere;
    struct sg_program_evidence *told = &program->exam->evidence.program;
    program->where = nowhere;
    if (!program->process.init || program->process.life != SG_LIFE_RUNNING)
        return;
    const struct sg_wait *wait = choose_wait(&program->exam->evidence);
    told->where = &program->where;
    told->where_waits_for = wait ? wait->target : SG_TARGET_OTHER;
    if (wait && sg_where_blocked(wait->tid, &program->where))
        return;
    bool python = sg_process_is_python(&program->process);
    if (wait && !python && sg_where_interrupted(wait->tid, &program->where))
        return;
    if (program->cast == SG_CAST_STUDENT && python) {
        size_t before = program->process.err.bytes.length;
        if (!abort_thread(wait ? wait->tid : program->process.pid) ||
            !read_last_words(program, before))
            program->where = nowhere;
        program->process.err.bytes.length = before;
        program->process.life = SG_LIFE_RUNNING;
    }
    if (!program->where.line)
        told->where = NULL;
}

void sg_exam_locate_fault(struct sg_exam_program *program, pid_t tid)
{
    struct sg_exam *exam = program->exam;
    if (exam->fault_count >= SG_MOST_PLACES || program->cast != SG_CAST_STUDENT)
        return;
    if (!sg_process_is_python(&program->process))
        (void)sg_where_stopped(tid, &exam->faulted[exam->fault_count]);
    else if (exam->fault_count == 0) /* the thread that made the call tells of itself */
        program->killed_by_us = abort_thread(tid);
}

void sg_exam_read_place(struct sg_exam *exam)
{
    struct sg_exam_program *program = sg_exam_judged(exam);
    struct sg_slice said =
        program ? sg_bytes_slice(&program->process.err.bytes) : (struct sg_slice){0};
    struct sg_where where;
    if (!exam->fault_count || exam->faulted[0].line || !sg_where_python(said, &where))
        return;
    for (size_t i = 0; i < SG_MOST_PLACES; i++)
        exam->faulted[i] = where;
}

void sg_exam_locate_fall(void *state, pid_t tid)
{
    struct sg_exam_program *program = state;
    if (program->cast == SG_CAST_STUDENT)
        (void)sg_where_stopped(tid, &program->exam->fell);
}
