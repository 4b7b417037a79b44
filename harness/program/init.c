/* SPDX-License-Identifier: MIT
 * The first process of a program: moves into the view, starts the program, reaps whatever ends, and
 * tells the examiner how the program itself ended.
 *
 * The program installs its filter itself, and its notifications must reach the examiner. So the
 * program's process begins with init's descriptor table (CLONE_FILES) and runs before init does
 * (CLONE_VFORK): the listener that it opens is a descriptor of init's too, and init hands it on. By
 * the time init runs again the program has its own table and was executed. Until then it runs in
 * init's memory (CLONE_VM), on a stack of its own: to copy it would cost more than all else that is
 * done here.
 *
 * Where there is no listener the examiner traces the program (fault/tracer.h). Its process asks for
 * that before it has a filter, and waits until it is done. The descriptor table is then its own
 * from the start: what is left is vfork(), which Valgrind can follow. */
#include "program/init.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "fault/filter.h"
#include "program/view.h"

enum { STACK_BYTES = 256 << 10 };

/* What the program's process leaves for init before it is executed. */
struct report {
    const char *failed_step;
    int os;
    bool exec_failed;
    int filter;
};

static const char *const environment[] = {
    "USER=student", "LOGNAME=student", "SHELL=/bin/sh", "LANG=C.UTF-8", "PYTHONFAULTHANDLER=1",
};

/* Addresses are not random (jail.c): the stack ends where memory does. Without room above it, a
 * recv() of more bytes than its buffer has would fail with EFAULT, and nowhere but here. The
 * strings of the environment lie there. */
static char *make_room_above_stack(void)
{
    enum {
        ROOM_BYTES = 100000
    }; /* beyond the buffers that people have; below the most that a string may be */
    struct sg_bytes text = {0};
    sg_bytes_printf(&text, "STACK_ROOM=");
    memset(sg_bytes_reserve(&text, ROOM_BYTES), '.', ROOM_BYTES);
    text.length += ROOM_BYTES;
    return sg_bytes_take_text(&text);
}

static char **make_environment(const struct sg_start *start)
{
    size_t own = sizeof environment / sizeof environment[0], more = 0;
    while (start->more_environment && start->more_environment[more])
        more++;
    char **all = sg_alloc((own + more + 7) * sizeof *all), **at = all;
    sg_autofree char *home = sg_jail_home(start->jail);
    sg_autofree char *temporary = sg_jail_temporary(start->jail);
    *at++ = sg_printf("HOME=%s", home);
    *at++ = sg_printf("TMPDIR=%s", temporary);
    *at++ = make_room_above_stack();
    const struct sg_toolchains *toolchains = &start->jail->toolchains;
    *at++ = sg_printf("PATH=%s", toolchains->path);
    if (toolchains->rustup)
        *at++ = sg_printf("RUSTUP_HOME=%s", toolchains->rustup);
    /* LeakSanitizer wants to trace the program itself. */
    if (start->tracer || start->jail->rungs->jail == SG_JAIL_NONE)
        *at++ = sg_strdup("LSAN_OPTIONS=detect_leaks=0");
    for (size_t i = 0; i < own; i++)
        *at++ = sg_strdup(environment[i]);
    for (size_t i = 0; i < more; i++)
        *at++ = sg_strdup(start->more_environment[i]);
    return all;
}

static void tell(int control, const struct sg_init_record *record, int fd)
{
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } ancillary = {0};
    struct iovec part = {.iov_base = (void *)(uintptr_t)record, .iov_len = sizeof *record};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (fd >= 0) {
        message.msg_control = &ancillary;
        message.msg_controllen = sizeof ancillary;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(header), &fd, sizeof fd);
    }
    while (sendmsg(control, &message, MSG_NOSIGNAL) < 0 && errno == EINTR) {
    }
}

static _Noreturn void give_up(struct report *report, const char *step)
{
    report->failed_step = step;
    report->os = errno;
    _exit(127);
}

