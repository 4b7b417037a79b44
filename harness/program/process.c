/* SPDX-License-Identifier: MIT
 * The examiner's side of a started program. What runs in init and in the program before it is
 * executed is init.c's. */
#include "program/process.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "program/init.h"
#include "program/proc.h"
#include "program/process_tree.h"

enum {
    FREEZE_SECONDS = 5,
    OUTPUT_ROOM_BYTES = 1 << 20,
    MOST_BYTES_AT_ONCE = 4 << 20, /* one that prints without an end is not read without an end */
};

static const struct sg_process no_process = {
    .control = -1, .filter = -1, .input = -1, .out = {.fd = -1}, .err = {.fd = -1}};

static void close_fd(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

static int make_pipe(int *ret_read, int *ret_write, struct sg_error *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return sg_fail_os(err, "make a pipe");
    *ret_read = ends[0];
    *ret_write = ends[1];
    return 0;
}

static int make_streams(struct sg_process *process, struct sg_init *init, struct sg_error *err)
{
    int control[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control) < 0)
        return sg_fail_os(err, "make a socket pair");
    process->control = control[0];
    init->control = control[1];
    init->others = control[0];
    if (make_pipe(&init->streams[0], &process->input, err) < 0 ||
        make_pipe(&process->out.fd, &init->streams[1], err) < 0 ||
        make_pipe(&process->err.fd, &init->streams[2], err) < 0)
        return -1;
    /* A runtime that does not wait for its output to be read (Node) loses at its end what does not
     * fit. */
    (void)fcntl(process->out.fd, F_SETPIPE_SZ, OUTPUT_ROOM_BYTES);
    const int ours[] = {process->input, process->out.fd, process->err.fd};
    for (size_t i = 0; i < 3; i++) {
        if (fcntl(ours[i], F_SETFL, O_NONBLOCK) < 0)
            return sg_fail_os(err, "make a pipe non-blocking");
    }
    return 0;
}

/* Receives one record; the descriptor that may come with it goes to *fd. */
static bool receive(int control, int flags, struct sg_init_record *ret, int *fd)
{
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } ancillary;
    struct iovec part = {.iov_base = ret, .iov_len = sizeof *ret};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &ancillary,
                             .msg_controllen = sizeof ancillary};
    ssize_t length;
    do
        length = recvmsg(control, &message, flags | MSG_CMSG_CLOEXEC);
    while (length < 0 && errno == EINTR);
    if (length != (ssize_t)sizeof *ret)
        return false;
    const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_type == SCM_RIGHTS)
        memcpy(fd, CMSG_DATA(header), sizeof *fd);
    return true;
}

/* Traces the process that is about to become the program. */
static int begin_to_trace(struct sg_process *process, const struct sg_start *start,
                          struct sg_error *err)
{
    pid_t pid = sg_proc_first_child(process->init);
    if (pid <= 0 || sg_tracer_seize(start->tracer, pid, start->supervisor) < 0)
        return sg_fail_os(err, "trace the program");
    process->tracer = start->tracer;
    if (send(process->control, "", 1, MSG_NOSIGNAL) != 1)
        return sg_fail_os(err, "let the program go on");
    sg_tracer_await_exec(start->tracer, pid);
    return 0;
}

static int begin(struct sg_process *process, const struct sg_start *start, struct sg_init *init,
                 int *ret_exec_errno, struct sg_error *err)
{
    if (make_streams(process, init, err) < 0)
        return -1;
    process->contained = start->jail->rungs->jail == SG_JAIL_FULL;
    /* glibc's clone() wants a stack; without CLONE_VM none is needed. */
    unsigned long flags = process->contained ? CLONE_NEWPID | CLONE_NEWNS : 0;
    pid_t pid = (pid_t)syscall(SYS_clone, flags | SIGCHLD, NULL, NULL, NULL, 0UL);
    if (pid < 0)
        return sg_fail_os(err, "make a private process namespace");
    if (pid == 0)
        sg_init_run(init, start);
    process->init = pid;
    close_fd(&init->control);
    struct sg_init_record record = {0};
    bool told = receive(process->control, 0, &record, &process->filter);
    if (told && record.kind == SG_INIT_ASKS) {
        if (begin_to_trace(process, start, err) < 0)
            return -1;
        told = receive(process->control, 0, &record, &process->filter);
    }
    if (!told)
        return sg_fail_machine(err, "the jail's first process ended without a word");
    if (record.kind == SG_INIT_FAILED)
        return sg_fail_machine(err, "%s", record.text);
    *ret_exec_errno = record.kind == SG_INIT_NO_EXEC ? record.value : 0;
    process->pid = sg_proc_first_child(process->init);
    process->life = *ret_exec_errno ? SG_LIFE_NONE : SG_LIFE_RUNNING;
    return 0;
}

