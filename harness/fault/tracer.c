/* SPDX-License-Identifier: MIT
 * Stops of traced threads: what each means, and how the thread goes on. ptrace(2) tells of all of
 * them; what is not obvious from there is said below. */
#include "fault/tracer.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes.h"
#include "fault/traced.h"

enum { CALL_STOP = SIGTRAP | 0x80, MOST_ROUNDS = 64 };

static const long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
                            PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC |
                            PTRACE_O_EXITKILL;

int sg_tracer_open(struct sg_tracer *tracer)
{
    sigset_t child;
    *tracer = (struct sg_tracer){.fd = -1};
    (void)sigemptyset(&child);
    (void)sigaddset(&child, SIGCHLD);
    /* A stop is told by SIGCHLD, which has to be blocked, and not ignored, to wait for us. */
    if (signal(SIGCHLD, SIG_DFL) == SIG_ERR || sigprocmask(SIG_BLOCK, &child, NULL) < 0)
        return -1;
    tracer->fd = signalfd(-1, &child, SFD_NONBLOCK | SFD_CLOEXEC);
    return tracer->fd < 0 ? -1 : 0;
}

void sg_tracer_close(struct sg_tracer *tracer)
{
    for (size_t i = 0; i < tracer->count; i++)
        free(tracer->threads[i]);
    free(tracer->threads);
    if (tracer->fd >= 0)
        (void)close(tracer->fd);
    *tracer = (struct sg_tracer){.fd = -1};
}

static struct sg_traced *find(const struct sg_tracer *tracer, pid_t tid)
{
    for (size_t i = 0; i < tracer->count; i++) {
        if (tracer->threads[i]->tid == tid)
            return tracer->threads[i];
    }
    return NULL;
}

static void add(struct sg_tracer *tracer, pid_t tid, struct sg_supervisor *supervisor)
{
    if (tracer->count == tracer->capacity) {
        tracer->capacity = tracer->capacity ? tracer->capacity * 2 : 8;
        tracer->threads =
            sg_realloc_array(tracer->threads, tracer->capacity, sizeof(struct sg_traced *));
    }
    struct sg_traced *thread = sg_alloc(sizeof *thread);
    *thread = (struct sg_traced){.tid = tid, .supervisor = supervisor};
    tracer->threads[tracer->count++] = thread;
}

static void drop(struct sg_tracer *tracer, pid_t tid)
{
    for (size_t i = 0; i < tracer->count; i++) {
        if (tracer->threads[i]->tid != tid)
            continue;
        free(tracer->threads[i]);
        tracer->threads[i] = tracer->threads[--tracer->count];
        return;
    }
}

static void resume(const struct sg_traced *thread, int signal)
{
    /* It fails where the thread was killed meanwhile; its end is still to come. */
    (void)ptrace(PTRACE_CONT, thread->tid, NULL, (void *)(uintptr_t)signal);
}

int sg_tracer_seize(struct sg_tracer *tracer, pid_t tid, struct sg_supervisor *supervisor)
{
    if (ptrace(PTRACE_SEIZE, tid, NULL, (void *)(uintptr_t)options) < 0)
        return -1;
    add(tracer, tid, supervisor);
    return 0;
}

bool sg_tracer_may_watch(const struct sg_tracer *tracer, pid_t tid)
{
    const struct sg_traced *thread = find(tracer, tid);
    return thread && !thread->followed && !thread->ours;
}

bool sg_tracer_is_stopped(const struct sg_tracer *tracer, pid_t tid)
{
    siginfo_t news = {0};
    const struct sg_traced *thread = tracer ? find(tracer, tid) : NULL;
    if (!thread || !thread->stopped)
        return false;
    /* What has been continued meanwhile has told so, and we have not heard it yet. */
    int looked = waitid(P_PID, (id_t)tid, &news, WEXITED | WSTOPPED | WNOHANG | WNOWAIT | __WALL);
    return looked == 0 && news.si_pid == 0;
}

