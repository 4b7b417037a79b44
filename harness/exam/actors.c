/* SPDX-License-Identifier: MIT
 * The actors of a case: made from the spec, ended with the case. */
#include "exam/actors.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/random.h"
#include "exam/hosts.h"
#include "exam/local.h"
#include "exam/ports.h"
#include "exam/relay.h"
#include "wire/network.h"

static bool judges_arguments(const struct sg_case *one)
{
    for (size_t i = 0; one && i < one->play.count; i++) {
        if (one->play.items[i].action == SG_ACT_HONOURS_ARGUMENTS)
            return true;
    }
    return false;
}

/* Ports that are free on any machine's private network and no ephemeral ports (32768 to 60999);
 * with the bytes swapped still no reserved one, so that a missing htons() shows as a listener and
 * not as a refused bind. Where it is judged whether a program takes the port that it is given, it
 * is one that a signed number of two bytes cannot hold. */
static uint16_t choose_port(const struct sg_exam_request *request, const char *what)
{
    const uint32_t least = judges_arguments(request->one) ? 61000 : 5000;
    const uint32_t count = judges_arguments(request->one) ? 4000 : 25000;
    const char *names[] = {what, request->assignment->id, request->submission->id,
                           request->one ? request->one->name : "", NULL};
    struct sg_random random;
    sg_random_init(&random, request->seed, names);
    for (;;) {
        uint16_t port = (uint16_t)(least + sg_random_below(&random, count));
        uint16_t swapped = (uint16_t)(port << 8 | port >> 8);
        if (swapped >= 1024 && swapped != port)
            return port;
    }
}

/* The last one that was sent, or that an expectation has taken. */
static struct sg_slice last_datagram(const struct sg_datagram_end *socket, bool sent)
{
    if (sent)
        return sg_slice_skip(sg_bytes_slice(&socket->out), socket->last_out);
    return socket->taken ? sg_bytes_slice(&socket->received[socket->taken - 1].bytes)
                         : (struct sg_slice){NULL, 0};
}

static struct sg_slice peer_bytes(void *state, const char *name, bool sent)
{
    struct sg_exam *exam = state;
    for (size_t i = 0; i < exam->peer_count; i++) {
        const struct sg_exam_peer *peer = &exam->peers[i];
        if (strcmp(peer->name, name) == 0 && peer->socket)
            return last_datagram(peer->socket, sent);
        if (strcmp(peer->name, name) != 0 || !peer->connection)
            continue;
        return sg_bytes_slice(sent ? &peer->connection->out : &peer->connection->in);
    }
    return (struct sg_slice){NULL, 0};
}

static void add_peers(struct sg_exam *exam)
{
    for (size_t i = 0; i < exam->assignment->peers.count; i++) {
        const struct sg_peer *spec = &exam->assignment->peers.items[i];
        size_t members = spec->count ? (size_t)spec->count : 1;
        for (size_t n = 1; n <= members; n++) {
            exam->peers = sg_realloc_array(exam->peers, exam->peer_count + 1, sizeof *exam->peers);
            struct sg_exam_peer *peer = &exam->peers[exam->peer_count++];
            *peer = (struct sg_exam_peer){.spec = spec, .listener = {.fd = -1}};
            if (spec->count)
                (void)snprintf(peer->name, sizeof peer->name, "%.60s%zu", spec->name, n);
            else
                (void)snprintf(peer->name, sizeof peer->name, "%.60s", spec->name);
        }
    }
}

static bool expects_file(const struct sg_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (steps->items[i].action == SG_ACT_EXPECT_FILE)
            return true;
    }
    return false;
}

/* Whether programs read or write files of their directories, or make sockets there. */
static bool uses_files(const struct sg_exam *exam)
{
    for (size_t i = 0; i < exam->assignment->programs.count; i++) {
        if (exam->assignment->programs.items[i].files.count)
            return true;
    }
    return sg_exam_is_local(exam) || expects_file(&exam->one->play);
}