int sg_process_start(struct sg_process *process, const struct sg_start *start, int *ret_exec_errno,
                     struct sg_error *err)
{
    *process = no_process;
    struct sg_init init = {.control = -1, .others = -1, .streams = {-1, -1, -1}};
    int failed = begin(process, start, &init, ret_exec_errno, err);
    close_fd(&init.control);
    for (size_t i = 0; i < 3; i++)
        close_fd(&init.streams[i]);
    if (failed || *ret_exec_errno) {
        sg_process_end(process);
        sg_process_done(process);
    }
    return failed;
}

static bool read_output(struct sg_output *output)
{
    bool moved = false;
    size_t before = output->bytes.length + output->dropped;
    while (output->fd >= 0 &&
           output->bytes.length + output->dropped - before < MOST_BYTES_AT_ONCE) {
        uint8_t room[16384];
        ssize_t count = read(output->fd, room, sizeof room);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN)
            return moved;
        moved = true;
        if (count <= 0) {
            close_fd(&output->fd);
            return moved;
        }
        size_t kept = SG_MOST_OUTPUT_BYTES - output->bytes.length;
        kept = (size_t)count < kept ? (size_t)count : kept;
        sg_bytes_add(&output->bytes, room, kept);
        output->dropped += (size_t)count - kept;
    }
    return moved;
}

static bool read_control(struct sg_process *process)
{
    bool moved = false;
    while (process->control >= 0) {
        struct sg_init_record record = {0};
        int fd = -1;
        errno = 0;
        if (!receive(process->control, MSG_DONTWAIT, &record, &fd)) {
            if (errno == EAGAIN || errno == EWOULDBLOCK)
                return moved;
            close_fd(&process->control);
            process->life = SG_LIFE_GONE;
            return true;
        }
        moved = true;
        if (record.kind == SG_INIT_ENDED) {
            process->status = record.value;
            process->life = SG_LIFE_ENDED;
        }
    }
    return moved;
}

/* Writes as much of what it is to be fed as the pipe takes. */
static bool feed_rest(struct sg_process *process)
{
    struct sg_slice rest = sg_slice_skip(sg_bytes_slice(&process->to_feed), process->fed);
    if (process->input < 0 || !rest.length)
        return false;
    ssize_t count;
    do
        count = write(process->input, rest.data, rest.length);
    while (count < 0 && errno == EINTR);
    process->fed += count > 0 ? (size_t)count : 0;
    return count > 0;
}

bool sg_process_feed(struct sg_process *process, struct sg_slice bytes)
{
    sg_bytes_add(&process->to_feed, bytes.data, bytes.length);
    return feed_rest(process);
}

bool sg_process_read(struct sg_process *process)
{
    /* The end is read before the output, so that nothing printed is missing once the end is
     * known. */
    bool moved = read_control(process);
    moved |= feed_rest(process);
    moved |= read_output(&process->out);
    moved |= read_output(&process->err);
    return moved;
}

size_t sg_process_watch(const struct sg_process *process, int fds[3])
{
    size_t count = 0;
    const int all[] = {process->control, process->out.fd, process->err.fd};
    for (size_t i = 0; i < 3; i++) {
        if (all[i] >= 0)
            fds[count++] = all[i];
    }
    return count;
}

/* Sends a signal to every process below init; returns how many there are. */
static size_t signal_all(const struct sg_process *process, int number, struct sg_tree *tree)
{
    sg_tree_look(tree, process->init, false);
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->threads[i].pid == tree->threads[i].tid)
            (void)kill(tree->threads[i].pid, number);
    }
    return tree->count;
}