static pid_t event_thread(const struct sg_traced *thread)
{
    unsigned long tid = 0;
    (void)ptrace(PTRACE_GETEVENTMSG, thread->tid, NULL, &tid);
    return (pid_t)tid;
}

/* Whether the kernel would throw the signal away, were nobody watching. */
static bool is_ignored(pid_t tid, int number)
{
    uint64_t bit = UINT64_C(1) << (number - 1);
    uint64_t handled = sg_notice_signals(tid, "SigCgt"), ignored = sg_notice_signals(tid, "SigIgn");
    bool harmless =
        number == SIGCHLD || number == SIGURG || number == SIGWINCH || number == SIGCONT;
    return ignored & bit || (harmless && !(handled & bit));
}

/* Whether it is one that a thread's own doing brings, and that ends its program. */
static bool is_fall(pid_t tid, int number)
{
    static const int signals[] = {SIGSEGV, SIGBUS,  SIGFPE, SIGILL,
                                  SIGABRT, SIGTRAP, SIGSYS, SIGPIPE};
    uint64_t bit = UINT64_C(1) << (number - 1);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        if (signals[i] == number)
            return !((sg_notice_signals(tid, "SigCgt") | sg_notice_signals(tid, "SigIgn")) & bit);
    }
    return false;
}

/* A signal on its way. Of a traced thread even a signal that it ignores interrupts calls, and some
 * of them (epoll_wait, a recv with a time limit) then fail with EINTR, which nobody would see
 * untraced: such a call is made again. */
static void pass_signal(const struct sg_traced *thread, int number)
{
    struct sg_registers now;
    const struct sg_supervisor *supervisor = thread->supervisor;
    if (supervisor->falls && is_fall(thread->tid, number))
        supervisor->falls(supervisor->state, thread->tid);
    if (sg_registers_read(thread->tid, &now) && sg_registers_call(&now) >= 0 &&
        sg_registers_result(&now) == -EINTR && is_ignored(thread->tid, number)) {
        if (sg_registers_repeat_interrupted(&now))
            (void)sg_registers_write(thread->tid, &now);
    }
    resume(thread, number);
}

static void forget_call(struct sg_traced *thread)
{
    thread->step = 0;
    thread->ours = thread->followed = thread->repeats = false;
    thread->made = NULL;
    thread->limit = 0;
    thread->patch_count = 0;
}

static void enter_call(struct sg_traced *thread)
{
    struct sg_registers entry;
    if (!sg_registers_read(thread->tid, &entry)) {
        resume(thread, 0);
        return;
    }
    /* Is it the call that is made again, because of a signal or after one of ours? A handler's own
     * calls may come in between. */
    if (!(thread->step || thread->repeats) || !sg_registers_same_call(&entry, &thread->entry))
        forget_call(thread);
    thread->entry = thread->wanted = entry;
    struct sg_notice notice = {.listener = -1, .thread = thread};
    notice.request.pid = (uint32_t)thread->tid;
    notice.request.data.nr = (int)sg_registers_call(&entry);
    for (int i = 0; i < 6; i++)
        notice.request.data.args[i] = sg_registers_argument(&entry, i);
    sg_supervisor_answer(thread->supervisor, &notice);
}

static void write_memory(pid_t tid, uint64_t address, const void *bytes, size_t length)
{
    /* Word by word, for so it can be written where the program itself could only read. */
    const uint8_t *at = bytes;
    while (length) {
        uint64_t word_at = address & ~UINT64_C(7), skip = address - word_at;
        size_t count = 8 - (size_t)skip < length ? 8 - (size_t)skip : length;
        errno = 0;
        long word = ptrace(PTRACE_PEEKDATA, tid, (void *)(uintptr_t)word_at, NULL);
        if (errno)
            return;
        memcpy((uint8_t *)&word + skip, at, count);
        (void)ptrace(PTRACE_POKEDATA, tid, (void *)(uintptr_t)word_at, (void *)(uintptr_t)word);
        address += count;
        at += count;
        length -= count;
    }
}