static int add_program(struct sg_exam *exam, const struct sg_program *spec, int cast,
                       struct sg_error *err)
{
    const struct sg_exam_request *request = exam->request;
    bool server = strcmp(spec->name, "server") == 0;
    struct sg_exam_program *program = &exam->programs[exam->program_count++];
    *program = (struct sg_exam_program){
        .exam = exam,
        .spec = spec,
        .cast = cast,
        .process = {.control = -1, .filter = -1, .input = -1, .out = {.fd = -1}, .err = {.fd = -1}},
        .supervisor = {.fd = -1},
    };
    if (cast == SG_CAST_REFERENCE) {
        if (!request->references)
            return sg_fail_machine(err, "there are no reference programs for '%s'",
                                   exam->assignment->id);
        if (uses_files(exam))
            return sg_jail_copy_tree(&exam->jail, request->references, spec->name, &program->work,
                                     err);
        program->work = sg_strdup(request->references);
        return 0;
    }
    program->way = &request->ways[server ? 0 : 1];
    program->found = server ? &request->submission->server : &request->submission->client;
    if (program->found->exceeded) { /* it is not started, and may be more than a copy holds */
        program->work = sg_strdup(request->submission->tree);
        return 0;
    }
    return sg_jail_copy_tree(&exam->jail, request->submission->tree, spec->name, &program->work,
                             err);
}

static int add_programs(struct sg_exam *exam, struct sg_error *err)
{
    for (size_t i = 0; i < exam->assignment->programs.count && i < SG_MOST_PROGRAMS; i++) {
        const struct sg_program *spec = &exam->assignment->programs.items[i];
        int cast = sg_case_cast(exam->one, spec->name);
        if (cast && add_program(exam, spec, cast, err) < 0)
            return -1;
    }
    return 0;
}

bool sg_exam_has_small_buffers(const struct sg_exam *exam)
{
    return exam->one->small_buffers && exam->request->probe != SG_PROBE_READS;
}

/* What the case's network is like, beyond being there. */
static int open_network(struct sg_exam *exam, struct sg_error *err)
{
    const struct sg_exam_request *request = exam->request;
    if (request->rungs->network == SG_NETWORK_PRIVATE)
        return sg_exam_has_small_buffers(exam) ? sg_network_shrink_buffers(err) : 0;
    const char *names[] = {"loopback", exam->assignment->id, request->submission->id,
                           exam->one->name, NULL};
    struct sg_random random;
    sg_random_init(&random, request->seed, names);
    int failed = request->rungs->network == SG_NETWORK_NONE
                     ? sg_mapping_take_turn(&exam->mapping, request->probe, err)
                     : sg_mapping_take(&exam->mapping, sg_random_next(&random), err);
    if (failed)
        return -1;
    /* On the machine's own network others may listen, on any address. */
    if (sg_mapping_take_port(&exam->mapping, &exam->port, err) < 0)
        return -1;
    return sg_mapping_take_port(&exam->mapping, &exam->relayed_port, err);
}

uint16_t sg_exam_port(const struct sg_exam *exam, const union sg_address *address)
{
    return sg_mapping_port(&exam->mapping, sg_address_port(address));
}

static void add_file(struct sg_jail_files *files, const char *path, const char *text)
{
    files->items[files->count++] = (struct sg_jail_file){path, text};
}

/* The files of the spec; and then names are looked up in files alone, in the usual order of
 * addresses. */
static void make_files(struct sg_exam *exam)
{
    const struct sg_assignment *assignment = exam->assignment;
    static const struct {
        const char *name, *path;
    } known[SG_COUNT(exam->file_texts)] = {{"hosts", "/etc/hosts"}, {"services", "/etc/services"}};
    for (size_t i = 0; i < assignment->files.count; i++) {
        const struct sg_data *file = &assignment->files.items[i];
        for (size_t k = 0; k < SG_COUNT(known); k++) {
            if (strcmp(file->name, known[k].name) != 0)
                continue;
            sg_data_make(&exam->data, file, &exam->file_texts[k]);
            add_file(&exam->files, known[k].path, sg_bytes_text(&exam->file_texts[k]));
        }
    }
    if (!assignment->files.count)
        return;
    add_file(&exam->files, "/etc/gai.conf", "");
    add_file(&exam->files, "/etc/nsswitch.conf",
             "passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n");
}

