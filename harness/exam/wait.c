/* SPDX-License-Identifier: MIT
 * The loop of an examination: moves bytes, answers the programs' calls, and knows when waiting is
 * over.
 *
 * A wait ends when what it waits for is there, or when it is proven that it will not come
 * (settle.c). Only where neither can be had does time decide (account.c). */
#include "exam/wait.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/language.h"
#include "exam/account.h"
#include "exam/actors.h"
#include "exam/client_message.h"
#include "exam/discover.h"
#include "exam/hosts.h"
#include "exam/relay.h"
#include "exam/rounds.h"
#include "exam/settle.h"

enum {
    SHORTEST_US = 50, /* between two looks */
    LONGEST_US = 10000,
    QUIET_MS = 300,   /* until nothing more comes, without a proof */
    RESTLESS_MS = 50, /* … of one that spins: it goes round many times a millisecond */
    WAKE_MS = 50,     /* behind a time limit of the program's own */
};

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
        sg_transcript_add(&exam->transcript, SG_EVENT_EXIT, &about, false, _("status %d"),
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
    if (connection->connecting && sg_connection_is_local(connection)) {
        sg_connection_finish_connect(connection);
        return !connection->connecting;
    }
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
    while (peer->listener.fd >= 0 && !peer->spec->silent &&
           peer->waiting_count < sizeof peer->waiting / sizeof peer->waiting[0]) {
        int fd = sg_listener_accept(&peer->listener);
        if (fd < 0)
            break;
        if (peer->spec->hangs_up) {
            (void)close(fd);
            moved = true;
            continue;
        }
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
    for (size_t i = 0; i < exam->socket_count; i++) {
        bool came = sg_datagram_read(exam->sockets[i]);
        moved |= came;
        progressed |=
            came && !sg_datagram_is_repeated(exam->sockets[i]); /* which it may be for ever */
    }
    progressed |= sg_exam_pump_relay(exam);
    progressed |= sg_exam_pump_datagram_relay(exam);
    progressed |= sg_exam_pump_hosts(exam);
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
    list->fds = sg_grow_array(list->fds, list->count, sizeof *list->fds);
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
    for (size_t i = 0; i < exam->peer_count; i++) {
        if (!exam->peers[i].spec->silent)
            watch(&list, exam->peers[i].listener.fd, POLLIN);
    }
    watch(&list, exam->relay.listener.fd, POLLIN);
    watch(&list, exam->hosts.link.fd, POLLIN);
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

/* Whether a thread of it naps, and goes on by itself when that is over: unlike one that waits for
 * bytes or clients and has set that a limit. */
static bool naps(const struct sg_exam_program *program)
{
    const struct sg_still *still = &program->still;
    for (size_t i = 0; i < still->count; i++) {
        enum sg_wait_target target = still->waits[i].target;
        if (still->waits[i].bounded && (target == SG_TARGET_TIME || target == SG_TARGET_LOCK))
            return true;
    }
    return still->timers;
}

static bool is_at_rest(struct sg_exam *exam, void *state)
{
    (void)state;
    bool rests = sg_exam_settle(exam).verdict >= SG_STILL_BOUNDED;
    for (size_t i = 0; rests && i < exam->program_count; i++)
        rests = exam->programs[i].process.init == 0 || !naps(&exam->programs[i]);
    return rests;
}

/* Nothing comes behind the end of this connection; what the program does about that it has done. A
 * time limit on its next call does not matter then. And one that floods us has no end. */
static bool is_over(struct sg_exam *exam, void *state)
{
    const struct sg_connection *connection = state;
    return connection->flooded || (connection->end != SG_STREAM_OPEN && is_at_rest(exam, NULL));
}

static bool has_spoken(struct sg_exam *exam, void *state)
{
    const struct sg_connection *connection = state;
    return connection->flooded || is_at_rest(exam, NULL);
}

bool sg_exam_never(struct sg_exam *exam, void *state)
{
    (void)exam;
    (void)state;
    return false;
}

static bool takes(const struct sg_program *program, const char *name)
{
    for (size_t i = 0; i < program->arguments.count; i++) {
        const char *argument = program->arguments.items[i];
        if (argument[0] == '$' && strcmp(argument + 1, name) == 0)
            return true;
    }
    return false;
}

/* Not to one that sends the message of its arguments, and waits for its input besides. */
static bool may_be_fed(const struct sg_exam *exam, const struct sg_exam_program *program)
{
    bool given = program->way && program->way->message == SG_MESSAGE_GIVEN;
    bool known = !exam->request->observes && sg_program_has_port(program->spec);
    return !exam->request->feeds_nothing && !(known && given);
}

/* The value of the next argument that a client which takes none from its command line asks for:
 * those of the assignment in their order, without host and port. */
static const char *next_argument(const struct sg_exam_program *program)
{
    size_t skip = program->lines_fed;
    for (size_t i = 0; i < program->values.count; i++) {
        const struct sg_word_value *value = &program->values.items[i];
        bool address = sg_word_is_address(value->name);
        if (address && (sg_program_has_port(program->spec) || !takes(program->spec, value->name)))
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
    const char *argument =
        lines->count || !may_be_fed(exam, program) ? NULL : next_argument(program);
    sg_autobytes struct sg_bytes line = {0};
    if (program->lines_fed < lines->count && !exam->request->feeds_nothing) {
        sg_autofree char *text = sg_word_fill(lines->items[program->lines_fed],
                                              program->values.items, program->values.count);
        sg_exam_make_line(sg_slice_text(text), &line);
    } else if (argument) {
        sg_exam_make_line(sg_slice_text(argument), &line);
    } else if (exam->finishing) {
        sg_process_close_input(&program->process);
        return true;
    } else {
        return false;
    }
    sg_bytes_add_byte(&line, '\n');
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

/* A SYN that a full backlog dropped is sent again when the program has had its turn: it may have
 * taken others out of its backlog. */
static bool connect_again(struct sg_connection *connection)
{
    enum { MOST_ATTEMPTS = 5 };
    struct sg_error ignored;
    return connection->connecting && !sg_connection_is_local(connection) &&
           connection->attempts < MOST_ATTEMPTS &&
           sg_connection_reconnect(connection, &ignored) == 0;
}

/* Our slow readers take a little more; true where one did. */
static bool sip(struct sg_exam *exam)
{
    bool sipped = false;
    for (size_t i = 0; i < exam->connection_count; i++)
        sipped |= sg_connection_sip(exam->connections[i]);
    return sipped;
}

/* … though not all is at rest: a program that cannot be judged is no reason to read nothing for
 * ever. */
static bool sip_all_the_same(struct sg_exam *exam, const struct sg_account *account)
{
    if ((!exam->rereads && account->idle_ns < QUIET_MS * SG_NS_PER_MS) || !sip(exam))
        return false;
    exam->rereads = true;
    return true;
}

/* What we still do by ourselves when everything is at rest; true where there was something. */
static bool act_at_rest(struct sg_exam *exam, bool for_input)
{
    bool acted = sip(exam);
    for (size_t i = 0; i < exam->connection_count; i++)
        acted |= connect_again(exam->connections[i]);
    if (exam->request->probe == SG_PROBE_HALF_CLOSE)
        acted |= sg_exam_end_relayed(exam);
    for (size_t i = 0; exam->finishing && i < exam->peer_count; i++)
        acted |= end_service(&exam->peers[i]);
    for (size_t i = 0; for_input && !acted && i < exam->program_count; i++)
        acted = feed(exam, &exam->programs[i]);
    return acted;
}

/* Each waits for something, and has set it a limit longer than this; one that /proc does not show
 * may be shorter. */
static bool rests_for(const struct sg_exam *exam, const struct sg_settled *settled, uint64_t ns)
{
    bool timers = false;
    for (size_t i = 0; i < exam->program_count; i++)
        timers |= exam->programs[i].still.timers;
    return settled->verdict >= SG_STILL_PROVEN ||
           (settled->verdict == SG_STILL_BOUNDED && !timers && !settled->uncertain &&
            settled->bound_ns > ns);
}

static enum sg_outcome wait_in_rounds(struct sg_exam *exam, sg_met *met, void *state,
                                      uint64_t idle_ns, struct sg_rounds *rounds,
                                      struct sg_account *account)
{
    enum sg_outcome outcome;
    uint64_t interval_us = SHORTEST_US;
    exam->awaits_rest = false;
    for (;;) {
        bool moved = sg_exam_pump(exam);
        if (met(exam, state))
            return SG_OUTCOME_MET;
        if (!moved && !wait_for_event(exam, interval_us)) {
            struct sg_settled settled = sg_exam_settle(exam);
            bool at_rest = settled.verdict >= SG_STILL_BOUNDED;
            if (at_rest ? act_at_rest(exam, settled.for_input) : sip_all_the_same(exam, account)) {
                interval_us = SHORTEST_US;
                sg_account_forget(account); /* it was the program that waited for us */
                sg_rounds_forget(rounds);
                continue;
            }
            if (met(exam, state))
                return SG_OUTCOME_MET;
            if (settled.verdict == SG_STILL_GONE)
                return SG_OUTCOME_GONE;
            if (settled.verdict == SG_STILL_PROVEN)
                return SG_OUTCOME_STILL;
            /* However long ago it set its limit, ours is nearer. */
            if (rests_for(exam, &settled, idle_ns + sg_transcript_now(&exam->transcript)))
                return SG_OUTCOME_LATE;
            if (at_rest)
                sg_rounds_look(rounds, exam, account->idle_ns);
            interval_us = interval_us * 2 < LONGEST_US ? interval_us * 2 : LONGEST_US;
        } else {
            interval_us = SHORTEST_US;
        }
        if (exam->progressed) { /* what it prints is none: a program may do that for ever */
            sg_account_forget(account);
            sg_rounds_forget(rounds);
        }
        exam->progressed = false;
        bool over = sg_account_is_over(exam, account, idle_ns, &outcome);
        if (!over && sg_rounds_are_empty(rounds, account->idle_ns)) {
            over = true;
            outcome = SG_OUTCOME_LATE;
        }
        if (over) {
            (void)sg_exam_pump(exam); /* it may have come in that very moment */
            return met(exam, state) ? SG_OUTCOME_MET : outcome;
        }
    }
}

enum sg_outcome sg_exam_wait(struct sg_exam *exam, sg_met *met, void *state, uint64_t idle_ns)
{
    struct sg_rounds rounds = {0};
    struct sg_account account = sg_account_open(met == sg_exam_never || met == is_over ||
                                                met == is_at_rest || met == has_spoken);
    enum sg_outcome outcome = wait_in_rounds(exam, met, state, idle_ns, &rounds, &account);
    sg_account_done(&account);
    sg_rounds_done(&rounds);
    return outcome;
}

static enum sg_outcome wait_at_rest(struct sg_exam *exam, sg_met *met, void *state,
                                    uint64_t quiet_ms)
{
    struct sg_settled settled = sg_exam_settle(exam);
    uint64_t ms = quiet_ms;
    if (settled.verdict == SG_STILL_BOUNDED && settled.bound_ns < quiet_ms * SG_NS_PER_MS)
        ms = settled.bound_ns / SG_NS_PER_MS + WAKE_MS;
    enum sg_outcome outcome = sg_exam_wait(exam, met, state, ms * SG_NS_PER_MS);
    sg_transcript_settle(&exam->transcript);
    return outcome;
}

enum sg_outcome sg_exam_wait_for_rest(struct sg_exam *exam)
{
    return wait_at_rest(exam, sg_exam_never, NULL, QUIET_MS);
}

enum sg_outcome sg_exam_wait_for_last(struct sg_exam *exam, struct sg_connection *connection)
{
    return wait_at_rest(exam, is_over, connection, QUIET_MS);
}

enum sg_outcome sg_exam_let_speak(struct sg_exam *exam, struct sg_connection *connection)
{
    return wait_at_rest(exam, has_spoken, connection, exam->restless ? RESTLESS_MS : QUIET_MS);
}

enum sg_outcome sg_exam_let_work(struct sg_exam *exam)
{
    return wait_at_rest(exam, is_at_rest, NULL, exam->restless ? RESTLESS_MS : QUIET_MS);
}

/* The first process of a server that has put itself into the background is not all of it. */
bool sg_exam_is_over(struct sg_exam *exam)
{
    const struct sg_exam_program *judged = sg_exam_judged(exam);
    enum sg_life over = judged && judged->spec->listens ? SG_LIFE_GONE : SG_LIFE_ENDED;
    return judged && judged->process.life >= over;
}

static bool has_passed(struct sg_exam *exam, void *state)
{
    const uint64_t *until_ns = state;
    return sg_now_ns() >= *until_ns || sg_exam_is_over(exam);
}

bool sg_exam_keep_waiting(struct sg_exam *exam, const struct sg_step *step)
{
    const uint64_t ns = step->duration_ns, most_ns = ns + ns / 2;
    (void)sg_exam_let_work(exam);
    struct sg_settled settled = sg_exam_settle(exam);
    if (rests_for(exam, &settled, ns))
        return true;
    uint64_t begun_ns = sg_now_ns(), until_ns = begun_ns + ns;
    if (sg_exam_wait(exam, has_passed, &until_ns, ns) == SG_OUTCOME_STILL ||
        sg_now_ns() - begun_ns <= most_ns)
        return true;
    exam->inconclusive = true;
    free(exam->reason);
    exam->reason = sg_strdup(_("the machine was too busy to let just so much time pass"));
    return false;
}
