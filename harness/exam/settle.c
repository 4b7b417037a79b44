/* SPDX-License-Identifier: MIT
 * Is everything at rest: no program can go on by itself, and nothing is on its way to one or to us.
 *
 * The order makes it sound. First: nothing is in flight to a program. Then: the programs are still
 * (still.h). We sent nothing in between, so nothing can wake them but one thing: the kernel's
 * acknowledgement of what they had sent, for which a program may wait that wants to send more.
 * Then: nothing is in flight to us. And then the programs are still, and have not run since they
 * were looked at first: so nothing is in flight now. */
#include "exam/settle.h"

#include <netinet/tcp.h>
#include <string.h>
#include <sys/ioctl.h>

#include "exam/actors.h"
#include "exam/wait.h"
#include "program/proc.h"
#include "wire/packets.h"

static bool in_flight_to_program(struct sg_exam *exam, struct sg_connection *connection)
{
    struct sg_socket_row row;
    if (connection->connecting || connection->refused || !connection->number || connection->over)
        return false;
    if (sg_connection_is_local(connection))
        return false; /* a send() puts it into the other socket's queue */
    if (!sg_exam_find_other_end(exam, connection, &row) || !row.whole) {
        connection->over = connection->fd < 0;
        return false; /* it has closed; what we sent is gone */
    }
    if (row.receive_queue)
        return false; /* it is ready already: more changes nothing */
    if (row.bytes_received < connection->sent)
        return true;
    bool open = row.state == SG_TCP_ESTABLISHED || row.state == SG_TCP_SYN_RECV;
    return connection->ended && open; /* our end of stream, or our reset */
}

bool sg_exam_defers_accept(const struct sg_exam *exam)
{
    bool defers = false;
    for (size_t i = 0; i < exam->program_count; i++)
        defers |= exam->programs[i].defers_accept;
    return defers;
}

/* The kernel keeps the connection back, whatever comes, until we have said something
 * (TCP_DEFER_ACCEPT). After some seconds it lets it go all the same; that is not waited for. */
static bool is_deferred(const struct sg_exam *exam, const struct sg_socket_row *row)
{
    return sg_exam_defers_accept(exam) && row->state == SG_TCP_SYN_RECV;
}

static int unread_by_us(const struct sg_connection *connection)
{
    int bytes = 0;
    (void)ioctl(connection->fd, FIONREAD, &bytes);
    return bytes;
}

