/* SPDX-License-Identifier: MIT
 * Starting programs: with which arguments, environment and faults, and until they listen. */
#include "exam/start.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "exam/actors.h"
#include "exam/calls.h"
#include "exam/discover.h"
#include "exam/files.h"
#include "exam/hosts.h"
#include "exam/local.h"
#include "exam/place.h"
#include "exam/play.h"
#include "exam/segment.h"
#include "exam/wait.h"
#include "exam/way.h"
#include "fault/filter.h"

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

static bool has_step(const struct sg_steps *steps, enum sg_action action)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (steps->items[i].action == (int)action || has_step(&steps->items[i].play, action))
            return true;
    }
    return false;
}

/* A program whose arguments are looked at is given an address that no source is likely to hold. A
 * server's way to be started is found by its port alone. */
static union sg_address choose_host(const struct sg_exam *exam,
                                    const struct sg_exam_program *program)
{
    if (exam->hosts.used)
        return sg_exam_first_host(exam);
    union sg_address host = sg_address_loopback(exam->one->family, 0);
    bool finds_way = exam->request->observes && sg_program_has_port(program->spec);
    bool looked_at = has_step(&exam->one->play, SG_ACT_HONOURS_ARGUMENTS) ||
                     (finds_way && !program->spec->listens);
    if (exam->one->family == AF_INET && looked_at)
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

static ino_t inode_of(int fd)
{
    struct stat about;
    return fd >= 0 && fstat(fd, &about) == 0 ? about.st_ino : 0;
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
    /* Where it connects to is no matter of how it is started, and it may connect very often. One
     * with raw sockets sets itself time limits by alarm(), which only its calls tell. */
    if (!sg_program_has_port(program->spec) && !program->spec->raw_sockets && !faults)
        return 0;
    if (!rungs->duplicates)
        traps |= SG_TRAP_TIMEOUTS;
    if (exam->mapping.on || sg_exam_is_udp(exam))
        traps |= SG_TRAP_DATAGRAM;
    if (has_step(&exam->one->play, SG_ACT_HOLD_EXITS))
        traps |= SG_TRAP_EXIT;
    return rungs->faults == SG_FAULTS_NONE ? 0 : traps;
}

/* `java Name`, as a manifest may have it, finds the classes that were compiled by rule. */
static void add_class_path(const struct sg_exam_program *program, struct sg_words_list *ret)
{
    sg_autofree char *classes =
        sg_printf("%s/" SG_JAVA_CLASSES, program->exam->request->submission->tree);
    sg_autobytes struct sg_bytes path = {0};
    if (access(classes, F_OK) < 0)
        return;
    for (const char *at = program->found->directory; at && *at; at = strchr(at, '/')) {
        at += strspn(at, "/");
        sg_bytes_add_text(&path, *at ? "../" : "");
    }
    sg_autofree char *line = sg_printf("CLASSPATH=%s" SG_JAVA_CLASSES ":.", sg_bytes_text(&path));
    sg_words_add(ret, line);
}

/* What the manifest adds to the environment, with the same names replaced as in the command. */
static void make_environment(const struct sg_exam_program *program, struct sg_words_list *ret)
{
    if (program->cast == SG_CAST_REFERENCE && program->exam->data.first_number)
        sg_words_add(ret, "FIRST_NUMBER=1"); /* as the student's server wants it */
    if (program->cast != SG_CAST_STUDENT)
        return;
    const struct sg_words_list *lines = &program->found->environment;
    bool has_class_path = false;
    for (size_t i = 0; i < lines->count; i++)
        has_class_path = has_class_path || strncmp(lines->items[i], "CLASSPATH=", 10) == 0;
    if (!has_class_path)
        add_class_path(program, ret);
    for (size_t i = 0; i < lines->count; i++) {
        sg_autofree char *line =
            sg_word_fill(lines->items[i], program->values.items, program->values.count);
        sg_words_add(ret, line);
    }
}

/* From here on its calls are answered. */
static void supervise(struct sg_exam *exam, struct sg_exam_program *program)
{
    bool traced = exam->request->rungs->faults == SG_FAULTS_PTRACE;
    program->supervisor = (struct sg_supervisor){
        .fd = traced ? -1 : program->process.filter,
        .tracer = traced ? &exam->tracer : NULL,
        .diag = &exam->diag,
        .before = sg_exam_before_call,
        .after = sg_exam_after_call,
        .falls = exam->request->probe == SG_PROBE_TRACED ? sg_exam_locate_fall : NULL,
        .mapping = &exam->mapping,
        .datagrams = sg_exam_is_udp(exam),
        .destinations = sends_datagrams(program),
        .local = sg_exam_is_local(exam),
        .small_buffers = exam->mapping.on && sg_exam_has_small_buffers(exam),
        .restarts_calls = exam->request->probe == SG_PROBE_RESTARTS,
        .standard = {inode_of(program->process.input), inode_of(program->process.out.fd),
                     inode_of(program->process.err.fd)},
        .state = program};
    program->process.filter = -1;
    program->still.diag = &exam->diag;
    program->still.tracer = program->supervisor.tracer;
    program->still.endings = &program->supervisor.endings;
    plan_faults(exam, program, sg_exam_faults(exam, program->spec->name));
}

static void log_start(struct sg_exam *exam, const struct sg_exam_program *program,
                      const struct sg_words_list *words)
{
    struct sg_event_about about = {.from = "harness", .to = cast_name(program)};
    sg_autobytes struct sg_bytes shown = {0};
    sg_words_print(words, &shown);
    sg_transcript_add(&exam->transcript, SG_EVENT_START, &about, false, "%.200s",
                      sg_bytes_text(&shown));
}

/* One that cannot be executed has an exec_errno. That is the machine's fault where it is a
 * reference. */
static int start_process(struct sg_exam *exam, struct sg_exam_program *program,
                         const struct sg_start *start, struct sg_error *err)
{
    if (sg_exam_put_files(exam, program, err) < 0 ||
        sg_process_start(&program->process, start, &program->exec_errno, err) < 0)
        return -1;
    if (program->exec_errno && program->cast == SG_CAST_REFERENCE)
        return sg_fail_machine(err, "the reference %s cannot be started: %s", program->spec->name,
                               sg_errno_text(program->exec_errno));
    return 0;
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
    bool traced = exam->request->rungs->faults == SG_FAULTS_PTRACE;
    bool shared = program->work && exam->request->references &&
                  strcmp(program->work, exam->request->references) == 0;
    const struct sg_start start = {
        .jail = &exam->jail,
        .limits = &sg_limits_run,
        .work = program->work,
        .read_only = shared,
        .raw_sockets = program->spec->raw_sockets,
        .traps = choose_traps(exam, program, sg_exam_faults(exam, program->spec->name)),
        .tracer = traced ? &exam->tracer : NULL,
        .supervisor = &program->supervisor,
        .argv = (const char *const *)words.items,
        .more_environment = (const char *const *)environment.items,
        .directory = student ? program->found->directory : NULL,
    };
    int failed = start_process(exam, program, &start, err);
    if (!failed) {
        program->started = true;
        supervise(exam, program);
        log_start(exam, program, &words);
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

bool sg_exam_start_listeners(struct sg_exam *exam, struct sg_error *err)
{
    for (size_t i = 0; i < exam->program_count; i++) {
        struct sg_exam_program *program = &exam->programs[i];
        if (!program->spec->listens)
            continue;
        if (sg_exam_start(exam, program, NULL, err) < 0)
            return false;
        if (!sg_exam_await_listening(exam, program, NULL))
            return false;
    }
    return true;
}
