/* SPDX-License-Identifier: MIT
 * The proof of stillness. What a call waits for is a table by system call. */
#include "program/still.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <time.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/table.h"
#include "program/ends.h"
#include "program/proc.h"
#include "program/restarted.h"

struct looking {
    struct sg_still *still;
    const struct sg_thread *thread;
    long number; /* of the call that it is in */
    struct sg_wait *wait;
    struct sg_ends ends;
};

/* Each judge says how its thread waits, or SG_STILL_NOT where it may go on by itself. */
typedef enum sg_stillness judge(struct looking *looking);

struct call {
    long number;
    const char *name;
    judge *judge;
    bool writes;
    bool sized; /* the third argument is a size */
};

static enum sg_stillness bounded_by(struct looking *looking, uint64_t ns)
{
    looking->wait->bounded = true;
    looking->wait->bound_ns = ns;
    return SG_STILL_BOUNDED;
}

static enum sg_wait_target target_of(const struct sg_end *end)
{
    if (end->input)
        return SG_TARGET_INPUT;
    if (end->listens)
        return SG_TARGET_LISTENER;
    if (end->raw)
        return SG_TARGET_RAW;
    if (end->kind == SG_END_EVENT)
        return SG_TARGET_LOCK;
    if (end->kind == SG_END_PIPE || !(end->internet || end->named))
        return SG_TARGET_PIPE;
    if (end->datagrams)
        return SG_TARGET_DATAGRAM;
    return end->connected ? SG_TARGET_CONNECTION : SG_TARGET_OTHER;
}

/* A thread that can only wait for the descriptor `number`. */
static enum sg_stillness judge_one(struct looking *looking, int number)
{
    struct sg_wait *wait = looking->wait;
    struct sg_end end;
    short events = wait->writes ? POLLOUT : POLLIN;
    wait->fd = number;
    if (!sg_ends_look(&looking->ends, looking->thread, wait->fd, events, &end))
        return SG_STILL_NOT;
    if (end.kind == SG_END_OTHER && !end.input)
        return SG_STILL_NOT; /* a file or a terminal: it will go on */
    wait->target = target_of(&end);
    wait->local = end.local;
    wait->remote = end.remote;
    wait->inode = end.inode;
    wait->for_input = end.input;
    if (end.ready)
        return SG_STILL_NOT;
    return end.limit_ns ? bounded_by(looking, end.limit_ns) : SG_STILL_PROVEN;
}

/* A call on one descriptor: recv, accept, send and their like. */
static enum sg_stillness judge_descriptor(struct looking *looking)
{
    return judge_one(looking, (int)looking->thread->arguments[0]);
}

/* From one descriptor to another: it waits for the first to be readable, or else for the second. */
static enum sg_stillness judge_splice(struct looking *looking)
{
    const uint64_t *arguments = looking->thread->arguments;
    looking->wait->size = (size_t)arguments[4];
    struct sg_end from;
    looking->wait->writes =
        sg_ends_look(&looking->ends, looking->thread, (int)arguments[0], POLLIN, &from) &&
        from.ready;
    return judge_one(looking, (int)arguments[looking->wait->writes ? 2 : 0]);
}

/* One of the descriptors that a thread polls; false where it is ready or cannot be judged. Where it
 * is `alone`, the call is as much as one on it: so runtimes read and accept. */
static bool polled_is_quiet(struct looking *looking, int number, short events, bool alone)
{
    struct sg_wait *wait = looking->wait;
    struct sg_end end;
    if (!sg_ends_look(&looking->ends, looking->thread, number, events, &end))
        return false;
    if (end.input && events & POLLIN)
        wait->for_input = true;
    if (alone && end.kind == SG_END_SOCKET) {
        wait->fd = number;
        wait->writes = !(events & POLLIN);
        wait->target = target_of(&end);
        wait->local = end.local;
        wait->remote = end.remote;
        wait->inode = end.inode;
    }
    return !end.ready;
}

