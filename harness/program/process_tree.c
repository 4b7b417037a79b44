/* SPDX-License-Identifier: MIT
 * Reads the tree from /proc/PID/task/TID. A thread may end between any two reads: what is gone is
 * left out. A file that was opened for a thread tells of that thread alone: when it has gone, reads
 * fail, also where another one has been given its number. */
#include "program/process_tree.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/table.h"
#include "program/proc.h"

enum {
    MOST_THREADS = 4096,
    MOST_KEPT = 16, /* threads whose files are kept open: most programs have fewer */
    MOST_LIST_BYTES = 1 << 16,
};

enum thread_file { FILE_STAT, FILE_SCHEDSTAT, FILE_SYSCALL, FILE_CHILDREN, FILE_COUNT };

struct sg_thread_files {
    pid_t pid, tid;
    bool looked_at;      /* in this look */
    int fds[FILE_COUNT]; /* -1: not open */
};

static void close_files(struct sg_thread_files *files)
{
    for (size_t i = 0; i < FILE_COUNT; i++)
        sg_close_pointer(&files->fds[i]);
}

/* The files of a thread that are kept open, NULL where they are not. */
static struct sg_thread_files *files_of(struct sg_tree *tree, pid_t pid, pid_t tid)
{
    for (size_t i = 0; i < tree->file_count; i++) {
        if (tree->files[i].tid == tid && tree->files[i].pid == pid)
            return &tree->files[i];
    }
    if (tree->file_count == MOST_KEPT)
        return NULL;
    if (!tree->files)
        tree->files = sg_realloc_array(NULL, MOST_KEPT, sizeof *tree->files);
    struct sg_thread_files *files = &tree->files[tree->file_count++];
    *files = (struct sg_thread_files){.pid = pid, .tid = tid, .fds = {-1, -1, -1, -1}};
    return files;
}

static void forget_the_gone(struct sg_tree *tree)
{
    size_t kept = 0;
    for (size_t i = 0; i < tree->file_count; i++) {
        if (!tree->files[i].looked_at) {
            close_files(&tree->files[i]);
            continue;
        }
        tree->files[i].looked_at = false;
        tree->files[kept++] = tree->files[i];
    }
    tree->file_count = kept;
}

static void path_of(char *room, size_t size, pid_t pid, pid_t tid, enum thread_file which)
{
    static const char *const names[] = {"stat", "schedstat", "syscall", "children"};
    (void)snprintf(room, size, "/proc/%d/task/%d/%s", (int)pid, (int)tid, names[which]);
}

static int open_file(pid_t pid, pid_t tid, enum thread_file which)
{
    char path[80];
    path_of(path, sizeof path, pid, tid, which);
    return open(path, O_RDONLY | O_CLOEXEC);
}

/* Reads the start of an open file into `room` as a string; false where what it tells of is gone. */
static bool read_start(int fd, char *room, size_t size)
{
    ssize_t length = fd < 0 ? -1 : pread(fd, room, size - 1, 0);
    if (length < 0)
        return false;
    room[length] = 0;
    return true;
}

/* `files` may be NULL: then nothing is kept. */
static bool read_file(struct sg_thread_files *files, pid_t pid, pid_t tid, enum thread_file which,
                      char *room, size_t size)
{
    if (!files) {
        sg_autoclose int fd = open_file(pid, tid, which);
        return read_start(fd, room, size);
    }
    int *fd = &files->fds[which];
    if (*fd >= 0 && read_start(*fd, room, size))
        return true;
    sg_close_pointer(fd); /* the number may be another's by now */
    *fd = open_file(pid, tid, which);
    return read_start(*fd, room, size);
}

static void read_state(struct sg_thread *thread, const char *text)
{
    enum { FIELDS_TO_SIBLINGS = 17 }; /* from the state, field 3, to num_threads, field 20 */
    const char *open = strchr(text, '('), *close = strrchr(text, ')');
    if (!open || !close || close[1] != ' ')
        return;
    thread->state = close[2];
    size_t length = (size_t)(close - open - 1);
    if (length >= sizeof thread->name)
        length = sizeof thread->name - 1;
    memcpy(thread->name, open + 1, length);
    thread->name[length] = 0;
    const char *at = close + 2;
    for (size_t i = 0; at && i < FIELDS_TO_SIBLINGS; i++) {
        at = strchr(at, ' ');
        at = at ? at + 1 : NULL;
    }
    thread->siblings = at ? (unsigned)strtoul(at, NULL, 10) : 0;
    const char *last = strrchr(text, ' '); /* exit_code is the last field */
    if (thread->state == 'Z' && last)
        thread->exit_status = (int)strtol(last, NULL, 10);
}

static void read_schedule(struct sg_thread *thread, const char *text)
{
    char *end;
    thread->run_ns = strtoull(text, &end, 10);
    thread->delay_ns = strtoull(end, &end, 10);
    thread->switches = strtoull(end, &end, 10);
}

static void read_call(struct sg_thread *thread, const char *text)
{
    thread->syscall = SG_SYSCALL_RUNNING;
    if (!isdigit((unsigned char)text[0]))
        return; /* "running", or "-1" where it is blocked outside a call */
    char *end;
    thread->syscall = strtol(text, &end, 10);
    for (size_t i = 0; i < 6; i++)
        thread->arguments[i] = strtoull(end, &end, 16);
}

