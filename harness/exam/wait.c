/* SPDX-License-Identifier: MIT
 * The loop of an examination: moves bytes, answers the programs' calls, and knows when waiting is
 * over.
 *
 * A wait ends when what it waits for is there, or when it is proven that it will not come (settle.c).
 * Only where neither can be had does time decide, and then the programs' own idleness is charged: not
 * the time in which they ran or waited for a processor, and not ours. */
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "exam/parts.h"

enum {
    SHORTEST_US = 50, /* between two looks */
    LONGEST_US = 10000,
    SPIN_MS = 50,      /* processor time before a spin is looked for */
    ACCOUNT_US = 5000, /* how often processor time is read while things move */
};

static const uint64_t most_cpu_ns = UINT64_C(5) * SG_NS_PER_S;
static const uint64_t most_flood_ns = UINT64_C(4) * SG_NS_PER_S;  /* of sending without an end */
static const uint64_t most_idle_ns = UINT64_C(120) * SG_NS_PER_S; /* of a whole case */

static void log_exit(struct sg_exam *exam, struct sg_exam_program *program)
{
    const struct sg_process *process = &program->process;
    if (process->life < SG_LIFE_ENDED || program->exit_logged)
        return;
    program->exit_logged = exam->progressed = true;
    program->ended_ns = sg_transcript_now(&exam->transcript);
    struct sg_event_about about = {.from = program->spec->name};
    if (WIFSIGNALED(process->status))
        sg_transcript_add(&exam->transcript, SG_EVENT_EXIT, &about, false, "SIG%s",
                          sigabbrev_np(WTERMSIG(process->status)));
    else
        sg_transcript_add(&exam->transcript, SG_EVENT_EXIT, &about, false, "status %d",
                          WEXITSTATUS(process->status));
}

static void log_output(struct sg_exam *exam, struct sg_exam_program *program,
                       const struct sg_output *output, size_t *logged, const char *name)
{
    if (output->bytes.length == *logged)
        return;
    struct sg_event_about about = {
        .from = program->spec->name,
        .to = name,
        .data = sg_slice_skip(sg_bytes_slice(&output->bytes), *logged),
    };
    sg_transcript_add(&exam->transcript, SG_EVENT_OUTPUT, &about, true, NULL);
    *logged = output->bytes.length;
}

static bool pump_program(struct sg_exam *exam, struct sg_exam_program *program)
{
    if (program->process.life == SG_LIFE_NONE)
        return false;
    bool moved = sg_supervisor_serve(&program->supervisor);
    moved |= sg_process_read(&program->process);
    moved |= sg_exam_discover(exam, program);
    log_output(exam, program, &program->process.out, &program->out_logged, "stdout");
    log_output(exam, program, &program->process.err, &program->err_logged, "stderr");
    log_exit(exam, program);
    return moved;
}

static bool pump_connection(struct sg_connection *connection)
{
    if (connection->fd < 0)
        return false;
    if (connection->connecting) {
        struct pollfd poll_fd = {.fd = connection->fd, .events = POLLOUT};
        if (poll(&poll_fd, 1, 0) <= 0)
            return false;
        sg_connection_finish_connect(connection);
        return true;
    }
    bool moved = sg_connection_flush(connection);
    return sg_connection_read(connection) || moved;
}

static bool pump_listener(struct sg_exam *exam, struct sg_exam_peer *peer)
{
    bool moved = false;
    while (peer->listener.fd >= 0 &&
           peer->waiting_count < sizeof peer->waiting / sizeof peer->waiting[0]) {
        int fd = sg_listener_accept(&peer->listener);
        if (fd < 0)
            break;
        sg_exam_discover_connect(exam, fd);
        peer->waiting[peer->waiting_count++] = fd;
        peer->accepted++;
        moved = true;
    }
    return moved;
}

bool sg_exam_pump(struct sg_exam *exam)
{
    bool moved = false, progressed = false;
    for (size_t i = 0; i < exam->program_count; i++)
        moved |= pump_program(exam, &exam->programs[i]);
    for (size_t i = 0; i < exam->peer_count; i++)
        progressed |= pump_listener(exam, &exam->peers[i]);
    for (size_t i = 0; i < exam->connection_count; i++)
        progressed |= pump_connection(exam->connections[i]);
    for (size_t i = 0; i < exam->socket_count; i++)
        progressed |= sg_datagram_read(exam->sockets[i]);
    progressed |= sg_exam_pump_relay(exam);
    progressed |= sg_exam_pump_datagram_relay(exam);
    exam->progressed |= progressed;
    return moved || progressed;
}

struct watch {
    struct pollfd *fds;
    size_t count;
};

static void watch(struct watch *list, int fd, short events)
{
    if (fd < 0 || !events)
        return;
    list->fds = sg_realloc_array(list->fds, list->count + 1, sizeof *list->fds);
    list->fds[list->count++] = (struct pollfd){.fd = fd, .events = events};
}