static void take_patches_back(struct sg_traced *thread)
{
    while (thread->patch_count) {
        const struct sg_patch *patch = &thread->patches[--thread->patch_count];
        write_memory(thread->tid, patch->address, patch->before, patch->length);
    }
}

/* The results by which the kernel says to itself that it will make the call again. */
static bool is_restart(int64_t result)
{
    return result <= -512 && result >= -516;
}

static void leave_call(struct sg_traced *thread)
{
    struct sg_registers now;
    take_patches_back(thread);
    if (!(thread->ours || thread->followed) || !sg_registers_read(thread->tid, &now)) {
        resume(thread, 0);
        return;
    }
    int64_t result = sg_registers_result(&now);
    if (thread->ours) {
        thread->ours = false;
        thread->step++;
        sg_registers_repeat(&now, &thread->entry);
        (void)sg_registers_write(thread->tid, &now);
        resume(thread, 0);
        return;
    }
    sg_registers_restore(&now, &thread->entry);
    (void)sg_registers_write(thread->tid, &now);
    thread->repeats = is_restart(result);
    sg_call_made *made = thread->made;
    thread->made = NULL;
    thread->followed = false;
    thread->step = 0;
    if (made && !thread->repeats) {
        struct sg_notice notice = {.listener = -1, .thread = thread};
        notice.request.pid = (uint32_t)thread->tid;
        notice.request.data.nr = (int)sg_registers_call(&thread->entry);
        for (int i = 0; i < 6; i++)
            notice.request.data.args[i] = sg_registers_argument(&thread->entry, i);
        made(thread->supervisor, &notice, result);
    }
    resume(thread, 0);
}

static void become_executed(struct sg_tracer *tracer, struct sg_traced *thread)
{
    /* A thread that was not the first executes: it takes the first one's number, the others are
     * gone. */
    pid_t former = event_thread(thread);
    forget_call(thread);
    if (former != thread->tid)
        drop(tracer, former);
    resume(thread, 0);
}

static void deal_with_event(struct sg_tracer *tracer, struct sg_traced *thread, int event, int sign)
{
    static const int stops[] = {SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU};
    pid_t other;
    switch (event) {
    case PTRACE_EVENT_SECCOMP:
        enter_call(thread);
        return;
    case PTRACE_EVENT_FORK:
    case PTRACE_EVENT_VFORK:
    case PTRACE_EVENT_CLONE:
        other = event_thread(thread);
        if (other > 0 && !find(tracer, other))
            add(tracer, other, thread->supervisor);
        resume(thread, 0);
        return;
    case PTRACE_EVENT_EXEC:
        become_executed(tracer, thread);
        return;
    case PTRACE_EVENT_STOP:
        thread->stopped = false;
        for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
            thread->stopped = thread->stopped || stops[i] == sign;
        /* Stopped like an untraced one: it stays so until SIGCONT, and tells us then. */
        if (thread->stopped && ptrace(PTRACE_LISTEN, thread->tid, NULL, NULL) == 0)
            return;
        resume(thread, 0);
        return;
    default:
        resume(thread, 0);
        return;
    }
}

void sg_tracer_take(struct sg_tracer *tracer, pid_t tid, int status)
{
    struct sg_traced *thread = find(tracer, tid);
    if (!thread)
        return;
    if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
        tracer->killed_by = WTERMSIG(status);
    if (!WIFSTOPPED(status))
        drop(tracer, tid);
    else if (WSTOPSIG(status) == CALL_STOP)
        leave_call(thread);
    else if (status >> 16)
        deal_with_event(tracer, thread, status >> 16, WSTOPSIG(status));
    else
        pass_signal(thread, WSTOPSIG(status));
}