static bool all_stopped(const struct sg_process *process, const struct sg_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct sg_thread *thread = &tree->threads[i];
        bool traced = thread->state == 't' && process->tracer;
        if (thread->state == 'D' && sg_thread_is_in_vfork(thread->tid))
            continue; /* and its child is looked at, too */
        if (!strchr("TtZX", thread->state) ||
            (traced && !sg_tracer_is_stopped(process->tracer, thread->tid)))
            return false;
    }
    return true;
}

void sg_process_freeze(const struct sg_process *process, sg_process_serve *serve, void *state)
{
    struct sg_tree tree = {0};
    if (process->init <= 0)
        return;
    uint64_t deadline = sg_now_ns() + FREEZE_SECONDS * SG_NS_PER_S;
    /* A child that is forked meanwhile is met in the next round. */
    while (signal_all(process, SIGSTOP, &tree) && !all_stopped(process, &tree) &&
           sg_now_ns() < deadline) {
        serve(state);
        (void)sched_yield();
    }
    sg_tree_done(&tree);
}

void sg_process_thaw(const struct sg_process *process)
{
    struct sg_tree tree = {0};
    if (process->init > 0)
        (void)signal_all(process, SIGCONT, &tree);
    sg_tree_done(&tree);
}

bool sg_process_signal(const struct sg_process *process, int signal)
{
    return process->life == SG_LIFE_RUNNING && process->pid > 0 && kill(process->pid, signal) == 0;
}

bool sg_process_is_python(const struct sg_process *process)
{
    char path[48], target[256];
    (void)snprintf(path, sizeof path, "/proc/%d/exe", (int)process->pid);
    ssize_t length = readlink(path, target, sizeof target - 1);
    target[length > 0 ? length : 0] = 0;
    const char *slash = strrchr(target, '/');
    return slash && strncmp(slash + 1, "python3", 7) == 0;
}

void sg_process_close_input(struct sg_process *process)
{
    close_fd(&process->input);
}

/* What is traced is not gone before its tracer has seen its end. */
static void bury_all(const struct sg_process *process, const struct sg_tree *tree)
{
    for (size_t i = 0; process->tracer && i < tree->count; i++)
        sg_tracer_bury(process->tracer, tree->threads[i].tid);
}

/* Killing init kills all of its pid namespace, and it cannot be waited for before all are gone. */
static void end_namespace(const struct sg_process *process)
{
    int status;
    struct sg_tree tree = {0};
    (void)kill(process->init, SIGKILL);
    while (process->tracer && waitpid(process->init, &status, WNOHANG) == 0) {
        sg_tree_look(&tree, process->init, false);
        bury_all(process, &tree);
        (void)sched_yield();
    }
    while (waitpid(process->init, &status, 0) < 0 && errno == EINTR) {
    }
    sg_tree_done(&tree);
}

/* Kills whatever init has adopted, until it has nothing left: then it ends by itself. */
static void end_adopted(const struct sg_process *process)
{
    struct sg_tree tree = {0};
    int status;
    while (waitpid(process->init, &status, WNOHANG) == 0) {
        sg_tree_look(&tree, process->init, false);
        for (size_t i = 0; i < tree.count; i++) {
            if (tree.threads[i].pid == tree.threads[i].tid && tree.threads[i].state != 'Z')
                (void)kill(tree.threads[i].pid, SIGKILL);
        }
        bury_all(process, &tree);
        (void)sched_yield();
    }
    sg_tree_done(&tree);
}

void sg_process_end(struct sg_process *process)
{
    if (process->init > 0 && process->contained)
        end_namespace(process);
    else if (process->init > 0)
        end_adopted(process);
    process->init = 0;
    (void)sg_process_read(process);
    close_fd(&process->control);
    close_fd(&process->filter);
    close_fd(&process->input);
    close_fd(&process->out.fd);
    close_fd(&process->err.fd);
    if (process->life != SG_LIFE_NONE)
        process->life = SG_LIFE_GONE;
}

void sg_process_done(struct sg_process *process)
{
    sg_bytes_done(&process->out.bytes);
    sg_bytes_done(&process->err.bytes);
    sg_bytes_done(&process->to_feed);
    *process = no_process;
}
