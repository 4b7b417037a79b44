/* SPDX-License-Identifier: MIT
 * Pipes whose lock a splice holds. Looked at by their inodes alone, which takes no lock. */
#include "fault/pipes.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/table.h"

/* From where and to where these calls carry bytes, by the numbers of their arguments. */
static const struct {
    long number;
    int from, to;
} calls[] = {
    {SYS_splice, 0, 2},
    {SYS_sendfile, 1, 0},
};

static bool look_at(pid_t process, int fd, struct stat *ret)
{
    char path[48];
    (void)snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)process, fd);
    return stat(path, ret) == 0;
}

/* Where descriptors cannot be looked at, the number has to do. */
static bool is_standard(const struct sg_supervisor *supervisor, pid_t process, int fd)
{
    struct stat about;
    if (!look_at(process, fd, &about))
        return fd >= 0 && fd <= STDERR_FILENO;
    for (size_t i = 0; i < SG_COUNT(supervisor->standard); i++) {
        if (S_ISFIFO(about.st_mode) && about.st_ino == supervisor->standard[i])
            return true;
    }
    return false;
}

static bool is_file(pid_t process, int fd)
{
    struct stat about;
    return look_at(process, fd, &about) && S_ISREG(about.st_mode);
}

bool sg_pipes_meet_standard(const struct sg_supervisor *supervisor, const struct sg_notice *notice)
{
    const uint64_t *arguments = (const uint64_t *)notice->request.data.args;
    pid_t process = sg_notice_tid(notice);
    for (size_t i = 0; i < SG_COUNT(calls); i++) {
        int from = (int)arguments[calls[i].from], to = (int)arguments[calls[i].to];
        if (calls[i].number == notice->request.data.nr)
            return (is_standard(supervisor, process, from) ||
                    is_standard(supervisor, process, to)) &&
                   !is_file(process, from);
    }
    return false;
}

/* What the thread is doing, as in proc(5): the number of its call and its arguments. */
static bool read_call(pid_t process, const char *thread, long *ret_number, uint64_t arguments[3])
{
    char path[64];
    sg_autobytes struct sg_bytes text = {0};
    (void)snprintf(path, sizeof path, "/proc/%d/task/%.20s/syscall", (int)process, thread);
    if (!sg_file_peek(AT_FDCWD, path, 256, &text))
        return false;
    char *at, *end;
    *ret_number = strtol(sg_bytes_text(&text), &at, 10);
    for (size_t i = 0; i < 3; i++, at = end) {
        arguments[i] = strtoull(at, &end, 16);
        if (end == at)
            return false; /* it runs */
    }
    return true;
}

static bool holds(pid_t process, const char *thread, ino_t pipe)
{
    long number;
    uint64_t arguments[3];
    struct stat about;
    if (!read_call(process, thread, &number, arguments))
        return false;
    for (size_t i = 0; i < SG_COUNT(calls); i++) {
        int ends[] = {calls[i].from, calls[i].to};
        for (size_t end = 0; calls[i].number == number && end < SG_COUNT(ends); end++) {
            if (look_at(process, (int)arguments[ends[end]], &about) && about.st_ino == pipe)
                return true;
        }
    }
    return false;
}

bool sg_pipe_is_held(const struct sg_notice *notice, int fd)
{
    char path[48];
    struct stat about;
    pid_t process = sg_notice_process(notice);
    if (!look_at(process, fd, &about))
        return false;
    (void)snprintf(path, sizeof path, "/proc/%d/task", (int)process);
    DIR *folder = opendir(path);
    bool held = false;
    for (const struct dirent *entry; folder && !held && (entry = readdir(folder));)
        held = entry->d_name[0] != '.' &&
               (pid_t)strtol(entry->d_name, NULL, 10) != sg_notice_tid(notice) &&
               holds(process, entry->d_name, about.st_ino);
    if (folder)
        (void)closedir(folder);
    return held;
}