void sg_tracer_await_exec(struct sg_tracer *tracer, pid_t tid)
{
    int status;
    while (find(tracer, tid)) {
        pid_t pid = waitpid(tid, &status, __WALL);
        if (pid < 0 && errno == EINTR)
            continue;
        if (pid < 0) {
            drop(tracer, tid);
            return;
        }
        sg_tracer_take(tracer, tid, status);
        if (WIFSTOPPED(status) && status >> 16 == PTRACE_EVENT_EXEC)
            return;
    }
}

/* Looks at each thread once; true where one had stopped. New ones are met in the next round. */
static bool look_round(struct sg_tracer *tracer)
{
    bool any = false;
    for (size_t i = 0; i < tracer->count; i++) {
        int status;
        pid_t tid = tracer->threads[i]->tid;
        pid_t pid = waitpid(tid, &status, WNOHANG | __WALL);
        if (pid == 0 || (pid < 0 && errno == EINTR))
            continue;
        any = true;
        if (pid < 0)
            drop(tracer, tid); /* it went when another thread was executed */
        else
            sg_tracer_take(tracer, tid, status);
    }
    return any;
}

bool sg_tracer_serve(struct sg_tracer *tracer)
{
    struct signalfd_siginfo info;
    bool served = false;
    if (tracer->fd < 0)
        return false;
    /* First the signal, then the looks: what stops after a look signals again. */
    while (read(tracer->fd, &info, sizeof info) > 0) {
    }
    for (int round = 0; round < MOST_ROUNDS && look_round(tracer); round++)
        served = true;
    return served;
}

void sg_tracer_bury(struct sg_tracer *tracer, pid_t tid)
{
    int status;
    pid_t pid = waitpid(tid, &status, WNOHANG | __WALL);
    if (pid < 0 || (pid > 0 && !WIFSTOPPED(status)))
        drop(tracer, tid);
}

void sg_traced_continue(struct sg_traced *thread)
{
    take_patches_back(thread);
    thread->step = 0;
    thread->repeats = false;
    resume(thread, 0);
}

void sg_traced_answer(struct sg_traced *thread, int64_t result)
{
    struct sg_registers now = thread->entry;
    sg_registers_skip_call(&now, result);
    (void)sg_registers_write(thread->tid, &now);
    sg_traced_continue(thread);
}

static void resume_to_end(struct sg_traced *thread)
{
    (void)sg_registers_write(thread->tid, &thread->wanted);
    (void)ptrace(PTRACE_SYSCALL, thread->tid, NULL, NULL);
}

void sg_traced_follow(struct sg_traced *thread, sg_call_made *made)
{
    thread->made = made;
    thread->followed = true;
    resume_to_end(thread);
}

bool sg_traced_patch(struct sg_traced *thread, uint64_t address, const void *bytes, size_t length)
{
    struct sg_patch *patch = &thread->patches[thread->patch_count];
    struct sg_notice notice = {.listener = -1, .thread = thread};
    notice.request.pid = (uint32_t)thread->tid;
    if (thread->patch_count == SG_MOST_PATCHES || length > SG_MOST_PATCH_BYTES ||
        !sg_notice_read(&notice, address, patch->before, length))
        return false;
    patch->address = address;
    patch->length = length;
    thread->patch_count++;
    write_memory(thread->tid, address, bytes, length);
    return true;
}

void sg_traced_first(struct sg_traced *thread, long number, const uint64_t arguments[6], int index,
                     const void *data, size_t length)
{
    uint64_t all[6];
    memcpy(all, arguments, sizeof all);
    /* The frame of the function that makes the call: nobody but this thread looks at it. */
    uint64_t place = sg_registers_stack(&thread->entry) & ~UINT64_C(7);
    if (index >= 0)
        all[index] = place;
    if (index >= 0 && !sg_traced_patch(thread, place, data, length)) {
        sg_traced_continue(thread);
        return;
    }
    thread->ours = true;
    sg_registers_set_call(&thread->wanted, number, all);
    resume_to_end(thread);
}
