/* SPDX-License-Identifier: MIT
 * Watching the sources of a submission.
 *
 * inotify(7) says that something happened, a fingerprint of all files says whether it matters: it
 * is taken when a run begins, so what is saved during a run is not missed, and what a run itself
 * writes is left out. */
#include "cli/watch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/file.h"
#include "base/random.h"
#include "base/stop.h"
#include "cli/output.h"

enum {
    MOST_FILES = 20000,
    MOST_DEPTH = 16,
    TOGETHER_MS = 100, /* an editor writes several files for one save */
    CHANGES = IN_CREATE | IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB |
              IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR,
};

/* A walk over the folder: what it has seen, and the inotify instance that watches the folders. */
struct walk {
    const struct sg_call *call;
    int notify;
    uint64_t seen;
    size_t files;
};

static bool is_same(const char *path, const struct stat *status)
{
    struct stat other;
    return stat(path, &other) == 0 && other.st_dev == status->st_dev &&
           other.st_ino == status->st_ino;
}

/* Whether it is a file or folder that this command line writes. */
static bool is_output(const struct sg_call *call, const struct stat *status)
{
    const struct sg_repeated *formats = &call->options.formats;
    for (size_t i = 0; i < formats->count; i++) {
        const char *file = strchr(formats->items[i], '=');
        if (file && is_same(file + 1, status))
            return true;
    }
    return call->options.artifacts && is_same(call->options.artifacts, status);
}

/* A file that is written and not there yet under its name: base/file.h. */
static bool is_unfinished(const char *name)
{
    size_t length = strlen(name);
    return length > 5 && strcmp(name + length - 5, ".part") == 0;
}

static void note_file(struct walk *walk, const char *path, const struct stat *status)
{
    walk->files++;
    walk->seen = sg_hash(walk->seen, path, strlen(path) + 1);
    walk->seen = sg_hash(walk->seen, &status->st_mtim, sizeof status->st_mtim);
    walk->seen = sg_hash(walk->seen, &status->st_size, sizeof status->st_size);
    walk->seen = sg_hash(walk->seen, &status->st_mode, sizeof status->st_mode);
}

static void walk_folder(struct walk *walk, const char *folder, int depth);

static void walk_entry(struct walk *walk, const char *folder, const char *name, int depth)
{
    struct stat status;
    sg_autofree char *path = sg_printf("%s/%s", folder, name);
    if (name[0] == '.' || is_unfinished(name) || lstat(path, &status) < 0 ||
        is_output(walk->call, &status))
        return;
    if (S_ISDIR(status.st_mode))
        walk_folder(walk, path, depth + 1);
    else
        note_file(walk, path, &status);
}

static void walk_folder(struct walk *walk, const char *folder, int depth)
{
    if (walk->notify >= 0)
        (void)inotify_add_watch(walk->notify, folder, CHANGES);
    struct dirent **entries = NULL;
    int count = depth < MOST_DEPTH ? scandir(folder, &entries, NULL, alphasort) : 0;
    for (int i = 0; i < count; i++) {
        if (walk->files < MOST_FILES)
            walk_entry(walk, folder, entries[i]->d_name, depth);
        free(entries[i]);
    }
    free(entries);
}

/* The fingerprint of all files; with `notify` (-1: none) their folders are watched from before it
 * is taken. */
static uint64_t look(const struct sg_call *call, const char *folder, int notify)
{
    struct walk walk = {.call = call, .notify = notify, .seen = SG_HASH_START};
    walk_folder(&walk, folder, 0);
    return walk.seen;
}

/* What says when `folder` changes; -1 and errno where it cannot be watched. */
static int open_notify(const char *folder)
{
    sg_autoclose int notify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (notify < 0 || inotify_add_watch(notify, folder, CHANGES) < 0)
        return -1;
    return sg_take_fd(&notify);
}

/* Returns the exit status, which stays that of the run where there is no such folder: it has said
 * so. */
static int say_unwatched(const char *folder, int problem, int status)
{
    struct sg_error err = {0};
    if (problem == ENOENT || problem == ENOTDIR || problem == EACCES)
        return status;
    errno = problem;
    (void)sg_fail_os(&err, "watch '%s'", folder);
    return sg_print_error(&err);
}

static void say_watching(const char *folder)
{
    if (isatty(STDERR_FILENO))
        (void)fprintf(stderr, "\nwatching %s (Ctrl-C ends it)\n", folder);
}

/* Takes all that has been said, until nothing more is said for a moment. False where a stop was
 * asked for. */
static bool take_changes(int notify, int stop)
{
    char room[4096];
    struct pollfd fds[] = {{.fd = notify, .events = POLLIN}, {.fd = stop, .events = POLLIN}};
    int patience = -1;
    while (poll(fds, 2, patience) > 0) {
        if (fds[1].revents || sg_stop_asked())
            return false;
        if (read(notify, room, sizeof room) < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        patience = TOGETHER_MS;
    }
    return !sg_stop_asked();
}

/* Waits until the files are not those of `seen`. False where a stop was asked for, or nothing can
 * be watched. */
static bool wait_for_change(const struct sg_call *call, const char *folder, uint64_t seen,
                            int *status)
{
    sg_autoclose int stop = sg_stop_open();
    for (bool first = true;; first = false) {
        sg_autoclose int notify = open_notify(folder);
        int problem = errno;
        if (look(call, folder, notify) != seen)
            return true;
        if (notify < 0) {
            *status = say_unwatched(folder, problem, *status);
            return false;
        }
        if (first)
            say_watching(folder);
        if (!take_changes(notify, stop))
            return false;
    }
}

static int run_once(struct sg_call *call, int (*run)(struct sg_call *call))
{
    int status = 0;
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        sg_child_tie(parent);
        sg_children_adopt(); /* fork() leaves that to the parent */
        status = run(call);
        (void)fflush(stdout);
        sg_stop_obey();
        _exit(status);
    }
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    sg_children_end(); /* where it was killed */
    return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : SG_EXIT_MACHINE;
}

int sg_watch(struct sg_call *call, const char *folder, int (*run)(struct sg_call *call))
{
    int status;
    uint64_t seen;
    do {
        seen = look(call, folder, -1);
        if (isatty(STDOUT_FILENO))
            (void)sg_tell("\x1b[H\x1b[2J\x1b[3J");
        status = run_once(call, run);
    } while (!sg_stop_asked() && wait_for_change(call, folder, seen, &status));
    return status;
}