static bool in_flight_to_us(struct sg_exam *exam, struct sg_connection *connection)
{
    struct sg_socket_row row;
    if (connection->fd < 0 || connection->connecting || connection->end != SG_STREAM_OPEN ||
        sg_connection_is_local(connection))
        return false;
    /* What lies in our queue is not in flight: it is we who do not take it. */
    if (connection->reading != SG_READING_ALL)
        return !unread_by_us(connection) && sg_exam_find_other_end(exam, connection, &row) &&
               row.send_queue;
    const int on = 1; /* an acknowledgement that we owe is sent now, and not in 40 ms */
    (void)setsockopt(connection->fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
    bool found = sg_exam_find_other_end(exam, connection, &row);
    if (found && is_deferred(exam, &row))
        return false;
    if (!found || !row.whole)
        return true; /* its end or reset must reach us */
    return row.send_queue || row.state == SG_TCP_FIN_WAIT1 || row.state == SG_TCP_CLOSING ||
           row.state == SG_TCP_LAST_ACK;
}

bool sg_exam_has_bytes_for(struct sg_exam *exam, enum sg_reading reading)
{
    struct sg_socket_row row;
    for (size_t i = 0; i < exam->connection_count; i++) {
        struct sg_connection *connection = exam->connections[i];
        if (connection->reading != reading || connection->fd < 0 || connection->connecting)
            continue;
        if (unread_by_us(connection) ||
            (!sg_connection_is_local(connection) &&
             sg_exam_find_other_end(exam, connection, &row) && row.whole && row.send_queue))
            return true;
    }
    return false;
}

static bool anything(struct sg_exam *exam,
                     bool (*in_flight)(struct sg_exam *, struct sg_connection *))
{
    for (size_t i = 0; i < exam->connection_count; i++) {
        if (in_flight(exam, exam->connections[i]))
            return true;
    }
    return false;
}

/* Looks at one program; its `still` keeps what was seen. */
static enum sg_stillness look(struct sg_exam_program *program)
{
    if (program->process.life == SG_LIFE_NONE || program->process.init == 0)
        return SG_STILL_GONE;
    sg_still_look(&program->still, program->process.init, program->process.input);
    enum sg_stillness verdict = program->still.verdict;
    /* Its end is known to us only when init has told it. */
    if (verdict == SG_STILL_GONE && program->process.life != SG_LIFE_GONE)
        return SG_STILL_NOT;
    if (program->process.life == SG_LIFE_RUNNING && program->still.first.zombies &&
        verdict != SG_STILL_GONE) {
        const struct sg_thread *first = &program->still.first.threads[0];
        if (first->pid == program->process.pid && sg_thread_is_zombie(first))
            return SG_STILL_NOT;
    }
    return verdict;
}

/* Datagrams leave no trace in a socket while they are on their way; the network's own counts tell.
 * They can be had where the network is ours alone. */
static bool count_packets(const struct sg_exam *exam, struct sg_packets *ret)
{
    return !exam->mapping.on && sg_packets_read(ret);
}

/* Where the programs have received as many datagrams as our sockets sent, the unclaimed ones are
 * theirs. */
uint64_t sg_exam_unclaimed_datagrams(const struct sg_exam *exam)
{
    struct sg_packets packets;
    uint64_t sent = 0, received = 0;
    for (size_t i = 0; i < exam->socket_count; i++) {
        sent += exam->sockets[i]->sent_count;
        received += exam->sockets[i]->received_count;
    }
    bool known = count_packets(exam, &packets) && packets.taken == sent + received;
    return known ? packets.unclaimed : 0;
}

bool sg_exam_all_delivered(struct sg_exam *exam)
{
    struct sg_packets packets;
    return !count_packets(exam, &packets) || packets.sent == packets.delivered;
}

/* Whether a datagram was on its way at any moment since `before` was counted. */
static bool datagrams_moved(const struct sg_exam *exam, const struct sg_packets *before)
{
    struct sg_packets now;
    return before->sent != before->delivered || !count_packets(exam, &now) ||
           now.sent != before->sent || now.delivered != before->delivered;
}

bool sg_exam_has_unread_datagrams(struct sg_exam *exam, uint16_t port)
{
    enum { MOST = 64 };
    struct sg_socket_row rows[MOST];
    size_t count = sg_diag_list(&exam->diag, IPPROTO_UDP, ~0u, rows, MOST);
    for (size_t i = 0; i < count; i++) {
        if (sg_address_port(&rows[i].local) == port && rows[i].receive_queue)
            return true;
    }
    return false;
}

/* Whether a program goes on after all, or has run since it was looked at; `ran_ns` is what it had
 * then. */
static bool goes_on(struct sg_exam_program *program, uint64_t ran_ns)
{
    if (look(program) < SG_STILL_BOUNDED)
        return true;
    return program->still.verdict != SG_STILL_GONE && program->still.first.run_ns != ran_ns;
}

struct sg_settled sg_exam_settle(struct sg_exam *exam)
{
    uint64_t ran_ns[SG_MOST_PROGRAMS] = {0};
    struct sg_settled settled = {.verdict = SG_STILL_GONE, .bound_ns = UINT64_MAX};
    struct sg_packets packets;
    bool counted = sg_exam_is_udp(exam) && count_packets(exam, &packets);
    bool moving = anything(exam, in_flight_to_program) || !sg_link_has_delivered(&exam->hosts.link);
    for (size_t i = 0; i < exam->program_count; i++) {
        struct sg_exam_program *program = &exam->programs[i];
        enum sg_stillness verdict = look(program);
        ran_ns[i] = program->still.first.run_ns;
        settled.verdict = verdict < settled.verdict ? verdict : settled.verdict;
        if (verdict == SG_STILL_BOUNDED && program->still.bound_ns < settled.bound_ns)
            settled.bound_ns = program->still.bound_ns;
        if (verdict != SG_STILL_GONE)
            settled.for_input = settled.for_input || program->still.for_input;
    }
    exam->in_flight = moving || anything(exam, in_flight_to_us);
    if (exam->hosts.used && !sg_link_has_received(&exam->hosts.link))
        settled.verdict = SG_STILL_NOT;
    if (exam->in_flight || (counted && datagrams_moved(exam, &packets)))
        settled.verdict = SG_STILL_NOT;
    for (size_t i = 0; i < exam->program_count && settled.verdict >= SG_STILL_BOUNDED; i++) {
        if (goes_on(&exam->programs[i], ran_ns[i]))
            settled.verdict = SG_STILL_NOT;
    }
    settled.uncertain = sg_exam_is_udp(exam) && !counted;
    if (settled.uncertain && settled.verdict == SG_STILL_PROVEN)
        settled.verdict = SG_STILL_BOUNDED;
    if (sg_exam_pump(exam))
        settled.verdict = SG_STILL_NOT;
    return settled;
}

static bool are_at_rest(struct sg_exam *exam)
{
    for (size_t i = 0; i < exam->program_count; i++) {
        struct sg_exam_program *program = &exam->programs[i];
        if (program->process.init == 0)
            continue;
        sg_tree_look(&program->still.first, program->process.init, false);
        for (size_t t = 0; t < program->still.first.count; t++) {
            char state = program->still.first.threads[t].state;
            if (state == 'R' || state == 'D')
                return false;
        }
    }
    return true;
}

bool sg_exam_is_flooded(const struct sg_exam *exam)
{
    for (size_t i = 0; i < exam->connection_count; i++) {
        if (exam->connections[i]->flooded)
            return true;
    }
    return false;
}

static bool is_never_at_rest(const struct sg_exam *exam)
{
    return exam->restless || sg_exam_is_flooded(exam);
}

bool sg_exam_has_noticed_end(struct sg_exam *exam, struct sg_connection *connection)
{
    struct sg_socket_row row;
    bool arrived = !sg_exam_find_other_end(exam, connection, &row) || !row.whole ||
                   (row.state != SG_TCP_ESTABLISHED && row.state != SG_TCP_SYN_RECV);
    exam->awaits_rest = arrived;
    return arrived && (is_never_at_rest(exam) || are_at_rest(exam));
}

bool sg_exam_all_taken(struct sg_exam *exam, struct sg_connection *connection)
{
    struct sg_socket_row row;
    if (!sg_exam_find_other_end(exam, connection, &row) || !row.whole)
        return true;
    /* An empty queue alone proves nothing: the segment may not have arrived yet, and a recv() may
     * not have let go of the socket, and would take the next segment too. */
    exam->awaits_rest = row.receive_queue == 0 && row.bytes_received >= connection->sent;
    return exam->awaits_rest && (is_never_at_rest(exam) || are_at_rest(exam));
}

size_t sg_exam_unread_bytes(struct sg_exam *exam, struct sg_connection *connection)
{
    struct sg_socket_row row;
    if (!sg_exam_find_other_end(exam, connection, &row) || !row.whole)
        return 0;
    size_t on_its_way =
        row.bytes_received < connection->sent ? connection->sent - (size_t)row.bytes_received : 0;
    /* The end of a stream counts as one byte until it has been read. */
    bool ended = row.state == SG_TCP_CLOSE_WAIT || row.state == SG_TCP_LAST_ACK ||
                 row.state == SG_TCP_CLOSING;
    return row.receive_queue - (ended && row.receive_queue) + on_its_way;
}

bool sg_exam_is_unread(struct sg_exam *exam, struct sg_connection *connection)
{
    struct sg_socket_row row;
    return sg_exam_find_other_end(exam, connection, &row) && row.whole &&
           (row.receive_queue || row.bytes_received < connection->sent);
}

bool sg_exam_is_unaccepted(struct sg_exam *exam, struct sg_connection *connection)
{
    struct sg_socket_row row;
    return connection->end ==
               SG_STREAM_OPEN && /* else it was closed, and belongs to nobody any more */
           sg_exam_find_other_end(exam, connection, &row) &&
           row.whole && row.inode == 0;
}

uint64_t sg_exam_bytes_taken(struct sg_exam *exam)
{
    uint64_t taken = 0;
    for (size_t i = 0; i < exam->connection_count; i++) {
        struct sg_socket_row row;
        if (exam->connections[i]->fd >= 0 &&
            sg_exam_find_other_end(exam, exam->connections[i], &row) && row.whole &&
            row.bytes_received >= row.receive_queue)
            taken += row.bytes_received - row.receive_queue;
    }
    return taken;
}

struct sg_sample sg_exam_sample(struct sg_exam_program *program)
{
    struct sg_sample sample = {0};
    sg_tree_look(&program->still.first, program->process.init, false);
    const struct sg_tree *tree = &program->still.first;
    sample.processes = tree->processes + tree->zombies;
    for (size_t i = 0; i < tree->count; i++) {
        const struct sg_thread *thread = &tree->threads[i];
        if (thread->pid != thread->tid)
            continue;
        pid_t holder = sg_tree_holder(tree, thread->pid);
        sample.descriptors += sg_proc_descriptors(holder);
        if (!sg_thread_is_zombie(thread) && !sg_proc_is_managed(holder))
            sample.memory += sg_proc_memory(holder);
    }
    return sample;
}
