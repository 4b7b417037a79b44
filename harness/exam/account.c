/* SPDX-License-Identifier: MIT
 * What a wait is charged. The programs' idleness: not the time in which they ran or waited for a
 * processor, not that in which bytes were on their way (a closed window opens by the kernel's
 * timers), and not ours. And their processor time, of which one that does nothing useful needs
 * none. */
#include "exam/account.h"

#include <fcntl.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "exam/actors.h"
#include "exam/calls.h"
#include "exam/settle.h"

enum {
    FIRST_MS = 50,     /* processor time before a spin is looked for first */
    SPIN_MS = 150,     /* … before it is looked for again */
    TURN_MS = 10,      /* … of each thread, where one is known to go round in circles */
    STRETCH_MS = 100,  /* … of each thread, where an answer is waited for */
    ACCOUNT_US = 5000, /* how often processor time is read while things move */
};

static const uint64_t most_cpu_ns = UINT64_C(5) * SG_NS_PER_S;
static const uint64_t most_to_rest_ns = UINT64_C(4) * SG_NS_PER_S; /* until a program is at rest */
static const uint64_t most_flooded_ns = 200 * SG_NS_PER_MS; /* … that nobody reads from any more */
static const uint64_t most_ran_ns = UINT64_C(120) * SG_NS_PER_S;  /* of a whole case */
static const uint64_t most_idle_ns = UINT64_C(120) * SG_NS_PER_S; /* of a whole case */

/* Time in which this process was ready and did not run. */
static uint64_t own_delay(void)
{
    sg_autobytes struct sg_bytes text = {0};
    if (!sg_file_peek(AT_FDCWD, "/proc/self/schedstat", 256, &text))
        return 0;
    char *end;
    (void)strtoull(sg_bytes_text(&text), &end, 10);
    return strtoull(end, NULL, 10);
}

/* The growth of a counter that starts anew when a program does, or when threads end. */
static uint64_t growth(uint64_t *last, uint64_t now)
{
    uint64_t grown = now > *last ? now - *last : 0;
    *last = now;
    return grown;
}

/* The counters of a thread that runs, or waits for a processor, are brought up to date only now and
 * then: what it does is seen by its state. */
static bool is_running(const struct sg_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->threads[i].state == 'R')
            return true;
    }
    return false;
}

static void bring_up_to_date(struct sg_exam *exam, struct sg_account *account)
{
    bool running = false;
    uint64_t now = sg_now_ns();
    uint64_t passed = now - account->at_ns;
    uint64_t not_idle = growth(&exam->own_delay_ns, own_delay());
    for (size_t i = 0; i < exam->program_count; i++) {
        struct sg_exam_program *program = &exam->programs[i];
        if (program->process.init == 0)
            continue;
        sg_tree_look(&program->still.first, program->process.init, false);
        uint64_t ran = growth(&program->charged_run_ns, program->still.first.run_ns);
        exam->ran_ns += ran;
        if (program->cast == SG_CAST_STUDENT && !program->excess)
            program->excess =
                sg_usage_look(&program->process, &sg_limits_run, &program->still.first);
        account->cpu_ns += ran;
        account->all_cpu_ns += ran;
        if (!(exam->restless && account->for_rest)) {
            not_idle += ran;
            running = running || is_running(&program->still.first);
        }
        not_idle += growth(&program->charged_delay_ns, program->still.first.delay_ns);
    }
    uint64_t idle = !running && passed > not_idle ? passed - not_idle : 0;
    account->at_ns = now;
    account->idle_ns += exam->in_flight ? 0 : idle; /* it may be waiting for what is on its way */
    exam->spent_ns += idle;
}

/* Whether a byte has moved since this was asked last. */
static bool has_moved(struct sg_exam *exam, struct sg_account *account)
{
    uint64_t moved = sg_exam_bytes_taken(exam);
    for (size_t i = 0; i < exam->connection_count; i++)
        moved += exam->connections[i]->in.length;
    bool changed = moved != account->moved;
    account->moved = moved;
    return changed;
}

/* Whether a program that spins does nothing else: no byte has moved while each thread that runs had
 * a stretch of processor time. One thread may spin, and another answer when its turn comes. */
static bool does_nothing_else(struct sg_exam *exam, struct sg_account *account, size_t running)
{
    if (has_moved(exam, account))
        sg_turns_forget(&account->turns);
    return running < 2 || sg_turns_are_over(&account->turns, exam, STRETCH_MS);
}

