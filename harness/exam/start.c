/* SPDX-License-Identifier: MIT
 * Starting programs, and what their first calls tell: where they listen, whom they connect to. */
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/language.h"
#include "exam/parts.h"
#include "exam/way.h"
#include "fault/filter.h"
#include "wire/network.h"

enum { OTHER_LOOPBACK = 0x7f000002 }; /* 127.0.0.2 */

static void add_value(struct sg_exam_values *values, const char *name, char *text)
{
    if (values->count == SG_MOST_VALUES) {
        free(text);
        return;
    }
    values->texts[values->count] = text;
    values->items[values->count++] = (struct sg_word_value){.name = name, .value = text};
}

static bool judges_arguments(const struct sg_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (steps->items[i].action == SG_ACT_HONOURS_ARGUMENTS)
            return true;
    }
    return false;
}

/* A client whose arguments are looked at is given an address that no source is likely to hold. */
static union sg_address choose_host(const struct sg_exam *exam,
                                    const struct sg_exam_program *program)
{
    if (exam->hosts.used)
        return sg_exam_first_host(exam);
    union sg_address host = sg_address_loopback(exam->one->family, 0);
    bool finds_way = exam->request->observes && sg_program_has_port(program->spec);
    bool looked_at = finds_way || judges_arguments(&exam->one->play);
    if (exam->one->family == AF_INET && !program->spec->listens && looked_at)
        host.v4.sin_addr.s_addr = htonl(OTHER_LOOPBACK);
    return sg_mapping_lead(&exam->mapping, &host);
}

union sg_address sg_exam_host(const struct sg_exam *exam)
{
    const struct sg_exam_program *judged = sg_exam_judged((struct sg_exam *)exam);
    return choose_host(exam, judged);
}

static void make_values(struct sg_exam *exam, struct sg_exam_program *program,
                        const struct sg_step *step, struct sg_exam_values *values)
{
    bool relayed = exam->relay.used && program->spec->listens;
    memset(program->shown, 0, sizeof program->shown);
    char host[SG_ADDRESS_TEXT];
    exam->host = choose_host(exam, program);
    add_value(values, "host", sg_strdup(sg_address_print_host(&exam->host, host)));
    add_value(values, "port",
              sg_printf("%u", (unsigned)(relayed ? exam->relayed_port : exam->port)));
    add_value(values, "path", sg_exam_path(exam));
    for (size_t i = 0; i < program->spec->arguments.count; i++) {
        const char *name = program->spec->arguments.items[i];
        const struct sg_data *data =
            name[0] == '$' ? sg_program_value(program->spec, step, name + 1) : NULL;
        if (!data)
            continue;
        struct sg_bytes text = {0};
        sg_data_make(&exam->data, data, &text);
        if (strcmp(name, "$message") == 0) {
            sg_bytes_clear(&program->message);
            sg_bytes_add(&program->message, text.data, text.length);
        }
        add_value(values, name + 1, sg_bytes_take_text(&text));
    }
}

static void add_filled(struct sg_words_list *words, const char *word,
                       const struct sg_exam_values *values)
{
    char *filled = sg_word_fill(word, values->items, values->count);
    sg_words_add(words, filled);
    free(filled);
}

static void make_command(const struct sg_exam_program *program, const struct sg_exam_values *values,
                         struct sg_words_list *words)
{
    if (program->cast == SG_CAST_REFERENCE) {
        sg_autofree char *path = sg_printf("./%s", program->spec->name);
        sg_words_add(words, path);
    } else {
        for (size_t i = 0; i < program->found->command.count; i++)
            add_filled(words, program->found->command.items[i], values);
    }
    enum sg_way_form form = program->cast == SG_CAST_REFERENCE ? SG_WAY_ALL : program->way->form;
    for (size_t i = 0; i < program->spec->arguments.count; i++) {
        const char *argument = program->spec->arguments.items[i];
        if (sg_way_gives(form, argument))
            add_filled(words, argument, values);
    }
}

