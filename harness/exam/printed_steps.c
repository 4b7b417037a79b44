/* SPDX-License-Identifier: MIT
 * Steps that look for facts in what a program printed: text on one stream, bytes, numbers, open
 * ports, the results of a look-up. */
#include <arpa/inet.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "exam/play.h"
#include "exam/printed.h"
#include "exam/steps.h"
#include "exam/wait.h"

enum { PORTS = 65536, REFERENCE_SECONDS = 5 };

static struct sg_slice stream_of(const struct sg_exam_program *program, int stream)
{
    const struct sg_process *process = &program->process;
    return sg_bytes_slice(stream == SG_STREAM_STDERR ? &process->err.bytes : &process->out.bytes);
}

/* What a step that reads results reads: standard output, or where nothing is there the other
 * stream. */
static int main_stream(const struct sg_exam_program *program)
{
    return stream_of(program, SG_STREAM_STDOUT).length ? SG_STREAM_STDOUT : SG_STREAM_STDERR;
}

/* Fails for what stands on `stream`, or does not. `expected` tells it in words. */
static bool fail_printed(struct sg_exam *exam, struct sg_exam_program *program,
                         const struct sg_step *step, enum sg_outcome outcome, int stream,
                         struct sg_slice expected, const struct sg_printed_evidence *printed)
{
    (void)sg_exam_fail(exam, SG_FAILURE_PRINTED, step, outcome);
    sg_bytes_clear(&exam->expected);
    sg_bytes_add(&exam->expected, expected.data, expected.length);
    exam->evidence.expected = sg_bytes_slice(&exam->expected);
    exam->evidence.got = stream_of(program, stream);
    exam->evidence.printed = *printed;
    return false;
}

static bool has_ended(struct sg_exam *exam, void *state)
{
    (void)exam;
    return ((const struct sg_exam_program *)state)->process.life >= SG_LIFE_ENDED;
}

/* All that it prints is there when it has ended; what comes later, or never, is not waited for
 * longer than for an answer. */
static enum sg_outcome await_output(struct sg_exam *exam, struct sg_exam_program *program)
{
    return sg_exam_wait(exam, has_ended, program, exam->assignment->reply_ns);
}

/* How many lines are the text and nothing else. */
static size_t count_lines(struct sg_slice output, struct sg_slice text)
{
    size_t count = 0;
    while (output.length) {
        size_t end = sg_slice_find(output, sg_slice_text("\n"));
        struct sg_slice line = sg_slice_first(output, end < output.length ? end : output.length);
        output = sg_slice_skip(output, line.length + 1);
        count += sg_slice_equal(line, text);
    }
    return count;
}

bool sg_exam_expect_stream(struct sg_exam *exam, struct sg_exam_program *program,
                           const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    sg_autobytes struct sg_bytes text = {0};
    sg_data_make(&exam->data, &step->data, &text);
    enum sg_outcome outcome = await_output(exam, program);
    int other = step->stream == SG_STREAM_STDOUT ? SG_STREAM_STDERR : SG_STREAM_STDOUT;
    struct sg_slice here = stream_of(program, step->stream), there = stream_of(program, other);
    size_t at = sg_slice_find(here, sg_bytes_slice(&text));
    bool on_other = sg_printed_holds(there, sg_bytes_slice(&text));
    bool on_this = sg_printed_holds(here, sg_bytes_slice(&text));
    size_t lines = count_lines(here, sg_bytes_slice(&text));
    bool zero = sg_slice_find(here, (struct sg_slice){(const uint8_t *)"", 1}) != SIZE_MAX;
    if (on_this && !on_other && lines < 2 && !zero) {
        program->shown[step->stream] = at == SIZE_MAX ? 0 : at + text.length;
        return true;
    }
    const struct sg_printed_evidence printed = {
        .fault = on_this && on_other ? SG_PRINTED_BOTH_STREAMS
                 : on_this && zero   ? SG_PRINTED_ZERO
                 : on_this           ? SG_PRINTED_AGAIN
                 : on_other          ? SG_PRINTED_OTHER_STREAM
                                     : SG_PRINTED_LACKS,
        .lines = lines,
        .stream = (enum sg_stream)step->stream,
    };
    return fail_printed(exam, program, step, outcome, step->stream, sg_bytes_slice(&text),
                        &printed);
}