static bool read_timespec(const struct looking *looking, uint64_t address, uint64_t *ret_ns)
{
    struct timespec limit;
    if (!sg_proc_read_memory(looking->thread->tid, address, &limit, sizeof limit))
        return false;
    *ret_ns = (uint64_t)limit.tv_sec * SG_NS_PER_S + (uint64_t)limit.tv_nsec;
    return true;
}

/* How far away a time of this clock is. */
static uint64_t time_until(clockid_t clock, uint64_t ns)
{
    struct timespec now = {0};
    (void)clock_gettime(clock, &now);
    uint64_t now_ns = (uint64_t)now.tv_sec * SG_NS_PER_S + (uint64_t)now.tv_nsec;
    return ns > now_ns ? ns - now_ns : 0;
}

static enum sg_stillness judge_poll(struct looking *looking)
{
    const uint64_t *arguments = looking->thread->arguments;
    looking->wait->target = arguments[1] ? SG_TARGET_SEVERAL : SG_TARGET_TIME;
    struct pollfd fds[1024];
    size_t count = arguments[1] < SG_COUNT(fds) ? (size_t)arguments[1] : SG_COUNT(fds);
    if (count && !sg_proc_read_memory(looking->thread->tid, arguments[0], fds, count * sizeof *fds))
        return SG_STILL_NOT;
    for (size_t i = 0; i < count; i++) {
        if (fds[i].fd >= 0 && !polled_is_quiet(looking, fds[i].fd, fds[i].events, count == 1))
            return SG_STILL_NOT;
    }
    uint64_t limit;
#ifdef SYS_poll
    if (looking->number == SYS_poll) {
        int ms = (int)arguments[2];
        return ms < 0 ? SG_STILL_PROVEN : bounded_by(looking, (uint64_t)ms * SG_NS_PER_MS);
    }
#endif
    if (!arguments[2])
        return SG_STILL_PROVEN;
    return read_timespec(looking, arguments[2], &limit) ? bounded_by(looking, limit) : SG_STILL_NOT;
}

static bool selected_are_quiet(struct looking *looking)
{
    static const short events[] = {POLLIN, POLLOUT, POLLPRI};
    const uint64_t *arguments = looking->thread->arguments;
    int most = (int)arguments[0] < FD_SETSIZE ? (int)arguments[0] : FD_SETSIZE;
    for (size_t set = 0; set < 3; set++) {
        fd_set fds;
        FD_ZERO(&fds);
        size_t bytes = (size_t)(most + 63) / 64 * 8;
        if (!arguments[1 + set] || most <= 0)
            continue;
        if (!sg_proc_read_memory(looking->thread->tid, arguments[1 + set], &fds, bytes))
            return false;
        for (int fd = 0; fd < most; fd++) {
            if (FD_ISSET(fd, &fds) && !polled_is_quiet(looking, fd, events[set], false))
                return false;
        }
    }
    return true;
}

static enum sg_stillness judge_select(struct looking *looking)
{
    const uint64_t *arguments = looking->thread->arguments;
    looking->wait->target = arguments[0] ? SG_TARGET_SEVERAL : SG_TARGET_TIME;
    if (!selected_are_quiet(looking))
        return SG_STILL_NOT;
    if (!arguments[4])
        return SG_STILL_PROVEN;
    uint64_t limit[2]; /* struct timeval or struct timespec: two words either way */
    if (!sg_proc_read_memory(looking->thread->tid, arguments[4], limit, sizeof limit))
        return SG_STILL_NOT;
    uint64_t fraction = looking->number == SYS_pselect6 ? limit[1] : limit[1] * 1000;
    return bounded_by(looking, limit[0] * SG_NS_PER_S + fraction);
}