struct sg_listener *sg_exam_meeting_place(struct sg_exam *exam, size_t *ret_receive_buffer)
{
    size_t ignored;
    ret_receive_buffer = ret_receive_buffer ? ret_receive_buffer : &ignored;
    *ret_receive_buffer = 0;
    if (exam->relay.used)
        return &exam->relay.listener;
    for (size_t i = 0; i < exam->peer_count; i++) {
        if (exam->peers[i].listener.fd < 0 || exam->peers[i].port)
            continue;
        *ret_receive_buffer = exam->peers[i].spec->receive_buffer;
        return &exam->peers[i].listener;
    }
    return NULL;
}

/* The same over UDP: the socket of a peer, or the relay's, is moved. */
static void meet_sender(struct sg_exam *exam, uint16_t port)
{
    struct sg_datagram_end **place = exam->relay.front ? &exam->relay.front : NULL;
    const char *peer = "relay";
    for (size_t i = 0; !place && i < exam->peer_count; i++) {
        if (exam->peers[i].spec->kind != SG_ACTOR_SERVER || !exam->peers[i].socket ||
            exam->peers[i].socket->fd < 0)
            continue;
        place = &exam->peers[i].socket;
        peer = exam->peers[i].name;
    }
    struct sg_error ignored = {0};
    if (!place || port == 0 || sg_exam_port(exam, &(*place)->local) == port ||
        (*place)->received_count)
        return;
    struct sg_datagram_end *moved = sg_exam_await_clients(exam, peer, port, &ignored);
    if (!moved)
        return;
    sg_datagram_close(*place);
    *place = moved;
}

/* A client with a fixed port in its source finds us there too. */
static void meet_client(struct sg_exam *exam, uint16_t port)
{
    size_t receive_buffer;
    struct sg_listener *place = sg_exam_meeting_place(exam, &receive_buffer);
    struct sg_listener moved = {.fd = -1};
    struct sg_error ignored;
    if (!place || port == 0 || place->port == port ||
        sg_exam_listen(exam, &moved, port, receive_buffer, &ignored) < 0)
        return;
    sg_listener_close(place);
    *place = moved;
}

/* A signal that a program gets without anyone sending it one. (Runtimes handle those that ask a program to end.) */
static bool comes_by_itself(int signal)
{
    return signal == SIGCHLD || signal == SIGALRM || signal == SIGURG || signal == SIGIO;
}

static void before_call(void *state, const struct sg_call *call)
{
    struct sg_exam_program *program = state;
    struct sg_error ignored;
    if (call->kind == SG_CALL_TIMER)
        program->still.timers = true;
    if (call->kind == SG_CALL_TIMER && call->alarms && call->tid == program->process.pid)
        program->ticks = call->repeats;
    if (call->kind == SG_CALL_HANDLER && !call->restarts && comes_by_itself(call->signal))
        program->interruptible = true;
    if (call->kind == SG_CALL_NO_ADDRESS) {
        program->sends_nowhere = true;
        program->no_address_bytes = call->wanted;
    }
    bool names_other = call->kind == SG_CALL_CONNECT || call->kind == SG_CALL_SENDTO;
    if (call->kind != SG_CALL_BIND && !names_other)
        return;
    if (sg_address_is_local(&call->address)) {
        sg_exam_note_local(program, call);
        return;
    }
    union sg_address address = sg_address_unmapped(&call->address);
    if (!program->exam->mapping.on && !program->exam->hosts.used &&
        !sg_address_is_wildcard(&address) && !sg_address_is_loopback(&address))
        (void)sg_network_add_address(&address, &ignored);
    /* A connect() to no address takes a socket's connection away. */
    if (!names_other || call->address.any.sa_family == AF_UNSPEC)
        return;
    bool udp = sg_exam_is_udp(program->exam);
    /* Resolvers connect datagram sockets, and send nothing, to see which address would be its own. */
    if (call->kind == SG_CALL_CONNECT && call->type == SOCK_DGRAM && !udp)
        return;
    if (program->asked_count++ == 0)
        program->asked = (struct sg_asked){.address = address, .type = call->type};
    if (call->type == SOCK_STREAM && !udp)
        meet_client(program->exam, sg_address_port(&address));
    if (call->type == SOCK_DGRAM && udp && !program->spec->listens)
        meet_sender(program->exam, sg_address_port(&address));
}

