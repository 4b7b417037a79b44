/* SPDX-License-Identifier: MIT
 * What the calls tell that a program is stopped in: where it listens, whom it connects to, what was
 * done to them. */
#include "exam/calls.h"

#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/language.h"
#include "exam/actors.h"
#include "exam/local.h"
#include "exam/place.h"
#include "exam/settle.h"
#include "wire/network.h"

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

/* A signal that a program gets without anyone sending it one. (Runtimes handle those that ask a
 * program to end.) */
static bool comes_by_itself(int signal)
{
    return signal == SIGCHLD || signal == SIGALRM || signal == SIGURG || signal == SIGIO;
}

void sg_exam_before_call(void *state, const struct sg_call *call)
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
    /* Resolvers connect datagram sockets, and send nothing, to see which address would be its
     * own. */
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

void sg_exam_after_call(void *state, const struct sg_call *call)
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

struct sg_spin sg_exam_watch_spin(struct sg_exam_program *program, pid_t tid, bool briefly)
{
    return sg_spin_watch(tid, briefly, program->supervisor.tracer, program->supervisor.fd,
                         sg_exam_serve_calls, &program->supervisor);
}