/* The pieces of `data`, one behind the other or (`backwards`) the other way round. */
static bool shows_pieces(struct sg_exam *exam, struct sg_slice output, const struct sg_data *data,
                         bool backwards)
{
    size_t count = data->form == SG_DATA_PIECES ? data->pieces.count : 1, from = 0;
    for (size_t i = 0; i < count; i++) {
        const struct sg_data *piece = data->form == SG_DATA_PIECES
                                          ? &data->pieces.items[backwards ? count - 1 - i : i]
                                          : data;
        sg_autobytes struct sg_bytes bytes = {0};
        sg_data_make(&exam->data, piece, &bytes);
        if (!sg_printed_shows(output, sg_bytes_slice(&bytes), &from))
            return false;
    }
    return true;
}

struct showing {
    struct sg_exam_program *program;
    const struct sg_data *data;
};

static bool are_shown(struct sg_exam *exam, void *state)
{
    const struct showing *showing = state;
    return shows_pieces(exam, stream_of(showing->program, SG_STREAM_STDOUT), showing->data,
                        false) ||
           shows_pieces(exam, stream_of(showing->program, SG_STREAM_STDERR), showing->data, false);
}

/* "0x2b 0x67, then 0x67 0x2b", for the report. */
static void tell_pieces(struct sg_exam *exam, const struct sg_data *data, struct sg_bytes *out)
{
    size_t count = data->form == SG_DATA_PIECES ? data->pieces.count : 1;
    for (size_t i = 0; i < count; i++) {
        sg_autobytes struct sg_bytes bytes = {0};
        sg_data_make(&exam->data, data->form == SG_DATA_PIECES ? &data->pieces.items[i] : data,
                     &bytes);
        for (size_t b = 0; b < bytes.length; b++)
            sg_bytes_printf(out, "%s0x%02x", b ? " " : i ? ", then " : "", bytes.data[b]);
    }
}

/* One of the pieces twice: it did not know the orders apart. */
static bool shows_twice(struct sg_exam *exam, struct sg_slice output, const struct sg_data *piece)
{
    const struct sg_data both = {
        .form = SG_DATA_PIECES,
        .pieces = {.items = (struct sg_data[]){*piece, *piece}, .count = 2},
    };
    return shows_pieces(exam, output, &both, false);
}

static struct sg_printed_evidence judge_bytes(struct sg_exam *exam, struct sg_slice output,
                                              const struct sg_data *data)
{
    struct sg_printed_evidence printed = {.fault = SG_PRINTED_LACKS,
                                          .number = sg_printed_both_orders(output)};
    bool pair = data->form == SG_DATA_PIECES && data->pieces.count == 2;
    if (pair && shows_pieces(exam, output, data, true)) {
        printed.fault = SG_PRINTED_SWAPPED;
    } else if (pair && (shows_twice(exam, output, &data->pieces.items[0]) ||
                        shows_twice(exam, output, &data->pieces.items[1]))) {
        printed.fault = SG_PRINTED_ONE_ORDER;
        printed.little_endian = shows_twice(exam, output, &data->pieces.items[1]);
    } else if (pair && printed.number >= 0) {
        printed.fault = SG_PRINTED_OTHER_NUMBER;
    }
    return printed;
}

bool sg_exam_expect_bytes(struct sg_exam *exam, struct sg_exam_program *program,
                          const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    struct showing showing = {program, &step->data};
    enum sg_outcome outcome = sg_exam_wait(exam, are_shown, &showing, exam->assignment->reply_ns);
    if (outcome == SG_OUTCOME_MET)
        return true;
    int stream = main_stream(program);
    struct sg_printed_evidence printed = judge_bytes(exam, stream_of(program, stream), &step->data);
    sg_autobytes struct sg_bytes wanted = {0};
    tell_pieces(exam, &step->data, &wanted);
    return fail_printed(exam, program, step, outcome, stream, sg_bytes_slice(&wanted), &printed);
}

/* Whether the numbers in `text` are those of the step, and no others. */
static bool are_numbers(struct sg_slice text, const struct sg_step *step)
{
    size_t from = 0, at, count = 0;
    int64_t number;
    while (sg_printed_number(text, &from, &at, &number)) {
        if (count == step->numbers.count || number != step->numbers.items[count])
            return false;
        count++;
    }
    return count == step->numbers.count;
}

