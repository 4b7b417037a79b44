/* SPDX-License-Identifier: MIT
 * What a program does with its sockets, where none of its calls is stopped: what its listening
 * sockets and its connections show of it, later and less than its calls would. */
#include "exam/discover.h"

#include <signal.h>
#include <string.h>

#include "exam/actors.h"
#include "exam/calls.h"
#include "exam/local.h"
#include "exam/relay.h"
#include "program/proc.h"

enum { MOST_LISTENERS = 1024 };

static bool holds(const struct sg_tree *tree, uint32_t inode)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct sg_thread *thread = &tree->threads[i];
        if (thread->pid == thread->tid &&
            sg_proc_holds_socket(sg_tree_holder(tree, thread->pid), inode))
            return true;
    }
    return false;
}

/* Timers that might wake it: what would have told of them is not there. */
static bool may_have_timers(const struct sg_exam *exam, const struct sg_tree *tree)
{
    const uint64_t timers = UINT64_C(1) << (SIGALRM - 1) | UINT64_C(1) << (SIGVTALRM - 1);
    for (size_t i = 0; i < tree->count; i++) {
        if (sg_proc_handled_signals(tree->threads[i].pid) & timers)
            return true;
    }
    return !exam->request->rungs->duplicates;
}

bool sg_exam_discover(struct sg_exam *exam, struct sg_exam_program *program)
{
    struct sg_socket_row rows[MOST_LISTENERS];
    if (exam->request->rungs->faults != SG_FAULTS_NONE || !program->spec->listens ||
        program->listening || program->process.life != SG_LIFE_RUNNING)
        return false;
    bool udp = sg_exam_is_udp(exam);
    size_t count = sg_diag_list(&exam->diag, udp ? IPPROTO_UDP : IPPROTO_TCP,
                                udp ? ~0u : 1u << SG_TCP_LISTEN, rows, MOST_LISTENERS);
    sg_tree_look(&program->still.first, program->process.init, false);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].inode && holds(&program->still.first, rows[i].inode))
            sg_exam_note_listening(program, &rows[i].local);
    }
    program->still.timers = may_have_timers(exam, &program->still.first);
    return program->listening;
}

/* Whether this socket gets what is sent to `to`. */
static bool takes(const struct sg_socket_row *row, const union sg_address *to)
{
    union sg_address local = sg_address_unmapped(&row->local);
    if (sg_address_port(&local) != sg_address_port(to))
        return false;
    if (local.any.sa_family != to->any.sa_family)
        return row->dual_stack && to->any.sa_family == AF_INET;
    uint32_t length;
    const void *theirs = sg_address_bytes(&local, &length);
    return sg_address_is_wildcard(&local) ||
           memcmp(theirs, sg_address_bytes(to, &length), length) == 0;
}

bool sg_exam_is_reached(struct sg_exam *exam, void *state)
{
    const struct sg_exam_program *program = state;
    struct sg_socket_row rows[MOST_LISTENERS];
    if (exam->mapping.on || sg_exam_is_local(exam) || program != sg_exam_program(exam, "server"))
        return true;
    union sg_address to = sg_exam_server_address(exam);
    bool udp = sg_exam_is_udp(exam);
    size_t count = sg_diag_list(&exam->diag, udp ? IPPROTO_UDP : IPPROTO_TCP,
                                udp ? ~0u : 1u << SG_TCP_LISTEN, rows, MOST_LISTENERS);
    for (size_t i = 0; i < count; i++) {
        if (takes(&rows[i], &to))
            return true;
    }
    return false;
}

void sg_exam_discover_connect(struct sg_exam *exam, int fd)
{
    union sg_address address = {0};
    socklen_t length = sizeof address;
    struct sg_exam_program *client = sg_exam_program(exam, "client");
    if (exam->request->rungs->faults != SG_FAULTS_NONE || !client || !client->started)
        return;
    if (client->asked_count++ == 0 && getsockname(fd, &address.any, &length) == 0)
        client->asked =
            (struct sg_asked){.address = sg_address_unmapped(&address), .type = SOCK_STREAM};
}

void sg_exam_discover_sender(struct sg_exam *exam, uint16_t port)
{
    struct sg_exam_program *client = sg_exam_program(exam, "client");
    if (exam->request->rungs->faults != SG_FAULTS_NONE || client->asked_count++)
        return;
    client->asked = (struct sg_asked){.address = exam->host, .type = SOCK_DGRAM};
    sg_address_set_port(&client->asked.address, port);
}

const char *sg_exam_undiscovered(const struct sg_exam *exam)
{
    const struct sg_rungs *rungs = exam->request->rungs;
    enum sg_failure_kind kind = exam->evidence.kind;
    if (rungs->faults != SG_FAULTS_NONE)
        return NULL;
    if (kind == SG_FAILURE_NOT_ACCEPTED)
        return "this machine does not show where a program tries to connect to";
    if (rungs->network == SG_NETWORK_NONE &&
        (kind == SG_FAILURE_START || kind == SG_FAILURE_NOT_LISTENING))
        return "the program has to share the machine's ports with others";
    return NULL;
}