void sg_exam_note_listening(struct sg_exam_program *program, const union sg_address *address)
{
    struct sg_exam *exam = program->exam;
    bool asked = exam->relay.used && !sg_exam_is_local(exam)
                     ? sg_exam_port(exam, address) == exam->relayed_port
                     : sg_exam_is_given(exam, address);
    if (program->listening && !asked)
        return; /* one of several: the first, or the one that was asked for */
    program->listening = true;
    program->address = *address;
    sg_exam_note_file(program);
    char text[SG_ADDRESS_TEXT];
    struct sg_event_about about = {.from = program->spec->name};
    sg_transcript_add(&exam->transcript, SG_EVENT_LISTEN, &about, false, "%s",
                      sg_address_print(address, text));
}

/* The connection whose far end the program's socket is. */
static int number_of(struct sg_exam *exam, const struct sg_call *call)
{
    for (size_t i = 0; i < exam->connection_count; i++) {
        struct sg_socket_row row;
        if (sg_connection_is_local(exam->connections[i])) {
            if (sg_exam_find_other_end(exam, exam->connections[i], &row) &&
                row.inode == call->inode)
                return exam->connections[i]->number;
            continue;
        }
        union sg_address theirs = sg_address_unmapped(&call->address);
        union sg_address ours = sg_address_unmapped(&exam->connections[i]->local);
        if (sg_address_port(&theirs) == sg_address_port(&ours))
            return exam->connections[i]->number;
    }
    return 0;
}

static void note_fault(struct sg_exam_program *program, const struct sg_call *call)
{
    struct sg_exam *exam = program->exam;
    int number = number_of(exam, call);
    /* A client may send before we have accepted it: then the number is not known yet. */
    struct sg_event_about about = {.from = program->spec->name,
                                   .connection = program->spec->listens ? number : 0};
    if (exam->request->probe == SG_PROBE_TRACED)
        sg_exam_locate_fault(program, call->tid);
    exam->faults = sg_realloc_array(exam->faults, exam->fault_count + 1, sizeof *exam->faults);
    exam->faults[exam->fault_count++] = (struct sg_fault_seen){
        .at_ns = sg_transcript_now(&exam->transcript),
        .connection = number,
        .name = call->name,
        .wanted = call->wanted,
        .took = call->error ? 0 : (size_t)call->result,
        .error = call->error,
    };
    if (call->error)
        sg_transcript_add(&exam->transcript, SG_EVENT_FAULT, &about, false,
                          _("%s() failed: %s (made by the examiner)"), call->name,
                          strerrorname_np(call->error));
    else
        sg_transcript_add(&exam->transcript, SG_EVENT_FAULT, &about, false,
                          _("%s() took %d of %zu bytes (made short by the examiner)"), call->name,
                          call->result, call->wanted);
}

/* "mount()", "socket(AF_VSOCK)". */
static char *describe_refused(const struct sg_call *call)
{
    static const struct {
        int family;
        const char *name;
    } families[] = {
        {AF_INET, "AF_INET, of another kind than TCP or UDP"},
        {AF_INET6, "AF_INET6, of another kind than TCP or UDP"},
        {AF_NETLINK, "AF_NETLINK"},
        {AF_PACKET, "AF_PACKET"},
        {AF_VSOCK, "AF_VSOCK"},
        {AF_ALG, "AF_ALG"},
    };
    if (strncmp(call->name, "socket", 6) != 0)
        return sg_printf(strchr(call->name, '(') ? "%s" : "%s()", call->name);
    for (size_t i = 0; i < SG_COUNT(families); i++) {
        if (families[i].family == call->family)
            return sg_printf("%s(%s)", call->name, families[i].name);
    }
    return sg_printf("%s() of address family %d", call->name, call->family);
}

/* A call that no submission may make; each once. */
static void note_refused(struct sg_exam_program *program, const struct sg_call *call)
{
    sg_autofree char *text = describe_refused(call);
    if (program->refused_count == SG_MOST_REFUSED)
        return;
    for (size_t i = 0; i < program->refused_count; i++) {
        if (strcmp(program->refused[i], text) == 0)
            return;
    }
    struct sg_event_about about = {.from = program->spec->name};
    sg_transcript_add(&program->exam->transcript, SG_EVENT_FAULT, &about, false,
                      "%s failed: %s (no submission may make this call)", text,
                      strerrorname_np(call->error));
    program->refused[program->refused_count++] = sg_strdup(text);
}