bool sg_exam_expect_numbers(struct sg_exam *exam, struct sg_exam_program *program,
                            const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    enum sg_outcome outcome = await_output(exam, program);
    int stream = step->stream ? step->stream : main_stream(program);
    int other = stream == SG_STREAM_STDOUT ? SG_STREAM_STDERR : SG_STREAM_STDOUT;
    struct sg_slice all = stream_of(program, stream);
    if (are_numbers(sg_slice_skip(all, program->shown[stream]), step))
        return true;
    bool elsewhere = step->stream && are_numbers(stream_of(program, other), step);
    const struct sg_printed_evidence printed = {
        .fault = elsewhere                ? SG_PRINTED_OTHER_STREAM
                 : are_numbers(all, step) ? SG_PRINTED_TOO_EARLY
                                          : SG_PRINTED_LACKS,
        .stream = (enum sg_stream)stream,
    };
    sg_autobytes struct sg_bytes wanted = {0};
    for (size_t i = 0; i < step->numbers.count; i++)
        sg_bytes_printf(&wanted, "%s%" PRId64, i ? " " : "", step->numbers.items[i]);
    return fail_printed(exam, program, step, outcome, stream, sg_bytes_slice(&wanted), &printed);
}

static void add_port(struct sg_port_list *list, uint16_t port)
{
    if (list->count < SG_MOST_PORTS_TOLD)
        list->first[list->count] = port;
    list->count++;
    list->last = port;
}

/* What may be said of each port. */
struct port_map {
    bool listening[PORTS]; /* somebody listens, here or elsewhere */
    bool wanted[PORTS];
    bool free[PORTS]; /* it may be named or not */
    bool hangs_up[PORTS];
    bool named[PORTS];
};

static void map_ports(const struct sg_exam *exam, const struct sg_step *step, struct port_map *map)
{
    for (size_t i = 0; i < exam->peer_count; i++) {
        const struct sg_exam_peer *peer = &exam->peers[i];
        if (!peer->port || peer->listener.fd < 0)
            continue;
        map->listening[peer->port] = true;
        map->free[peer->port] = peer->spec->silent;
        map->hangs_up[peer->port] = peer->spec->hangs_up;
        for (size_t p = 0; p < step->ports.count; p++)
            map->wanted[peer->port] =
                map->wanted[peer->port] || strcmp(peer->spec->name, step->ports.items[p]) == 0;
    }
}

static void compare_ports(const struct port_map *map, const struct sg_step *step,
                          struct sg_printed_evidence *printed)
{
    printed->among = step->among;
    for (uint32_t port = 1; port < PORTS; port++) {
        bool asked = port >= step->among.least && port <= step->among.most;
        if (map->wanted[port])
            add_port(&printed->open, (uint16_t)port);
        if (map->free[port] || map->wanted[port] == map->named[port])
            continue;
        struct sg_port_list *list = map->wanted[port] ? &printed->missing
                                    : asked           ? &printed->closed
                                                      : &printed->outside;
        add_port(list, (uint16_t)port);
        if (map->wanted[port] && map->hangs_up[port])
            add_port(&printed->hung_up, (uint16_t)port);
    }
}

bool sg_exam_expect_ports(struct sg_exam *exam, struct sg_exam_program *program,
                          const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    enum sg_outcome outcome = await_output(exam, program);
    struct port_map *map = sg_alloc(sizeof *map);
    memset(map, 0, sizeof *map);
    map_ports(exam, step, map);
    /* Where there is nothing to find, what stands on standard error is a log. */
    int stream = step->ports.count ? main_stream(program) : SG_STREAM_STDOUT;
    struct sg_printed_ports ports = {.named = map->named};
    sg_printed_ports(stream_of(program, stream), step->among, map->listening, &ports);
    struct sg_printed_evidence printed = {.fault = SG_PRINTED_PORTS, .crowded = ports.crowded};
    compare_ports(map, step, &printed);
    sg_autobytes struct sg_bytes wanted = {0};
    for (uint32_t port = 1; port < PORTS; port++) {
        if (map->wanted[port])
            sg_bytes_printf(&wanted, "port %u: OPEN\n", (unsigned)port);
    }
    free(map);
    if (!printed.missing.count && !printed.closed.count && !printed.outside.count) {
        printed.fault = SG_PRINTED_AGAIN;
        printed.lines = ports.lines;
        return !step->once || !ports.lines ||
               fail_printed(exam, program, step, outcome, stream, ports.again, &printed);
    }
    return fail_printed(exam, program, step, outcome, stream, sg_bytes_slice(&wanted), &printed);
}

