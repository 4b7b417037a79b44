/* SPDX-License-Identifier: MIT
 * Runs a build plan: in a process of its own, whose namespaces have no network at all, on the copy
 * of the submission, which it may change. What each command printed and how it ended comes back
 * over a pipe. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/language.h"
#include "base/stop.h"
#include "base/tree.h"
#include "base/utf8.h"
#include "program/process.h"
#include "program/submission.h"
#include "program/usage.h"

enum { BUILD_SECONDS = 300, MOST_LOG_BYTES = 16384, LOOK_MS = 50, MEASURE_MS = 400 };

/* Where in `output` the first line that holds `word` begins, or NULL. */
static const char *find_line(const char *output, const char *word)
{
    const char *at = strstr(output, word);
    while (at && at > output && at[-1] != '\n')
        at--;
    return at;
}

static const char *last_line(const char *output)
{
    size_t length = strlen(output);
    while (length && output[length - 1] == '\n')
        length--;
    while (length && output[length - 1] != '\n')
        length--;
    return output + length;
}

void sg_build_step_describe(const struct sg_build_step *step, struct sg_bytes *out)
{
    enum { MOST_COMMAND = 100, MOST_SHOWN = 200 };
    static const char *const words[] = {"error:",    "error[",       "CMake Error",
                                        "not found", "No such file", "*** "};
    const char *output = step->output ? step->output : "", *line = NULL;
    if (step->source)
        sg_bytes_add_text(out, step->source);
    else
        sg_bytes_printf(out, "%.*s%s", MOST_COMMAND, step->command,
                        strlen(step->command) > MOST_COMMAND ? "…" : "");
    for (size_t i = 0; i < SG_COUNT(words) && !line; i++)
        line = find_line(output, words[i]);
    line = line ? line : last_line(output);
    size_t length = strcspn(line, "\n");
    if (!length)
        return;
    sg_bytes_add_text(out, ": ");
    sg_show(out, (const uint8_t *)line, length < MOST_SHOWN ? length : MOST_SHOWN);
    if (line[length - 1] != ':')
        return;
    line += length; /* what it says is in the next one */
    line += strspn(line, "\n ");
    length = strcspn(line, "\n");
    sg_bytes_add_byte(out, ' ');
    sg_show(out, (const uint8_t *)line, length < MOST_SHOWN ? length : MOST_SHOWN);
}

/* What the builder sends for each step, followed by `length` bytes of output. */
struct answer {
    bool machine_failed;
    bool failed;
    enum sg_excess excess;
    size_t length;
};

/* Looks after what a command uses. The folder that it writes to is on the machine's own disk: it is
 * measured where so much of that was used meanwhile that it could have been the command. */
struct watching {
    const char *tree;
    struct statvfs before;
    uint64_t measured_ns;
    struct sg_tree processes;
};

static bool tree_is_suspicious(struct watching *watching)
{
    struct statvfs now;
    const struct statvfs *before = &watching->before;
    const struct sg_limits *limits = &sg_limits_build;
    if (statvfs(watching->tree, &now) < 0)
        return false;
    uint64_t used = before->f_bfree > now.f_bfree ? before->f_bfree - now.f_bfree : 0;
    uint64_t files = before->f_ffree > now.f_ffree ? before->f_ffree - now.f_ffree : 0;
    return used * now.f_frsize > limits->tree_bytes / 2 || files > limits->tree_files / 2 ||
           now.f_files == 0; /* the file system does not count them */
}

static enum sg_excess measure(const char *tree)
{
    const struct sg_tree_size most = {.files = sg_limits_build.tree_files,
                                      .bytes = sg_limits_build.tree_bytes};
    struct sg_tree_size size = sg_measure_tree(tree, &most);
    return size.files > most.files || size.bytes > most.bytes ? SG_EXCESS_FILES : SG_EXCESS_NONE;
}