static enum sg_stillness judge_epoll(struct looking *looking)
{
    const uint64_t *arguments = looking->thread->arguments;
    looking->wait->target = SG_TARGET_SEVERAL;
    looking->wait->fd = (int)arguments[0];
    struct sg_end end;
    /* An epoll descriptor is itself readable when something on its list is ready. */
    if (!sg_ends_look(&looking->ends, looking->thread, looking->wait->fd, POLLIN, &end) ||
        end.ready)
        return SG_STILL_NOT;
    looking->wait->for_input = end.input;
    if (looking->number == SYS_epoll_pwait2) {
        uint64_t limit;
        if (!arguments[3])
            return SG_STILL_PROVEN;
        return read_timespec(looking, arguments[3], &limit) ? bounded_by(looking, limit)
                                                            : SG_STILL_NOT;
    }
    int ms = (int)arguments[3];
    return ms < 0 ? SG_STILL_PROVEN : bounded_by(looking, (uint64_t)ms * SG_NS_PER_MS);
}

/* Threads that the Java machine keeps for itself; they wake up now and then and go back to
 * sleep. */
static bool is_java_service(const char *name)
{
    static const char *const names[] = {
        "G1 ",     "GC Thread",    "VM Thread",      "VM Periodic",    "C1 Comp",
        "C2 Comp", "Monitor Defl", "Sweeper",        "Common-Cleaner", "Service Thread",
        "Notific", "Signal Disp",  "Reference Hand", "Finalizer",      "Attach List",
    };
    for (size_t i = 0; i < SG_COUNT(names); i++) {
        if (strncmp(name, names[i], strlen(names[i])) == 0)
            return true;
    }
    return false;
}

static enum sg_stillness judge_futex(struct looking *looking)
{
    enum { LONG_S = 10, SOON_MS = 100 };
    const uint64_t *arguments = looking->thread->arguments;
    looking->wait->target = SG_TARGET_LOCK;
    int operation = (int)arguments[1] & FUTEX_CMD_MASK;
    if (operation != FUTEX_WAIT && operation != FUTEX_WAIT_BITSET && operation != FUTEX_LOCK_PI)
        return SG_STILL_NOT;
    if (!arguments[3])
        return SG_STILL_PROVEN;
    uint64_t limit;
    if (!read_timespec(looking, arguments[3], &limit))
        return SG_STILL_NOT;
    bool real = (arguments[1] & FUTEX_CLOCK_REALTIME) != 0;
    if (operation != FUTEX_WAIT)
        limit = time_until(real ? CLOCK_REALTIME : CLOCK_MONOTONIC, limit);
    looking->wait->service = is_java_service(looking->thread->name);
    /* Its VM thread looks in every second; where it waits for less it is about to end the
     * machine. */
    bool ending = strcmp(looking->thread->name, "VM Thread") == 0 && limit < SOON_MS * SG_NS_PER_MS;
    if (looking->wait->service && !ending)
        return SG_STILL_PROVEN;
    /* Go's monitor thread sleeps for a minute when all is idle. */
    if (operation == FUTEX_WAIT && limit >= LONG_S * SG_NS_PER_S &&
        sg_proc_is_go(looking->thread->tid)) {
        looking->wait->service = true;
        return SG_STILL_PROVEN;
    }
    return bounded_by(looking, limit);
}

/* A lock on a file, a semaphore, a message of another process: all that could let it go on are its
 * program's own. */
static enum sg_stillness judge_lock(struct looking *looking)
{
    const struct sg_thread *thread = looking->thread;
    looking->wait->target = SG_TARGET_LOCK;
    bool waits = thread->arguments[1] == F_SETLKW || thread->arguments[1] == F_OFD_SETLKW;
    if (thread->syscall == SYS_fcntl && !waits)
        return SG_STILL_NOT;
    uint64_t limit;
    if (thread->syscall != SYS_semtimedop || !thread->arguments[3])
        return SG_STILL_PROVEN;
    return read_timespec(looking, thread->arguments[3], &limit) ? bounded_by(looking, limit)
                                                                : SG_STILL_NOT;
}

static enum sg_stillness judge_message_queue(struct looking *looking)
{
    uint64_t limit;
    looking->wait->target = SG_TARGET_LOCK;
    if (!looking->thread->arguments[4])
        return SG_STILL_PROVEN;
    return read_timespec(looking, looking->thread->arguments[4], &limit)
               ? bounded_by(looking, time_until(CLOCK_REALTIME, limit))
               : SG_STILL_NOT;
}