/* Waits at most `us` for anything to happen; true where something did. */
static bool wait_for_event(struct sg_exam *exam, uint64_t us)
{
    struct watch list = {0};
    for (size_t i = 0; i < exam->program_count; i++) {
        const struct sg_exam_program *program = &exam->programs[i];
        int fds[3];
        size_t count = sg_process_watch(&program->process, fds);
        for (size_t f = 0; f < count; f++)
            watch(&list, fds[f], POLLIN);
        watch(&list, program->supervisor.fd, POLLIN);
    }
    watch(&list, exam->tracer.fd, POLLIN);
    for (size_t i = 0; i < exam->peer_count; i++)
        watch(&list, exam->peers[i].listener.fd, POLLIN);
    watch(&list, exam->relay.listener.fd, POLLIN);
    for (size_t i = 0; i < exam->connection_count; i++)
        watch(&list, exam->connections[i]->fd, sg_connection_interest(exam->connections[i]));
    for (size_t i = 0; i < exam->socket_count; i++)
        watch(&list, exam->sockets[i]->fd, POLLIN);
    struct timespec limit = {.tv_sec = (time_t)(us / 1000000),
                             .tv_nsec = (long)(us % 1000000) * 1000};
    int ready = ppoll(list.fds, (nfds_t)list.count, &limit, NULL);
    free(list.fds);
    return ready > 0;
}

bool sg_exam_never(struct sg_exam *exam, void *state)
{
    (void)exam;
    (void)state;
    return false;
}

/* What a wait has been charged so far. */
struct account {
    bool open;      /* the programs' counters have been read once */
    bool for_rest;  /* nothing is waited for but that all is at rest */
    uint64_t at_ns; /* when it was last brought up to date */
    uint64_t idle_ns;
    uint64_t cpu_ns;     /* since anything moved last */
    uint64_t all_cpu_ns; /* … and before that */
    uint64_t watched_ns; /* of which so much had passed when a spin was looked for */
    uint64_t taken;      /* bytes that the programs had taken when half of their time was over */
    unsigned stretches;  /* how often they were given their time anew, since they took more */
};

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

/* The counters of a thread that runs, or waits for a processor, are brought up to date only now and then:
 * what it does is seen by its state. */
static bool is_running(const struct sg_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->threads[i].state == 'R')
            return true;
    }
    return false;
}

static void bring_up_to_date(struct sg_exam *exam, struct account *account)
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
    account->idle_ns += idle;
    exam->spent_ns += idle;
}

/* The value of the next argument that a client which takes none from its command line asks for: those
 * of the assignment in their order, without host and port. */
static const char *next_argument(const struct sg_exam_program *program)
{
    size_t skip = program->lines_fed;
    for (size_t i = 0; i < program->values.count; i++) {
        const struct sg_word_value *value = &program->values.items[i];
        if (strcmp(value->name, "host") == 0 || strcmp(value->name, "port") == 0)
            continue;
        if (skip-- == 0)
            return value->value;
    }
    return NULL;
}

/* Gives a program that waits for its standard input the next line that it is to be fed. */
static bool feed(struct sg_exam *exam, struct sg_exam_program *program)
{
    const struct sg_process *process = &program->process;
    if (program->cast != SG_CAST_STUDENT || !program->still.for_input || process->input < 0 ||
        process->fed < process->to_feed.length)
        return false;
    const struct sg_words_list *lines = &program->found->input;
    const char *argument = lines->count ? NULL : next_argument(program);
    sg_autobytes struct sg_bytes line = {0};
    if (program->lines_fed < lines->count) {
        sg_autofree char *text = sg_word_fill(lines->items[program->lines_fed],
                                              program->values.items, program->values.count);
        sg_bytes_printf(&line, "%s\n", text);
    } else if (argument) {
        sg_bytes_printf(&line, "%s\n", argument);
    } else if (exam->finishing) {
        sg_process_close_input(&program->process);
        return true;
    } else {
        return false;
    }
    program->lines_fed++;
    struct sg_event_about about = {
        .from = "harness", .to = program->spec->name, .data = sg_bytes_slice(&line)};
    sg_transcript_add(&exam->transcript, SG_EVENT_STDIN, &about, false, NULL);
    return sg_process_feed(&program->process, sg_bytes_slice(&line));
}

/* Ends the stream of a peer that serves, as its protocol has it: first, or after the client. */
static bool end_service(struct sg_exam_peer *peer)
{
    struct sg_connection *connection = peer->connection;
    if (peer->spec->kind != SG_ACTOR_SERVER || !connection || connection->ended ||
        !sg_connection_all_sent(connection) ||
        !(peer->spec->ends_first || connection->end == SG_STREAM_ENDED))
        return false;
    sg_connection_shutdown(connection);
    return true;
}

/* A SYN that a full backlog dropped is sent again when the program has had its turn: it may have taken
 * others out of its backlog. */
static bool connect_again(struct sg_connection *connection)
{
    enum { MOST_ATTEMPTS = 5 };
    struct sg_error ignored;
    return connection->connecting && connection->attempts < MOST_ATTEMPTS &&
           sg_connection_reconnect(connection, &ignored) == 0;
}