static void after_call(void *state, const struct sg_call *call)
{
    struct sg_exam_program *program = state;
    if (call->kind == SG_CALL_REFUSED)
        note_refused(program, call);
    if (call->kind == SG_CALL_FAULT)
        note_fault(program, call);
    if (call->kind == SG_CALL_BIND && call->result) {
        program->bind_errno = call->result;
        program->bind_address = call->address;
    }
    bool udp = sg_exam_is_udp(program->exam);
    if (call->kind == SG_CALL_LISTEN && call->result == 0 && udp)
        program->listens_to_streams = true;
    program->defers_accept |= call->kind == SG_CALL_LISTEN && call->defers;
    bool local = sg_address_is_local(&call->address);
    if (call->kind == SG_CALL_LISTEN && call->result == 0 && !udp &&
        local == sg_exam_is_local(program->exam))
        sg_exam_note_listening(program, &call->address);
    /* A datagram socket that is bound gets what is sent to it, whoever reads it when. */
    if (call->kind == SG_CALL_BOUND && udp && program->spec->listens)
        sg_exam_note_listening(program, &call->address);
}

void sg_exam_serve_calls(void *state)
{
    (void)sg_supervisor_serve(state);
}

struct sg_spin sg_exam_watch_spin(struct sg_exam_program *program, pid_t tid)
{
    return sg_spin_watch(tid, program->supervisor.tracer, sg_exam_serve_calls,
                         &program->supervisor);
}

static const char *cast_name(const struct sg_exam_program *program)
{
    return program->cast == SG_CAST_REFERENCE ? "reference" : program->spec->name;
}

static void reset(struct sg_exam_program *program)
{
    sg_process_end(&program->process);
    sg_process_done(&program->process);
    sg_supervisor_close(&program->supervisor);
    program->listening = program->listens_to_streams = program->sends_nowhere = false;
    program->defers_accept = false;
    program->excess = SG_EXCESS_NONE;
    program->bind_errno = 0;
    program->exit_logged = program->killed_by_us = program->was_frozen = false;
    program->interruptible = program->ticks = program->still.timers = false;
    program->asked_count = program->lines_fed = 0;
    program->out_logged = program->err_logged = 0;
    program->charged_run_ns = program->charged_delay_ns = 0;
    for (size_t i = 0; i < program->values.count; i++)
        free(program->values.texts[i]);
    program->values.count = 0;
}

static void plan_faults(struct sg_exam *exam, struct sg_exam_program *program,
                        const struct sg_program_faults *faults)
{
    const char *names[] = {"faults",        exam->assignment->id, exam->request->submission->id,
                           exam->one->name, program->spec->name,  NULL};
    sg_random_init(&program->supervisor.random, exam->request->seed, names);
    program->supervisor.faults = faults ? faults->list.items : NULL;
    program->supervisor.fault_count = faults ? faults->list.count : 0;
}

/* It names whom it sends to with each datagram, and not in a connect(). */
static bool sends_datagrams(const struct sg_exam_program *program)
{
    return sg_exam_is_udp(program->exam) && !program->spec->listens;
}

/* Which calls are stopped; 0: none. */
static unsigned choose_traps(const struct sg_exam *exam, const struct sg_exam_program *program,
                             const struct sg_program_faults *faults)
{
    const struct sg_rungs *rungs = exam->request->rungs;
    unsigned traps =
        sg_supervisor_traps(faults ? faults->list.items : NULL, faults ? faults->list.count : 0);
    /* Where it connects to is no matter of how it is started, and it may connect very often. One with raw sockets
     * sets itself time limits by alarm(), which only its calls tell. */
    if (!sg_program_has_port(program->spec) && !program->spec->raw_sockets && !faults)
        return 0;
    if (!rungs->duplicates)
        traps |= SG_TRAP_TIMEOUTS;
    if (exam->mapping.on || sg_exam_is_udp(exam))
        traps |= SG_TRAP_DATAGRAM;
    return rungs->faults == SG_FAULTS_NONE ? 0 : traps;
}