static void reset_signals(void)
{
    sigset_t none;
    (void)sigemptyset(&none);
    for (int number = 1; number < NSIG; number++)
        (void)signal(number, SIG_DFL);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static void install_filter(const struct sg_init *init, const struct sg_start *start,
                           struct report *report)
{
    char answer;
    const struct sg_filter_options options = {
        .traps = start->traps,
        .offline = start->offline,
        .no_splice = start->no_splice,
        .raw = start->raw_sockets,
        .unjailed = start->jail->rungs->jail == SG_JAIL_NONE,
    };
    int failed = 0;
    if (!start->traps)
        failed = sg_filter_install_alone(&options);
    else if (!start->tracer)
        failed = report->filter = sg_filter_install(&options);
    /* Where the kernel has no filters nothing was promised of them. */
    bool none = !start->traps && !start->offline && (errno == ENOSYS || errno == EINVAL);
    if (failed < 0 && !none)
        give_up(report, "install the seccomp filter");
    if (!start->traps || !start->tracer)
        return;
    const struct sg_init_record asks = {.kind = SG_INIT_ASKS};
    tell(init->control, &asks, -1);
    if (recv(init->control, &answer, sizeof answer, 0) != sizeof answer)
        give_up(report, "be traced");
    if (sg_filter_install_traced(&options) < 0)
        give_up(report, "install the seccomp filter");
}

/* What the program's process is given. */
struct birth {
    const struct sg_init *init;
    const struct sg_start *start;
    char **environment;
    struct report report;
};

/* The program's own process, up to its execve(). */
static int become_program(void *state)
{
    struct birth *birth = state;
    const struct sg_init *init = birth->init;
    const struct sg_start *start = birth->start;
    struct report *report = &birth->report;
    const char *work = start->jail->rungs->jail == SG_JAIL_FULL ? SG_JAIL_WORK : start->work;
    if (chdir(work) < 0 || (start->directory && chdir(start->directory) < 0))
        give_up(report, "enter the working directory");
    const char *step = sg_jail_surrender(start->jail, start->limits, start->work, start->read_only);
    if (!step && start->raw_sockets)
        step = sg_jail_keep_raw();
    if (step)
        give_up(report, step);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* becoming another user has undone it */
    reset_signals();
    install_filter(init, start, report);
    /* From here on the descriptor table is our own. */
    if (close_range(~0U, ~0U, CLOSE_RANGE_UNSHARE) < 0)
        give_up(report, "close_range");
    for (int stream = 0; stream < 3; stream++) {
        if (dup2(init->streams[stream], stream) < 0)
            give_up(report, "dup2");
    }
    if (close_range(3, ~0U, 0) < 0)
        give_up(report, "close_range");
    environ = birth->environment; /* execvp() looks the name up in the PATH of this one */
    (void)execvp(start->argv[0], (char *const *)(uintptr_t)start->argv);
    report->exec_failed = true;
    give_up(report, "execute the program");
}

static _Noreturn void fail(int control, const char *text)
{
    struct sg_init_record record = {.kind = SG_INIT_FAILED};
    (void)snprintf(record.text, sizeof record.text, "%s", text);
    tell(control, &record, -1);
    _exit(1);
}

/* Where the stack of the program's process begins: at its upper end. */
static void *make_stack(int control)
{
    uint8_t *stack = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
    if (stack == MAP_FAILED)
        fail(control, "no memory for the program's process");
    return stack + STACK_BYTES;
}

/* Reaps until nothing is left, telling how the program itself ended. */
static _Noreturn void reap(int control, pid_t program)
{
    for (;;) {
        int status;
        pid_t pid = wait(&status);
        if (pid < 0 && errno == EINTR)
            continue;
        if (pid < 0)
            _exit(0);
        if (pid != program)
            continue;
        struct sg_init_record record = {.kind = SG_INIT_ENDED, .value = status};
        tell(control, &record, -1);
    }
}

/* Closes the descriptors from `first` to the one before `end`. */
static void close_all(int first, int end)
{
    if (first < end)
        (void)close_range((unsigned)first, (unsigned)end - 1, 0);
}

/* Closes all but the standard streams and these two; `filter` may be -1. What the examiner ends
 * must end: a copy of the other end of a pipe, or of a connection, that init still held would keep
 * it open. */
static void keep_only(int control, int filter)
{
    int low = filter < 0 || control < filter ? control : filter;
    int high = control < filter ? filter : control;
    close_all(STDERR_FILENO + 1, low);
    close_all(low + 1, high);
    close_all(high + 1, INT_MAX);
}

/* Its pid is no use to see whether it has ended before it could be asked for: there is none in
 * here. */
static void end_with_examiner(const struct sg_init *init)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)close(init->others);
    struct pollfd control = {.fd = init->control};
    if (poll(&control, 1, 0) > 0 && control.revents & POLLHUP)
        _exit(1);
}

/* Where memory runs out in spite of all limits, what the program has started goes first. init
 * itself is small, and goes with it. */
static void be_first_to_go(void)
{
    struct sg_error ignored;
    (void)sg_file_set("/proc/self/oom_score_adj", "1000", &ignored);
}

_Noreturn void sg_init_run(struct sg_init *init, const struct sg_start *start)
{
    end_with_examiner(init);
    be_first_to_go();
    struct sg_error err = {0};
    struct birth birth = {.init = init,
                          .start = start,
                          .environment = make_environment(start),
                          .report = {.filter = -1}};
    const struct report *report = &birth.report;
    bool has_view = start->jail->rungs->jail == SG_JAIL_FULL;
    if (has_view && sg_view_enter(start->jail, start->work, start->read_only, &err) < 0)
        fail(init->control, err.text);
    if (!has_view && prctl(PR_SET_CHILD_SUBREAPER, 1) < 0)
        fail(init->control, "the jail's first process cannot adopt what a program leaves behind");

    int files = start->jail->rungs->faults == SG_FAULTS_SECCOMP ? CLONE_FILES : 0;
    pid_t program = clone(become_program, make_stack(init->control),
                          CLONE_VM | CLONE_VFORK | files | SIGCHLD, &birth);
    if (program < 0)
        fail(init->control, "fork failed in the jail");
    struct sg_init_record record = {.kind = SG_INIT_STARTED};
    if (report->exec_failed) {
        record.kind = SG_INIT_NO_EXEC;
        record.value = report->os;
    } else if (report->failed_step) {
        (void)snprintf(record.text, sizeof record.text, "jail: %s: %s", report->failed_step,
                       sg_errno_text(report->os));
        record.kind = SG_INIT_FAILED;
    }
    keep_only(init->control, report->filter); /* before the examiner goes on */
    tell(init->control, &record, report->filter);
    if (report->filter >= 0)
        (void)close(report->filter);
    reap(init->control, program);
}