/* What we still do by ourselves when everything is at rest; true where there was something. */
static bool act_at_rest(struct sg_exam *exam, bool for_input)
{
    bool acted = false;
    for (size_t i = 0; i < exam->connection_count; i++)
        acted |= sg_connection_sip(exam->connections[i]) || connect_again(exam->connections[i]);
    if (exam->request->probe == SG_PROBE_HALF_CLOSE)
        acted |= sg_exam_end_relayed(exam);
    for (size_t i = 0; exam->finishing && i < exam->peer_count; i++)
        acted |= end_service(&exam->peers[i]);
    for (size_t i = 0; for_input && !acted && i < exam->program_count; i++)
        acted = feed(exam, &exam->programs[i]);
    return acted;
}

/* Whether a busy program goes round in circles; looked at once for every stretch of processor time. */
static bool is_spinning(struct sg_exam *exam, struct account *account)
{
    if (account->cpu_ns < account->watched_ns + SPIN_MS * SG_NS_PER_MS)
        return false;
    account->watched_ns = account->cpu_ns;
    for (size_t i = 0; i < exam->program_count; i++) {
        struct sg_exam_program *program = &exam->programs[i];
        for (size_t t = 0; program->process.init && t < program->still.first.count; t++) {
            const struct sg_thread *thread = &program->still.first.threads[t];
            if (thread->state != 'R')
                continue;
            program->spin = sg_spin_watch(thread->tid, program->supervisor.tracer);
            exam->restless |= program->spin.proven;
            if (program->spin.proven)
                return true;
        }
    }
    return false;
}

/* Whether the programs have used their processor time up. Slow is not busy: one that takes what was sent
 * to it, however long it computes between two pieces, is given its time anew. */
static bool has_used_up(struct sg_exam *exam, struct account *account)
{
    enum { MOST_STRETCHES = 12 };
    if (account->cpu_ns > most_cpu_ns / 2 && !account->taken)
        account->taken = sg_exam_bytes_taken(exam);
    if (account->cpu_ns <= most_cpu_ns)
        return false;
    uint64_t before = account->taken;
    account->taken = sg_exam_bytes_taken(exam);
    if (account->taken <= before || account->stretches == MOST_STRETCHES)
        return true;
    account->stretches++;
    account->cpu_ns = account->watched_ns = 0;
    return false;
}

/* Whether a client asks for its server over and over without a pause. */
static bool asks_without_end(const struct sg_exam *exam)
{
    enum { MOST_ASKED = 2000 };
    for (size_t i = 0; i < exam->program_count; i++) {
        if (exam->programs[i].asked_count > MOST_ASKED)
            return true;
    }
    return false;
}

/* Brings the account up to date where it is time. What was used before the wait is not charged to it, nor
 * are its first moments: most waits are over by then, and reading the counters costs more than they do. */
static bool charge(struct sg_exam *exam, struct account *account)
{
    if (sg_now_ns() - account->at_ns < ACCOUNT_US * SG_NS_PER_US)
        return false;
    bring_up_to_date(exam, account);
    if (account->open)
        return true;
    *account = (struct account){.open = true, .at_ns = sg_now_ns(), .for_rest = account->for_rest};
    return false;
}

enum sg_outcome sg_exam_wait(struct sg_exam *exam, sg_met *met, void *state, uint64_t idle_ns)
{
    struct account account = {.at_ns = sg_now_ns(), .for_rest = met == sg_exam_never};
    uint64_t interval_us = SHORTEST_US;
    for (;;) {
        bool moved = sg_exam_pump(exam);
        if (met(exam, state))
            return SG_OUTCOME_MET;
        if (!moved && !wait_for_event(exam, interval_us)) {
            struct sg_settled settled = sg_exam_settle(exam);
            bool at_rest = settled.verdict >= SG_STILL_BOUNDED;
            if (at_rest && act_at_rest(exam, settled.for_input)) {
                interval_us = SHORTEST_US;
                continue;
            }
            if (met(exam, state))
                return SG_OUTCOME_MET;
            if (settled.verdict == SG_STILL_GONE)
                return SG_OUTCOME_GONE;
            if (settled.verdict == SG_STILL_PROVEN)
                return SG_OUTCOME_STILL;
            interval_us = interval_us * 2 < LONGEST_US ? interval_us * 2 : LONGEST_US;
        } else {
            interval_us = SHORTEST_US;
        }
        if (exam->progressed) { /* what it prints is none: a program may do that for ever */
            account.idle_ns = account.cpu_ns = account.watched_ns = 0;
            exam->progressed = false;
        }
        if (!charge(exam, &account))
            continue;
        if (account.idle_ns > idle_ns || exam->spent_ns > most_idle_ns)
            return SG_OUTCOME_LATE;
        /* One that sends for ever never comes to rest. */
        if (account.for_rest && account.all_cpu_ns > most_flood_ns)
            return SG_OUTCOME_BUSY;
        if (has_used_up(exam, &account) || asks_without_end(exam) || is_spinning(exam, &account))
            return SG_OUTCOME_BUSY;
    }
}
