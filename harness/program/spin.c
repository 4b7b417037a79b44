/* SPDX-License-Identifier: MIT
 * Watches a busy thread's calls and their results. */
#include "program/spin.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/ptrace.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/table.h"
#include "program/process_tree.h"

/* So many calls in vain prove a spin; fewer do, of a thread that is watched briefly. */
enum { MOST_STOPS = 400, ENOUGH = 40, FEW = 10, STOP_SECONDS = 10 };

/* One that uses more processor time for each of them does its work, and looks in between whether
 * there is more. */
static const uint64_t most_each_ns = 300 * SG_NS_PER_US;

/* It is watched until it has used so much of a processor; among many that want one that may take
 * long. */
static const uint64_t watched_cpu_ns = 50 * SG_NS_PER_MS, most_watched_ns = 5 * SG_NS_PER_S;

static const struct {
    long number;
    const char *name;
} reads[] = {
    {SYS_read, "read"},       {SYS_readv, "readv"},   {SYS_recvfrom, "recv"},
    {SYS_recvmsg, "recvmsg"}, {SYS_accept, "accept"}, {SYS_accept4, "accept"},
};

/* One that fails, over and over, sends nothing either. */
static const struct {
    long number;
    const char *name;
} sends[] = {
    {SYS_write, "write"},     {SYS_writev, "writev"},     {SYS_sendto, "send"},
    {SYS_sendmsg, "sendmsg"}, {SYS_sendfile, "sendfile"},
};

/* That one of these finds something is no gain yet, what is done about it may be nothing; and that it
 * finds nothing is no loss yet, between two turns of its work a runtime looks whether there is more.
 * But where no other call is made, nothing comes of it. */
static const struct {
    long number;
    const char *name;
} polls[] = {
#ifdef SYS_poll
    {SYS_poll, "poll"},
#endif
#ifdef SYS_select
    {SYS_select, "select"},
#endif
#ifdef SYS_epoll_wait
    {SYS_epoll_wait, "epoll_wait"},
#endif
    {SYS_ppoll, "poll"},
    {SYS_pselect6, "select"},
    {SYS_epoll_pwait, "epoll_wait"},
};

struct watching {
    pid_t tid;
    struct sg_tracer *tracer;
    sg_process_serve *serve;
    void *serve_state;
    bool briefly;
    int asked; /* readable when a call is to be answered; -1: none will be */
    int stops; /* readable when a SIGCHLD has come */
    uint64_t began_ns;
    uint64_t ran_ns; /* the processor time that it had used by then */
    uint64_t number; /* of the call that was entered */
    bool entered;
    size_t ends;     /* reads that returned 0 */
    size_t failures; /* reads that failed */
    size_t refusals; /* sends that failed */
    size_t gains;    /* reads that brought something */
    size_t polls;    /* that found something, or nothing */
    size_t others;   /* calls of any other kind */
    const char *call;
    struct sg_where where; /* of the last but few of these calls */
};

enum stop { STOP_NOW, STOP_LATE, STOP_NEVER };

/* Waits at most `ns` for a stop, of which SIGCHLD tells, or for a call that is to be answered.
 * Sleeping in slices instead would take the processor from the thread again and again, on a busy
 * machine nearly for good. */
static void wait_for_news(struct watching *watching, uint64_t ns)
{
    struct signalfd_siginfo told;
    struct pollfd fds[] = {{.fd = watching->stops, .events = POLLIN},
                           {.fd = watching->asked, .events = POLLIN}};
    const struct timespec left = {.tv_sec = (time_t)(ns / SG_NS_PER_S),
                                  .tv_nsec = (long)(ns % SG_NS_PER_S)};
    if (ppoll(fds, SG_COUNT(fds), &left, NULL) <= 0)
        return;
    if (fds[0].revents)
        (void)!read(watching->stops, &told, sizeof told);
    if (fds[1].revents & ~POLLIN)
        watching->asked = -1; /* nobody is left to make one */
}

/* Waits for the thread's next stop, within the time that is left, and answers its calls meanwhile.
 * Those of a traced one are stops themselves. */
static enum stop wait_for_stop(struct watching *watching, uint64_t deadline_ns, int *ret_status)
{
    for (;;) {
        pid_t pid = waitpid(watching->tid, ret_status, WNOHANG | __WALL);
        if (pid == watching->tid)
            return WIFSTOPPED(*ret_status) ? STOP_NOW : STOP_NEVER;
        if (pid < 0 && errno != EINTR)
            return STOP_NEVER;
        if (!watching->tracer)
            watching->serve(watching->serve_state);
        uint64_t now = sg_now_ns();
        if (now >= deadline_ns)
            return STOP_LATE;
        wait_for_news(watching, deadline_ns - now);
    }
}

/* Reads that brought nothing, sends that failed. */
static size_t count_failed(const struct watching *watching)
{
    return watching->ends + watching->failures + watching->refusals;
}

/* … and polls, where they are all that there is to be shown. */
static size_t count_shown(const struct watching *watching)
{
    size_t failed = count_failed(watching);
    return failed ? failed : watching->polls;
}

static void note_exit(struct watching *watching, int64_t result)
{
    for (size_t i = 0; i < SG_COUNT(reads); i++) {
        if ((uint64_t)reads[i].number != watching->number)
            continue;
        watching->call = reads[i].name;
        watching->ends += result == 0;
        watching->failures += result < 0;
        watching->gains += result > 0;
        return;
    }
    for (size_t i = 0; i < SG_COUNT(sends) && result < 0; i++) {
        if ((uint64_t)sends[i].number != watching->number)
            continue;
        watching->call = sends[i].name;
        watching->refusals++;
        return;
    }
    for (size_t i = 0; i < SG_COUNT(polls); i++) {
        if ((uint64_t)polls[i].number != watching->number)
            continue;
        watching->call = polls[i].name;
        watching->polls++;
        return;
    }
    watching->others++;
}