int sg_exam_open(struct sg_exam *exam, const struct sg_exam_request *request, struct sg_error *err)
{
    *exam = (struct sg_exam){
        .request = request,
        .assignment = request->assignment,
        .one = request->one,
        .diag = {.fd = -1},
        .tracer = {.fd = -1},
        .mapping = {.lock = -1},
        .transcript = {.started_ns = sg_now_ns(), .keeps_bytes = request->keeps_bytes},
        .bare_end = request->one->role == SG_ROLE_SERVER && request->ways[0].bare_end,
        .port = choose_port(request, "port"),
        .relayed_port = choose_port(request, "relayed port"),
        .relay = {.listener = {.fd = -1}},
        .hosts = {.link = {.fd = -1, .witness = -1}},
        .data = {.assignment = request->assignment,
                 .one = request->one,
                 .seed = request->seed,
                 .submission = request->submission->id,
                 .first_number =
                     request->one->role == SG_ROLE_SERVER ? request->ways[0].first_number : 0,
                 .swaps_lengths =
                     request->probe == SG_PROBE_SWAPPED && request->one->role == SG_ROLE_SERVER,
                 .low_lengths = request->probe == SG_PROBE_LOW,
                 .ascii = request->probe == SG_PROBE_ASCII,
                 .peer_bytes = peer_bytes},
    };
    exam->data.peer_state = exam;
    make_files(exam);
    if (open_network(exam, err) < 0 || sg_diag_open(&exam->diag, err) < 0 ||
        sg_jail_open(&exam->jail, request->rungs, request->submission->folder,
                     &request->submission->hidden, &exam->files, err) < 0)
        return -1;
    if (request->rungs->faults == SG_FAULTS_PTRACE && sg_tracer_open(&exam->tracer) < 0)
        return sg_fail_os(err, "wait for what is traced");
    add_peers(exam);
    if (sg_exam_open_hosts(exam, err) < 0)
        return -1;
    if (!sg_exam_choose_ports(exam))
        return sg_fail(err, "the spec has more peers than ports for them");
    if (add_programs(exam, err) < 0)
        return -1;
    exam->relay.used = exam->program_count == 2;
    if (!exam->relay.used)
        return 0;
    return sg_exam_is_udp(exam) ? sg_exam_open_datagram_relay(exam, err)
                                : sg_exam_open_relay(exam, err);
}

void sg_exam_close(struct sg_exam *exam)
{
    for (size_t i = 0; i < exam->program_count; i++) {
        struct sg_exam_program *program = &exam->programs[i];
        sg_process_end(&program->process);
        sg_process_done(&program->process);
        sg_supervisor_close(&program->supervisor);
        sg_still_done(&program->still);
        sg_bytes_done(&program->message);
        for (size_t v = 0; v < program->values.count; v++)
            free(program->values.texts[v]);
        for (size_t r = 0; r < program->refused_count; r++)
            free(program->refused[r]);
        free(program->work);
    }
    for (size_t i = 0; i < exam->connection_count; i++) {
        sg_connection_done(exam->connections[i]);
        free(exam->connections[i]);
    }
    free(exam->connections);
    for (size_t i = 0; i < exam->socket_count; i++) {
        sg_datagram_done(exam->sockets[i]);
        free(exam->sockets[i]);
    }
    free(exam->sockets);
    for (size_t i = 0; i < exam->peer_count; i++) {
        free(exam->peers[i].heard);
        sg_listener_close(&exam->peers[i].listener);
        if (exam->peers[i].filler > 0)
            (void)close(exam->peers[i].filler);
        for (size_t w = 0; w < exam->peers[i].waiting_count; w++)
            (void)close(exam->peers[i].waiting[w]);
    }
    free(exam->peers);
    sg_exam_close_relay(exam);
    sg_exam_close_hosts(exam);
    free(exam->reason);
    free(exam->faults);
    sg_jail_close(&exam->jail);
    for (size_t i = 0; i < SG_COUNT(exam->file_texts); i++)
        sg_bytes_done(&exam->file_texts[i]);
    sg_mapping_release(&exam->mapping);
    sg_bytes_done(&exam->expected);
    sg_bytes_done(&exam->written);
    sg_tracer_close(&exam->tracer);
    sg_diag_close(&exam->diag);
    sg_transcript_done(&exam->transcript);
}