static enum sg_excess measure_now_and_then(struct watching *watching)
{
    uint64_t now = sg_now_ns();
    if (now - watching->measured_ns < MEASURE_MS * SG_NS_PER_MS || !tree_is_suspicious(watching))
        return SG_EXCESS_NONE;
    enum sg_excess excess = measure(watching->tree);
    watching->measured_ns = sg_now_ns();
    return excess;
}

static enum sg_excess watch(struct watching *watching, const struct sg_process *process)
{
    sg_tree_look(&watching->processes, process->init, false);
    enum sg_excess excess = sg_usage_look(process, &sg_limits_build, &watching->processes);
    return excess ? excess : measure_now_and_then(watching);
}

static void wait_for(struct sg_process *process, uint64_t deadline_ns)
{
    struct pollfd poll_fds[3];
    int fds[3];
    size_t count = sg_process_watch(process, fds);
    for (size_t i = 0; i < count; i++)
        poll_fds[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
    uint64_t now = sg_now_ns();
    uint64_t left_ms = now < deadline_ns ? (deadline_ns - now) / SG_NS_PER_MS + 1 : 0;
    (void)poll(poll_fds, (nfds_t)count, (int)(left_ms < LOOK_MS ? left_ms : LOOK_MS));
}

/* Waits until it ends, is beyond a limit or has had its time. */
static enum sg_excess wait_for_end(struct sg_process *process, const char *tree)
{
    uint64_t deadline = sg_now_ns() + BUILD_SECONDS * SG_NS_PER_S;
    struct watching watching = {.tree = tree};
    enum sg_excess excess = SG_EXCESS_NONE;
    (void)statvfs(tree, &watching.before);
    while (process->life == SG_LIFE_RUNNING && sg_now_ns() < deadline && !excess) {
        wait_for(process, deadline);
        (void)sg_process_read(process);
        excess = watch(&watching, process);
    }
    sg_tree_done(&watching.processes);
    return excess;
}

static void log_output(const struct sg_process *process, enum sg_excess excess, bool ended,
                       struct sg_bytes *log)
{
    if (excess) {
        sg_autofree char *limit = sg_usage_limit(&sg_limits_build, excess);
        sg_bytes_printf(log, "error: it went beyond its limit of %s%s\n", limit,
                        ended ? "" : " and was ended");
    }
    sg_bytes_add(log, process->out.bytes.data, process->out.bytes.length);
    sg_bytes_add(log, process->err.bytes.data, process->err.bytes.length);
    if (!ended && !excess)
        sg_bytes_printf(log, _("the build was ended after %d s\n"), BUILD_SECONDS);
}

static int run_command(const struct sg_jail *jail, const struct sg_submission *submission,
                       const char *command, struct sg_bytes *log, struct answer *answer,
                       struct sg_error *err)
{
    sg_autofree char *temporary = sg_jail_temporary(jail);
    sg_autofree char *go = sg_printf("GOCACHE=%s/go-cache", temporary);
    sg_autofree char *cargo = sg_printf("CARGO_HOME=%s/cargo", temporary);
    const char *const environment[] = {go, cargo, "GOFLAGS=-buildvcs=false", "GOTOOLCHAIN=local",
                                       NULL};
    const char *const argv[] = {"/bin/sh", "-c", command, NULL};
    const struct sg_start start = {
        .jail = jail,
        .limits = &sg_limits_build,
        .work = submission->tree,
        .offline = jail->rungs->network != SG_NETWORK_PRIVATE,
        .no_splice = true, /* compilers do without */
        .argv = argv,
        .more_environment = environment,
    };
    struct sg_process process;
    int exec_errno = 0;
    if (sg_process_start(&process, &start, &exec_errno, err) < 0)
        return -1;
    if (exec_errno)
        return sg_fail_machine(err, "cannot run /bin/sh: %s", sg_errno_text(exec_errno));
    sg_process_close_input(&process);
    enum sg_excess excess = wait_for_end(&process, submission->tree);
    bool ended = process.life != SG_LIFE_RUNNING;
    int status = process.status;
    sg_process_end(&process);
    if (!excess)
        excess = measure(submission->tree);
    log_output(&process, excess, ended, log);
    sg_process_done(&process);
    answer->excess = excess;
    answer->failed = excess || !ended || !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    return 0;
}

static void send_answer(int fd, const struct answer *answer, struct sg_slice text)
{
    struct sg_error ignored;
    (void)(sg_write_all(fd, (struct sg_slice){(const uint8_t *)answer, sizeof *answer}, &ignored) ==
               0 &&
           sg_write_all(fd, text, &ignored) == 0);
}

/* The builder process. */
static _Noreturn void build(const struct sg_submission *submission, const struct sg_rungs *rungs,
                            const struct sg_build_plan *plan, int fd)
{
    struct sg_error err = {0};
    struct sg_jail jail = {0};
    pid_t parent = getppid();
    int failed = sg_jail_enter(rungs, rungs->network == SG_NETWORK_PRIVATE, &err);
    sg_child_tie(parent);
    if (!failed)
        failed = sg_jail_open(&jail, rungs, submission->folder, &submission->hidden, NULL, &err);
    for (size_t i = 0; i < plan->count; i++) {
        struct sg_bytes log = {0};
        struct answer answer = {0};
        const struct sg_build_step *step = &plan->steps[i];
        if (!failed)
            failed = run_command(&jail, submission, step->command, &log, &answer, &err);
        if (!failed && answer.failed && !answer.excess && step->fallback) {
            struct sg_bytes again = {0};
            failed = run_command(&jail, submission, step->fallback, &again, &answer, &err);
            sg_bytes_done(answer.failed ? &again : &log);
            if (!answer.failed)
                log = again;
        }
        answer.machine_failed = failed != 0;
        if (failed) {
            sg_bytes_clear(&log);
            sg_bytes_add_text(&log, err.text);
        }
        struct sg_slice text = sg_slice_first(sg_bytes_slice(&log), MOST_LOG_BYTES);
        answer.length = text.length;
        send_answer(fd, &answer, text);
        sg_bytes_done(&log);
    }
    sg_jail_close(&jail);
    _exit(0);
}

/* False at the end of the answers, or where this process was asked to stop. */
static bool read_all(int fd, void *to, size_t length)
{
    uint8_t *at = to;
    sg_autoclose int stop = sg_stop_open();
    while (length) {
        struct pollfd fds[] = {{.fd = fd, .events = POLLIN}, {.fd = stop, .events = POLLIN}};
        if (poll(fds, 2, -1) < 0)
            continue;
        if (sg_stop_asked())
            return false;
        ssize_t count = read(fd, at, length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        at += count;
        length -= (size_t)count;
    }
    return true;
}

static int read_answers(int fd, struct sg_build_plan *plan, struct sg_error *err)
{
    for (size_t i = 0; i < plan->count; i++) {
        struct answer answer;
        if (!read_all(fd, &answer, sizeof answer) || answer.length > MOST_LOG_BYTES)
            return sg_fail_machine(err, "the builder ended without an answer");
        char *text = sg_alloc(answer.length + 1);
        plan->steps[i].output = text;
        plan->steps[i].failed = answer.failed;
        plan->steps[i].excess = answer.excess;
        if (!read_all(fd, text, answer.length))
            return sg_fail_machine(err, "the builder ended within an answer");
        if (answer.machine_failed)
            return sg_fail_machine(err, "cannot build: %s", text);
    }
    return 0;
}

int sg_build_plan_run(const struct sg_submission *submission, const struct sg_rungs *rungs,
                      struct sg_build_plan *plan, struct sg_error *err)
{
    if (plan->count == 0)
        return 0;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return sg_fail_os(err, "make a pipe");
    pid_t parent = getpid(), pid = fork();
    if (pid == 0)
        build(submission, rungs, plan, sg_child_begin(parent, ends[1]));
    (void)close(ends[1]);
    int failed = pid < 0 ? sg_fail_os(err, "fork") : read_answers(ends[0], plan, err);
    (void)close(ends[0]);
    if (failed && pid > 0)
        (void)kill(pid, SIGKILL);
    int status;
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return failed;
}