static void await(struct sg_process *process)
{
    enum { LOOK_MS = 10 };
    int fds[3];
    struct pollfd polled[3];
    size_t count = sg_process_watch(process, fds);
    for (size_t i = 0; i < count; i++)
        polled[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
    (void)poll(polled, (nfds_t)count, LOOK_MS);
    (void)sg_process_read(process);
}

/* Runs the reference program in the place of `program`, with the same arguments, to its end. */
static int ask_reference(struct sg_exam *exam, const struct sg_exam_program *program,
                         struct sg_bytes *out, struct sg_error *err)
{
    if (!exam->request->references)
        return sg_fail_machine(err, "there are no reference programs for '%s'",
                               exam->assignment->id);
    struct sg_words_list words = {0};
    sg_autofree char *path = sg_printf("./%s", program->spec->name);
    sg_words_add(&words, path);
    for (size_t i = 0; i < program->spec->arguments.count; i++) {
        sg_autofree char *word = sg_word_fill(program->spec->arguments.items[i],
                                              program->values.items, program->values.count);
        sg_words_add(&words, word);
    }
    const struct sg_start start = {.jail = &exam->jail,
                                   .limits = &sg_limits_run,
                                   .work = exam->request->references,
                                   .read_only = true,
                                   .argv = (const char *const *)words.items};
    struct sg_process process = {
        .control = -1, .filter = -1, .input = -1, .out = {.fd = -1}, .err = {.fd = -1}};
    int failed_exec = 0;
    int failed = sg_process_start(&process, &start, &failed_exec, err);
    uint64_t deadline = sg_now_ns() + REFERENCE_SECONDS * SG_NS_PER_S;
    while (!failed && !failed_exec && process.life == SG_LIFE_RUNNING && sg_now_ns() < deadline)
        await(&process);
    if (!failed && (failed_exec || process.life < SG_LIFE_ENDED || process.status != 0))
        failed = sg_fail_machine(err, "the reference %s did not answer", program->spec->name);
    sg_process_end(&process);
    if (!failed)
        sg_bytes_add(out, process.out.bytes.data, process.out.bytes.length);
    sg_process_done(&process);
    sg_words_done(&words);
    return failed;
}

bool sg_exam_expect_results(struct sg_exam *exam, struct sg_exam_program *program,
                            const struct sg_step *step, struct sg_error *err)
{
    sg_autobytes struct sg_bytes reference = {0};
    struct sg_printed_evidence printed;
    enum sg_outcome outcome = await_output(exam, program);
    if (ask_reference(exam, program, &reference, err) < 0)
        return false;
    int stream = main_stream(program);
    if (sg_printed_results(stream_of(program, stream), sg_bytes_slice(&reference), &printed))
        return true;
    return fail_printed(exam, program, step, outcome, stream, sg_bytes_slice(&reference), &printed);
}

bool sg_exam_expect_replies(struct sg_exam *exam, struct sg_exam_program *program,
                            const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    enum sg_outcome outcome = await_output(exam, program);
    int stream = main_stream(program);
    struct sg_printed_evidence printed = {.fault = SG_PRINTED_REPLIES,
                                          .results = step->numbers.count};
    if (sg_printed_replies(stream_of(program, stream), printed.results, &printed.found))
        return true;
    sg_autobytes struct sg_bytes wanted = {0};
    for (size_t i = 0; i < step->numbers.count; i++)
        sg_bytes_printf(&wanted, "the reply to request %" PRId64 "\n", step->numbers.items[i]);
    return fail_printed(exam, program, step, outcome, stream, sg_bytes_slice(&wanted), &printed);
}

bool sg_exam_expect_segments(struct sg_exam *exam, struct sg_exam_program *program,
                             const struct sg_step *step, struct sg_error *err)
{
    (void)err;
    enum sg_outcome outcome = await_output(exam, program);
    int stream = main_stream(program);
    const struct sg_exam_hosts *hosts = &exam->hosts;
    struct sg_printed_evidence printed;
    if (sg_printed_segments(stream_of(program, stream), hosts->segments, hosts->segment_count,
                            (size_t)step->times, &printed))
        return true;
    sg_autobytes struct sg_bytes wanted = {0};
    size_t told = 0;
    for (size_t i = 0; i < hosts->segment_count && told < (size_t)step->times; i++) {
        const struct sg_segment_sent *sent = &hosts->segments[i];
        char from[INET_ADDRSTRLEN], to[INET_ADDRSTRLEN];
        if (!sent->is_tcp)
            continue;
        told++;
        sg_bytes_printf(&wanted, "%s:%u -> %s:%u length %zu\n",
                        inet_ntop(AF_INET, &sent->from, from, sizeof from),
                        (unsigned)sent->from_port, inet_ntop(AF_INET, &sent->to, to, sizeof to),
                        (unsigned)sent->to_port, sent->data_length);
    }
    return fail_printed(exam, program, step, outcome, stream, sg_bytes_slice(&wanted), &printed);
}