static void note_stop(struct watching *watching)
{
    struct __ptrace_syscall_info info = {0};
    void *size = (void *)(uintptr_t)sizeof info;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, watching->tid, size, &info) <= 0)
        return;
    if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
        watching->number = info.entry.nr;
        watching->entered = true;
    } else if (info.op == PTRACE_SYSCALL_INFO_EXIT && watching->entered) {
        size_t shown = count_shown(watching);
        note_exit(watching, info.exit.rval);
        if (shown < ENOUGH && count_shown(watching) == ENOUGH)
            (void)sg_where_stopped(watching->tid, &watching->where);
    }
}

/* Deals with a stop that is not at a call; false where the watch is over. */
static bool pass_stop(const struct watching *watching, int status)
{
    int event = status >> 16;
    /* A signal on its way to the program is passed on; our own interruption is not. */
    bool signal = event == 0;
    if (event && watching->tracer && (event != PTRACE_EVENT_STOP || WSTOPSIG(status) != SIGTRAP)) {
        sg_tracer_take(watching->tracer, watching->tid, status);
        return false;
    }
    uintptr_t pass = signal ? (uintptr_t)WSTOPSIG(status) : 0;
    return ptrace(PTRACE_SYSCALL, watching->tid, NULL, (void *)pass) == 0;
}

/* Waits for the next stop, until the watch is over. */
static bool wait_for_next(struct watching *watching, int *ret_status)
{
    const uint64_t slice_ns = 10 * SG_NS_PER_MS;
    struct sg_thread thread;
    for (;;) {
        enum stop stop = wait_for_stop(watching, sg_now_ns() + slice_ns, ret_status);
        if (stop != STOP_LATE)
            return stop == STOP_NOW;
        bool waits = !sg_thread_look(watching->tid, &thread) || thread.state == 'S';
        if (waits || thread.run_ns - watching->ran_ns >= watched_cpu_ns ||
            sg_now_ns() - watching->began_ns >= most_watched_ns)
            return false;
    }
}

/* Calls that brought nothing. */
static size_t count_in_vain(const struct watching *watching)
{
    return count_failed(watching) + (watching->others ? 0 : watching->polls);
}

static bool has_enough(const struct watching *watching)
{
    return !watching->gains && count_in_vain(watching) >= (watching->briefly ? FEW : ENOUGH);
}

static void watch(struct watching *watching)
{
    int status;
    for (size_t i = 0; i < MOST_STOPS && !(watching->briefly && has_enough(watching)); i++) {
        if (!wait_for_next(watching, &status))
            return;
        bool at_call = WSTOPSIG(status) == (SIGTRAP | 0x80);
        if (at_call)
            note_stop(watching);
        if (at_call ? ptrace(PTRACE_SYSCALL, watching->tid, NULL, NULL) < 0
                    : !pass_stop(watching, status))
            return;
    }
}

/* Only a stopped thread can be let go; one that is not, and is killed later, would keep its pid
 * namespace from ending. It stops when it runs next, which may take a while among others. */
static void let_go(struct watching *watching)
{
    int status;
    (void)ptrace(PTRACE_INTERRUPT, watching->tid, NULL, NULL);
    uint64_t deadline = sg_now_ns() + STOP_SECONDS * SG_NS_PER_S;
    bool stopped = wait_for_stop(watching, deadline, &status) == STOP_NOW;
    if (!watching->tracer)
        (void)ptrace(PTRACE_DETACH, watching->tid, NULL, NULL);
    else if (stopped)
        sg_tracer_take(watching->tracer, watching->tid, status);
}

struct sg_spin sg_spin_watch(pid_t tid, bool briefly, struct sg_tracer *tracer, int asked,
                             sg_process_serve *serve, void *state)
{
    struct sg_thread thread = {0};
    (void)sg_thread_look(tid, &thread);
    struct watching watching = {.tid = tid,
                                .tracer = tracer,
                                .serve = serve,
                                .serve_state = state,
                                .briefly = briefly,
                                .asked = tracer ? -1 : asked,
                                .began_ns = sg_now_ns(),
                                .ran_ns = thread.run_ns};
    struct sg_spin spin = {0};
    void *options = (void *)(uintptr_t)PTRACE_O_TRACESYSGOOD;
    sigset_t child, before;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    (void)sigprocmask(SIG_BLOCK, &child, &before);
    watching.stops = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    bool may = watching.stops >= 0 && (tracer ? sg_tracer_may_watch(tracer, tid)
                                              : ptrace(PTRACE_SEIZE, tid, NULL, options) == 0);
    if (may && ptrace(PTRACE_INTERRUPT, tid, NULL, NULL) == 0)
        watch(&watching);
    if (may)
        let_go(&watching);
    if (watching.stops >= 0)
        (void)close(watching.stops);
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    if (!may || !sg_thread_look(tid, &thread))
        return spin;
    spin.times = count_in_vain(&watching);
    spin.proven =
        has_enough(&watching) && thread.run_ns - watching.ran_ns <= spin.times * most_each_ns;
    spin.at_end = watching.ends > watching.failures + watching.refusals;
    spin.in_reads = spin.proven && !watching.refusals && watching.ends + watching.failures;
    spin.call = watching.call;
    spin.where = watching.where;
    return spin;
}