/* Whether another program goes on by itself: it sends again, say, what was lost, when its time
 * limit is over. */
static bool does_another_go_on(struct sg_exam *exam, const struct sg_exam_program *spinning)
{
    for (size_t i = 0; i < exam->program_count; i++) {
        struct sg_exam_program *program = &exam->programs[i];
        if (program == spinning || program->process.life != SG_LIFE_RUNNING)
            continue;
        sg_still_look(&program->still, program->process.init, program->process.input);
        if (program->still.verdict < SG_STILL_PROVEN)
            return true;
    }
    return false;
}

static bool has_slow_reader(const struct sg_exam *exam)
{
    for (size_t i = 0; i < exam->connection_count; i++) {
        if (exam->connections[i]->reading == SG_READING_SLOWLY)
            return true;
    }
    return false;
}

/* Whether it is time to look for a spin: once for every stretch of processor time. To let a program
 * that is known to spin do its work takes a turn of each thread, and no answer is judged. */
static bool is_time_to_watch(struct sg_exam *exam, struct sg_account *account)
{
    if (exam->restless && account->for_rest) {
        if (has_moved(exam, account))
            sg_turns_forget(&account->turns);
        bool over = sg_turns_are_over(&account->turns, exam, TURN_MS);
        if (over)
            sg_turns_forget(&account->turns);
        return over;
    }
    const uint64_t ms = account->watched_ns ? SPIN_MS : FIRST_MS;
    if (account->cpu_ns < account->watched_ns + ms * SG_NS_PER_MS)
        return false;
    account->watched_ns = account->cpu_ns;
    return true;
}

/* Whether a program that spins has sent something that we have not read yet, or waits with its next
 * bytes for a slow reader: that one goes on now. */
static bool brings_more(struct sg_exam *exam, const struct sg_spin *spin)
{
    if (spin->in_reads && has_slow_reader(exam) &&
        (!exam->rereads || sg_exam_has_bytes_for(exam, SG_READING_SLOWLY))) {
        exam->rereads = true;
        return true;
    }
    return spin->proven && sg_exam_has_bytes_for(exam, SG_READING_ALL);
}

/* Whether a busy program goes round in circles. */
static bool is_spinning(struct sg_exam *exam, struct sg_account *account)
{
    const bool by_turns = exam->restless && account->for_rest;
    if (!is_time_to_watch(exam, account))
        return false;
    if (by_turns && exam->tireless)
        return true;
    for (size_t i = 0; i < exam->program_count; i++) {
        struct sg_exam_program *program = &exam->programs[i];
        size_t running = 0;
        for (size_t t = 0; program->process.init && t < program->still.first.count; t++)
            running += program->still.first.threads[t].state == 'R';
        for (size_t t = 0; program->process.init && t < program->still.first.count; t++) {
            const struct sg_thread *thread = &program->still.first.threads[t];
            if (thread->state != 'R')
                continue;
            struct sg_spin spin = sg_exam_watch_spin(program, thread->tid, by_turns);
            if (!by_turns || !program->spin.proven)
                program->spin = spin;
            exam->restless |= spin.proven;
            if (!by_turns && brings_more(exam, &spin))
                return false;
            if (spin.proven)
                return (by_turns || does_nothing_else(exam, account, running)) &&
                       !does_another_go_on(exam, program);
        }
    }
    return false;
}

/* Whether the programs have used their processor time up. Slow is not busy: one that takes what was
 * sent to it, however long it computes between two pieces, is given its time anew. */
static bool has_used_up(struct sg_exam *exam, struct sg_account *account)
{
    enum { MOST_STRETCHES = 12 };
    if (account->cpu_ns > most_cpu_ns / 2 && !account->taken)
        account->taken = sg_exam_bytes_taken(exam);
    if (account->cpu_ns <= (exam->used_up ? SG_NS_PER_S : most_cpu_ns))
        return false;
    uint64_t before = account->taken;
    account->taken = sg_exam_bytes_taken(exam);
    if (account->taken <= before || account->stretches == MOST_STRETCHES) {
        exam->used_up = true;
        return true;
    }
    account->stretches++;
    account->cpu_ns = account->watched_ns = 0;
    sg_turns_forget(&account->turns);
    return false;
}

/* Whether a client asks for its server over and over without a pause (one that gets a datagram for
 * each of its own may ask as often as that), or a program makes some other call that we have to
 * answer, which costs us more than it. */