static enum sg_stillness judge_child(struct looking *looking)
{
    looking->wait->target = SG_TARGET_CHILD;
    return SG_STILL_PROVEN;
}

/* It waits for the other end of a named pipe: nothing else keeps an open() asleep. */
static enum sg_stillness judge_open(struct looking *looking)
{
    looking->wait->target = SG_TARGET_PIPE;
    return SG_STILL_PROVEN;
}

static enum sg_stillness judge_signal(struct looking *looking)
{
    (void)looking;
    return SG_STILL_PROVEN;
}

static enum sg_stillness judge_sigwait(struct looking *looking)
{
    uint64_t limit;
    if (!looking->thread->arguments[2])
        return SG_STILL_PROVEN;
    return read_timespec(looking, looking->thread->arguments[2], &limit)
               ? bounded_by(looking, limit)
               : SG_STILL_NOT;
}

static enum sg_stillness judge_nap(struct looking *looking)
{
    uint64_t limit = 0;
    bool clock = looking->number == SYS_clock_nanosleep;
    looking->wait->target = SG_TARGET_TIME;
    const uint64_t *arguments = looking->thread->arguments;
    if (!read_timespec(looking, arguments[clock ? 2 : 0], &limit))
        return SG_STILL_NOT;
    bool absolute = clock && arguments[1] & TIMER_ABSTIME;
    return bounded_by(looking, absolute ? time_until((clockid_t)arguments[0], limit) : limit);
}

/* The kernel asks again and again, and gives up by itself in a minute or two. */
static enum sg_stillness judge_connect(struct looking *looking)
{
    looking->wait->target = SG_TARGET_OTHER;
    return SG_STILL_NOT;
}

static const struct call calls[] = {
    {SYS_read, "read", judge_descriptor, .sized = true},
    {SYS_readv, "readv", judge_descriptor},
    {SYS_recvfrom, "recv", judge_descriptor, .sized = true},
    {SYS_recvmsg, "recvmsg", judge_descriptor},
    {SYS_recvmmsg, "recvmmsg", judge_descriptor},
    {SYS_connect, "connect", judge_connect},
    {SYS_accept, "accept", judge_descriptor},
    {SYS_accept4, "accept", judge_descriptor},
    {SYS_write, "write", judge_descriptor, .writes = true, .sized = true},
    {SYS_writev, "writev", judge_descriptor, .writes = true},
    {SYS_sendto, "send", judge_descriptor, .writes = true, .sized = true},
    {SYS_sendmsg, "sendmsg", judge_descriptor, .writes = true},
    {SYS_sendmmsg, "sendmmsg", judge_descriptor, .writes = true},
    {SYS_sendfile, "sendfile", judge_descriptor, .writes = true},
    {SYS_splice, "splice", judge_splice},
#ifdef SYS_poll
    {SYS_poll, "poll", judge_poll},
#endif
    {SYS_ppoll, "poll", judge_poll},
#ifdef SYS_select
    {SYS_select, "select", judge_select},
#endif
    {SYS_pselect6, "select", judge_select},
#ifdef SYS_epoll_wait
    {SYS_epoll_wait, "epoll_wait", judge_epoll},
#endif
    {SYS_epoll_pwait, "epoll_wait", judge_epoll},
    {SYS_epoll_pwait2, "epoll_wait", judge_epoll},
    {SYS_futex, "a lock", judge_futex},
#ifdef SYS_open
    {SYS_open, "open", judge_open},
#endif
    {SYS_openat, "open", judge_open},
    {SYS_fcntl, "fcntl", judge_lock},
    {SYS_flock, "flock", judge_lock},
    {SYS_semop, "semop", judge_lock},
    {SYS_semtimedop, "semop", judge_lock},
    {SYS_msgrcv, "msgrcv", judge_lock},
    {SYS_msgsnd, "msgsnd", judge_lock},
    {SYS_mq_timedreceive, "mq_receive", judge_message_queue},
    {SYS_mq_timedsend, "mq_send", judge_message_queue},
    {SYS_wait4, "wait", judge_child},
    {SYS_waitid, "waitid", judge_child},
#ifdef SYS_pause
    {SYS_pause, "pause", judge_signal},
#endif
    {SYS_rt_sigsuspend, "sigsuspend", judge_signal},
    {SYS_rt_sigtimedwait, "sigwait", judge_sigwait},
    {SYS_nanosleep, "sleep", judge_nap},
    {SYS_clock_nanosleep, "sleep", judge_nap},
};