struct sg_exam_program *sg_exam_program(struct sg_exam *exam, const char *name)
{
    for (size_t i = 0; i < exam->program_count; i++) {
        if (strcmp(exam->programs[i].spec->name, name) == 0)
            return &exam->programs[i];
    }
    return NULL;
}

struct sg_exam_program *sg_exam_judged(struct sg_exam *exam)
{
    return sg_exam_program(exam, exam->one->role == SG_ROLE_SERVER ? "server" : "client");
}

struct sg_connection *sg_exam_add_connection(struct sg_exam *exam, const char *peer,
                                             const char *program)
{
    exam->connections = sg_realloc_array(exam->connections, exam->connection_count + 1,
                                         sizeof(struct sg_connection *));
    /* A client sends what it was given; a server answers. */
    enum { MOST_OF_CLIENT = 2 << 20, MOST_OF_SERVER = 128 << 10 };
    const struct sg_exam_program *other = sg_exam_program(exam, program);
    const bool answers = other && other->spec->listens;
    struct sg_connection *connection = sg_alloc(sizeof *connection);
    *connection = (struct sg_connection){.fd = -1,
                                         .peer = peer,
                                         .program = program,
                                         .transcript = &exam->transcript,
                                         .said = &exam->said,
                                         .most_unasked = answers ? MOST_OF_SERVER : MOST_OF_CLIENT,
                                         .answers = answers};
    exam->connections[exam->connection_count++] = connection;
    return connection;
}

bool sg_exam_is_udp(const struct sg_exam *exam)
{
    return exam->assignment->transport == SG_TRANSPORT_UDP;
}

struct sg_datagram_end *sg_exam_open_socket(struct sg_exam *exam, const char *peer,
                                            const char *program, const union sg_address *local,
                                            struct sg_error *err)
{
    struct sg_datagram_end *socket = sg_alloc(sizeof *socket);
    *socket = (struct sg_datagram_end){
        .fd = -1, .peer = peer, .program = program, .transcript = &exam->transcript};
    exam->sockets =
        sg_realloc_array(exam->sockets, exam->socket_count + 1, sizeof(struct sg_datagram_end *));
    exam->sockets[exam->socket_count++] = socket;
    union sg_address at = sg_mapping_lead(&exam->mapping, local);
    return sg_datagram_open(socket, &at, (int)exam->socket_count, err) < 0 ? NULL : socket;
}

struct sg_datagram_end *sg_exam_await_clients(struct sg_exam *exam, const char *peer, uint16_t port,
                                              struct sg_error *err)
{
    union sg_address v4 = sg_address_wildcard(AF_INET, port);
    union sg_address v6 = sg_address_wildcard(AF_INET6, port);
    struct sg_datagram_end *socket =
        exam->mapping.on ? NULL : sg_exam_open_socket(exam, peer, "client", &v6, err);
    bool no_ipv6 = exam->mapping.on || err->os == EAFNOSUPPORT || err->os == EADDRNOTAVAIL;
    if (socket || !no_ipv6)
        return socket;
    *err = (struct sg_error){0};
    return sg_exam_open_socket(exam, peer, "client", &v4, err);
}