static bool asks_without_end(const struct sg_exam *exam)
{
    enum { MOST_ASKED = 2000, MOST_SETUPS = 20000 };
    size_t answered = 0;
    for (size_t i = 0; i < exam->socket_count; i++)
        answered += exam->sockets[i]->sent_count;
    for (size_t i = 0; i < exam->program_count; i++) {
        if (exam->programs[i].asked_count > MOST_ASKED + answered ||
            exam->programs[i].supervisor.setups > MOST_SETUPS)
            return true;
    }
    return false;
}

/* Whether a server sends datagrams without an end: no protocol has it send so many times what it was
 * sent. One that sends over a connection is stopped by full buffers (wire/connection.c). */
static bool floods_with_datagrams(struct sg_exam *exam)
{
    enum { MOST_TIMES = 4, MOST_UNASKED = 256 };
    size_t asked = 0, came = 0;
    for (size_t i = 0; i < exam->socket_count; i++) {
        const struct sg_exam_program *from = sg_exam_program(exam, exam->sockets[i]->program);
        asked += exam->sockets[i]->sent_count;
        came += from && from->spec->listens ? exam->sockets[i]->received_count : 0;
    }
    return came > MOST_TIMES * asked + MOST_UNASKED;
}

/* One that computes or sends for ever never comes to rest. One that is not read from any more has
 * filled all buffers soon, but not when it sends single bytes, or each of its calls is made short. */
static bool never_rests(const struct sg_exam *exam, struct sg_account *account)
{
    enum { MOST_FAULTS = 200 };
    if (!account->for_rest && !exam->awaits_rest) {
        account->before_rest_ns = account->all_cpu_ns;
        return false;
    }
    const uint64_t ran_ns = account->all_cpu_ns - account->before_rest_ns;
    if (!sg_exam_is_flooded(exam))
        return ran_ns > most_to_rest_ns;
    return ran_ns > most_flooded_ns || exam->fault_count > account->faults + MOST_FAULTS;
}

/* Brings the account up to date where it is time. What was used before the wait is not charged to
 * it, nor are its first moments: most waits are over by then, and reading the counters costs more
 * than they do. */
static bool charge(struct sg_exam *exam, struct sg_account *account)
{
    if (sg_now_ns() - account->at_ns < ACCOUNT_US * SG_NS_PER_US)
        return false;
    bring_up_to_date(exam, account);
    if (account->open)
        return true;
    struct sg_turns turns = account->turns;
    *account = (struct sg_account){.open = true,
                                   .at_ns = sg_now_ns(),
                                   .for_rest = account->for_rest,
                                   .faults = exam->fault_count,
                                   .turns = turns};
    return false;
}

struct sg_account sg_account_open(bool for_rest)
{
    return (struct sg_account){.at_ns = sg_now_ns(), .for_rest = for_rest};
}

void sg_account_forget(struct sg_account *account)
{
    account->idle_ns = account->cpu_ns = account->watched_ns = 0;
    sg_turns_forget(&account->turns);
}

void sg_account_done(struct sg_account *account)
{
    sg_turns_done(&account->turns);
}

void sg_account_look(struct sg_exam *exam)
{
    for (size_t i = 0; i < exam->program_count; i++) {
        struct sg_exam_program *program = &exam->programs[i];
        if (program->process.init == 0 || program->cast != SG_CAST_STUDENT || program->excess)
            continue;
        sg_tree_look(&program->still.second, program->process.init, false);
        program->excess = sg_usage_look(&program->process, &sg_limits_run, &program->still.second);
    }
}

bool sg_account_is_over(struct sg_exam *exam, struct sg_account *account, uint64_t idle_ns,
                        enum sg_outcome *ret)
{
    if (!charge(exam, account))
        return false;
    *ret = SG_OUTCOME_LATE;
    if (account->idle_ns > idle_ns || exam->spent_ns > most_idle_ns)
        return true;
    *ret = SG_OUTCOME_BUSY;
    for (size_t i = 0; i < exam->program_count; i++) {
        if (exam->programs[i].excess)
            return true;
    }
    if (exam->ran_ns > most_ran_ns)
        return true;
    if (never_rests(exam, account)) {
        exam->restless = exam->tireless = true;
        return true;
    }
    if (floods_with_datagrams(exam))
        return true;
    return has_used_up(exam, account) || asks_without_end(exam) || is_spinning(exam, account);
}