static struct sg_wait *new_wait(struct sg_still *still, const struct sg_thread *thread)
{
    if (still->count == still->capacity) {
        still->capacity = still->capacity ? still->capacity * 2 : 8;
        still->waits = sg_realloc_array(still->waits, still->capacity, sizeof *still->waits);
    }
    struct sg_wait *wait = &still->waits[still->count++];
    *wait = (struct sg_wait){.pid = thread->pid, .tid = thread->tid, .fd = -1};
    return wait;
}

static enum sg_stillness judge_thread(struct looking *looking)
{
    const struct sg_thread *thread = looking->thread;
    struct sg_wait *wait = looking->wait;
    bool traced_stop =
        thread->state == 't' && sg_tracer_is_stopped(looking->still->tracer, thread->tid);
    if (thread->state == 'T' || traced_stop) {
        wait->call = "stopped by a signal";
        return SG_STILL_PROVEN;
    }
    if (thread->state == 'D' && sg_thread_is_in_vfork(thread->tid)) {
        wait->call = "vfork";
        wait->target = SG_TARGET_CHILD;
        return SG_STILL_PROVEN;
    }
    if (sg_endings_has(looking->still->endings, thread->tid)) {
        wait->call = "exit";
        return SG_STILL_PROVEN;
    }
    if (thread->state != 'S' && thread->state != 'I')
        return SG_STILL_NOT;
    bool restarted = thread->syscall == SYS_restart_syscall;
    looking->number = restarted ? sg_restarted_call(thread) : thread->syscall;
    for (size_t i = 0; i < SG_COUNT(calls); i++) {
        if (calls[i].number != looking->number)
            continue;
        wait->call = calls[i].name;
        wait->writes = calls[i].writes;
        wait->size = calls[i].sized ? (size_t)thread->arguments[2] : 0;
        return calls[i].judge(looking);
    }
    return SG_STILL_NOT;
}

void sg_still_look(struct sg_still *still, pid_t init, int input)
{
    still->verdict = SG_STILL_GONE;
    still->bound_ns = UINT64_MAX;
    still->for_input = false;
    still->count = 0;
    sg_tree_look(&still->first, init, true);
    struct looking looking = {.still = still};
    sg_ends_open(&looking.ends, still->diag, input);
    enum sg_stillness worst = SG_STILL_GONE;
    for (size_t i = 0; i < still->first.count; i++) {
        looking.thread = &still->first.threads[i];
        if (looking.thread->state == 'Z' || looking.thread->state == 'X')
            continue;
        looking.wait = new_wait(still, looking.thread);
        enum sg_stillness one = judge_thread(&looking);
        worst = one < worst ? one : worst;
        still->for_input = still->for_input || looking.wait->for_input;
        if (looking.wait->bounded && looking.wait->bound_ns < still->bound_ns)
            still->bound_ns = looking.wait->bound_ns;
    }
    if (still->timers && worst == SG_STILL_PROVEN)
        worst = SG_STILL_BOUNDED;
    if (worst != SG_STILL_NOT) {
        sg_tree_look(&still->second, init, true);
        if (!sg_tree_same(&still->first, &still->second))
            worst = SG_STILL_NOT;
    }
    sg_ends_close(&looking.ends);
    still->verdict = worst;
}

void sg_still_done(struct sg_still *still)
{
    free(still->waits);
    sg_tree_done(&still->first);
    sg_tree_done(&still->second);
    *still = (struct sg_still){0};
}