/* What the manifest adds to the environment, with the same names replaced as in the command. */
static void make_environment(const struct sg_exam_program *program, struct sg_words_list *ret)
{
    if (program->cast == SG_CAST_REFERENCE && program->exam->data.first_number)
        sg_words_add(ret, "FIRST_NUMBER=1"); /* as the student's server wants it */
    if (program->cast != SG_CAST_STUDENT)
        return;
    const struct sg_words_list *lines = &program->found->environment;
    for (size_t i = 0; i < lines->count; i++) {
        sg_autofree char *line =
            sg_word_fill(lines->items[i], program->values.items, program->values.count);
        sg_words_add(ret, line);
    }
}

int sg_exam_start(struct sg_exam *exam, struct sg_exam_program *program, const struct sg_step *step,
                  struct sg_error *err)
{
    reset(program);
    struct sg_words_list words = {0}, environment = {0};
    make_values(exam, program, step, &program->values);
    make_command(program, &program->values, &words);
    make_environment(program, &environment);

    bool student = program->cast == SG_CAST_STUDENT;
    bool shared = program->work && exam->request->references &&
                  strcmp(program->work, exam->request->references) == 0;
    bool traced = exam->request->rungs->faults == SG_FAULTS_PTRACE;
    const struct sg_program_faults *faults = sg_exam_faults(exam, program->spec->name);
    const struct sg_start start = {
        .jail = &exam->jail,
        .limits = &sg_limits_run,
        .work = program->work,
        .read_only = shared,
        .raw_sockets = program->spec->raw_sockets,
        .traps = choose_traps(exam, program, faults),
        .tracer = traced ? &exam->tracer : NULL,
        .supervisor = &program->supervisor,
        .argv = (const char *const *)words.items,
        .more_environment = (const char *const *)environment.items,
        .directory = student ? program->found->directory : NULL,
    };
    int failed = sg_exam_put_files(exam, program, err);
    if (!failed)
        failed = sg_process_start(&program->process, &start, &program->exec_errno, err);
    if (!failed) {
        program->started = true;
        program->supervisor = (struct sg_supervisor){
            .fd = traced ? -1 : program->process.filter,
            .tracer = traced ? &exam->tracer : NULL,
            .diag = &exam->diag,
            .before = before_call,
            .after = after_call,
            .falls = exam->request->probe == SG_PROBE_TRACED ? sg_exam_locate_fall : NULL,
            .mapping = &exam->mapping,
            .datagrams = sg_exam_is_udp(exam),
            .destinations = sends_datagrams(program),
            .local = sg_exam_is_local(exam),
            .small_buffers = exam->mapping.on && exam->one->small_buffers,
            .restarts_calls = exam->request->probe == SG_PROBE_RESTARTS,
            .state = program};
        program->still.diag = &exam->diag;
        program->still.tracer = program->supervisor.tracer;
        plan_faults(exam, program, faults);
        program->process.filter = -1;
        struct sg_event_about about = {.from = "harness", .to = cast_name(program)};
        sg_autobytes struct sg_bytes shown = {0};
        sg_words_print(&words, &shown);
        sg_transcript_add(&exam->transcript, SG_EVENT_START, &about, false, "%.200s",
                          sg_bytes_text(&shown));
    }
    sg_words_done(&words);
    sg_words_done(&environment);
    return failed;
}

static bool listens(struct sg_exam *exam, void *state)
{
    (void)exam;
    return ((struct sg_exam_program *)state)->listening;
}

/* How long a server with a time limit of its own is waited for, once it listens somewhere else. */
static const uint64_t second_listen_ns = 2 * SG_NS_PER_S;

bool sg_exam_await_listening(struct sg_exam *exam, struct sg_exam_program *program,
                             const struct sg_step *step)
{
    if (program->exec_errno)
        return sg_exam_fail(exam, SG_FAILURE_START, step, SG_OUTCOME_GONE);
    enum sg_outcome outcome = sg_exam_wait(exam, listens, program, exam->assignment->reply_ns);
    if (outcome == SG_OUTCOME_MET) {
        if (!sg_exam_is_reached(exam, program)) /* it may be about to be, on a second socket */
            (void)sg_exam_wait(exam, sg_exam_is_reached, program, second_listen_ns);
        sg_exam_await_name(exam, program);
        return true;
    }
    bool gone = outcome == SG_OUTCOME_GONE || program->process.life == SG_LIFE_GONE;
    return sg_exam_fail(exam, gone ? SG_FAILURE_START : SG_FAILURE_NOT_LISTENING, step, outcome);
}