static bool look_at_thread(struct sg_thread *thread, struct sg_thread_files *files, pid_t pid,
                           pid_t tid, bool calls)
{
    char text[1024];
    *thread = (struct sg_thread){.pid = pid, .tid = tid, .syscall = SG_SYSCALL_NONE};
    if (!read_file(files, pid, tid, FILE_STAT, text, sizeof text))
        return false;
    read_state(thread, text);
    if (read_file(files, pid, tid, FILE_SCHEDSTAT, text, sizeof text))
        read_schedule(thread, text);
    if (!calls || thread->state == 'Z')
        return true;
    if (read_file(files, pid, tid, FILE_SYSCALL, text, sizeof text))
        read_call(thread, text);
    return true;
}

/* Adds a thread to the tree; NULL where it is gone. */
static const struct sg_thread *add_thread(struct sg_tree *tree, pid_t pid, pid_t tid, bool calls)
{
    if (tree->count == tree->capacity) {
        tree->capacity = tree->capacity ? tree->capacity * 2 : 8;
        tree->threads = sg_realloc_array(tree->threads, tree->capacity, sizeof *tree->threads);
    }
    struct sg_thread *thread = &tree->threads[tree->count];
    struct sg_thread_files *files = files_of(tree, pid, tid);
    if (!look_at_thread(thread, files, pid, tid, calls))
        return NULL;
    if (files)
        files->looked_at = true;
    tree->count++;
    tree->run_ns += thread->run_ns;
    tree->delay_ns += thread->delay_ns;
    return thread;
}

static void look_below(struct sg_tree *tree, pid_t pid, bool calls);

static void look_at_children(struct sg_tree *tree, pid_t pid, pid_t tid, bool calls)
{
    char room[256];
    sg_autobytes struct sg_bytes list = {0};
    struct sg_thread_files *files = files_of(tree, pid, tid);
    if (files)
        files->looked_at = true;
    if (!read_file(files, pid, tid, FILE_CHILDREN, room, sizeof room))
        return;
    const char *at = room;
    if (strlen(room) + 1 == sizeof room) { /* there are more than fit */
        char path[80];
        path_of(path, sizeof path, pid, tid, FILE_CHILDREN);
        if (!sg_file_peek(AT_FDCWD, path, MOST_LIST_BYTES, &list))
            return;
        at = sg_bytes_text(&list);
    }
    char *end;
    for (long child; (child = strtol(at, &end, 10)) > 0; at = end)
        look_below(tree, (pid_t)child, calls);
}

static void add_other_threads(struct sg_tree *tree, pid_t pid, bool calls)
{
    char path[48];
    (void)snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *folder = opendir(path);
    if (!folder)
        return;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        pid_t tid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (tid > 0 && tid != pid && tree->count < MOST_THREADS)
            (void)add_thread(tree, pid, tid, calls);
    }
    (void)closedir(folder);
}

static void look_below(struct sg_tree *tree, pid_t pid, bool calls)
{
    size_t first = tree->count;
    const struct sg_thread *leader = add_thread(tree, pid, pid, calls);
    if (!leader || leader->siblings != 1)
        add_other_threads(tree, pid, calls);
    size_t last = tree->count;
    if (last == first)
        return;
    if (sg_thread_is_zombie(&tree->threads[first]))
        tree->zombies++;
    else
        tree->processes++;
    for (size_t i = first; i < last; i++)
        look_at_children(tree, pid, tree->threads[i].tid, calls);
}

bool sg_thread_is_zombie(const struct sg_thread *first)
{
    return first->state == 'Z' && first->siblings <= 1;
}

pid_t sg_tree_holder(const struct sg_tree *tree, pid_t pid)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct sg_thread *thread = &tree->threads[i];
        if (thread->pid == pid && thread->state != 'Z' && thread->state != 'X')
            return thread->tid;
    }
    return pid;
}

void sg_tree_look(struct sg_tree *tree, pid_t root, bool calls)
{
    tree->count = tree->processes = tree->zombies = 0;
    tree->run_ns = tree->delay_ns = 0;
    look_at_children(tree, root, root, calls);
    forget_the_gone(tree);
}

void sg_tree_done(struct sg_tree *tree)
{
    for (size_t i = 0; i < tree->file_count; i++)
        close_files(&tree->files[i]);
    free(tree->files);
    free(tree->threads);
    *tree = (struct sg_tree){0};
}

bool sg_tree_same(const struct sg_tree *a, const struct sg_tree *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct sg_thread *left = &a->threads[i], *right = &b->threads[i];
        if (left->tid != right->tid || left->state != right->state ||
            left->run_ns != right->run_ns || left->switches != right->switches ||
            left->syscall != right->syscall)
            return false;
    }
    return true;
}

bool sg_thread_look(pid_t tid, struct sg_thread *ret)
{
    return look_at_thread(ret, NULL, tid, tid, false);
}

bool sg_thread_is_in_vfork(pid_t tid)
{
    struct sg_thread thread;
    if (!look_at_thread(&thread, NULL, tid, tid, true) || thread.state != 'D')
        return false;
#ifdef SYS_vfork
    if (thread.syscall == SYS_vfork)
        return true;
#endif
    uint64_t flags = thread.arguments[0];
    if (thread.syscall == SYS_clone3 &&
        !sg_proc_read_memory(tid, thread.arguments[0], &flags, sizeof flags))
        return false;
    return (thread.syscall == SYS_clone || thread.syscall == SYS_clone3) && flags & CLONE_VFORK;
}
