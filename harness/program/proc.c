/* SPDX-License-Identifier: MIT
 * Reads /proc. A process may end between any two reads: what is gone is left out. */
#include "program/proc.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/table.h"
#include "program/jail.h"

enum { MOST_LIST_BYTES = 1 << 16, MOST_KINDS = 32 };

/* Reads a small file into `room` as a string; false where it is gone. */
static bool read_small(const char *path, char *room, size_t size)
{
    sg_autoclose int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t length = read(fd, room, size - 1);
    if (length < 0)
        return false;
    room[length] = 0;
    return true;
}

/* The list of the children of a process as text, from `room` or, where it is longer, from
 * `list`. */
static const char *read_children(pid_t pid, char *room, size_t size, struct sg_bytes *list)
{
    char path[80];
    (void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
    if (!read_small(path, room, size))
        return "";
    if (strlen(room) + 1 < size)
        return room;
    return sg_file_peek(AT_FDCWD, path, MOST_LIST_BYTES, list) ? sg_bytes_text(list) : "";
}

void sg_proc_children(pid_t pid, pid_t **ret_pids, size_t *ret_count)
{
    char room[256];
    sg_autobytes struct sg_bytes list = {0};
    *ret_pids = NULL;
    *ret_count = 0;
    const char *at = read_children(pid, room, sizeof room, &list);
    char *end;
    for (long child; (child = strtol(at, &end, 10)) > 0; at = end) {
        *ret_pids = sg_realloc_array(*ret_pids, *ret_count + 1, sizeof **ret_pids);
        (*ret_pids)[(*ret_count)++] = (pid_t)child;
    }
}

pid_t sg_proc_first_child(pid_t pid)
{
    char path[80], text[64];
    (void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
    return read_small(path, text, sizeof text) ? (pid_t)strtol(text, NULL, 10) : 0;
}

size_t sg_proc_descriptors(pid_t pid)
{
    char path[48];
    (void)snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *folder = opendir(path);
    if (!folder)
        return 0;
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(folder));)
        count += isdigit((unsigned char)entry->d_name[0]) != 0;
    (void)closedir(folder);
    return count;
}

/* What a link of /proc/PID/fd says: "socket:[4711]" is a socket, whichever. */
static void name_held(const char *link, char *room, size_t size)
{
    static const char own[] = SG_JAIL_WORK "/";
    if (strncmp(link, own, sizeof own - 1) == 0)
        link += sizeof own - 1;
    size_t length = link[0] == '/' ? strlen(link) : strcspn(link, ":");
    (void)snprintf(room, size, "%.*s", (int)(length < size ? length : size - 1), link);
}

static void count_held(struct sg_held *kinds, size_t *count, const char *what)
{
    size_t i = 0;
    while (i < *count && strcmp(kinds[i].what, what) != 0)
        i++;
    if (i == MOST_KINDS)
        return;
    if (i == *count) {
        (void)snprintf(kinds[i].what, sizeof kinds[i].what, "%s", what);
        (*count)++;
    }
    kinds[i].count++;
}

void sg_proc_most_held(pid_t pid, struct sg_held *ret)
{
    struct sg_held kinds[MOST_KINDS] = {0};
    size_t count = 0;
    char path[48], link[256], what[sizeof ret->what];
    *ret = (struct sg_held){0};
    (void)snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *folder = opendir(path);
    if (!folder)
        return;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        ssize_t length = readlinkat(dirfd(folder), entry->d_name, link, sizeof link - 1);
        if (length <= 0)
            continue;
        link[length] = 0;
        name_held(link, what, sizeof what);
        count_held(kinds, &count, what);
    }
    (void)closedir(folder);
    for (size_t i = 0; i < count; i++) {
        if (kinds[i].count > ret->count)
            *ret = kinds[i];
    }
}

uint64_t sg_proc_memory(pid_t pid)
{
    char path[48], text[128];
    (void)snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    unsigned long total, resident, shared;
    if (!read_small(path, text, sizeof text) ||
        sscanf(text, "%lu %lu %lu", &total, &resident, &shared) != 3)
        return 0;
    return (uint64_t)(resident - shared) * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* By the note that its linker leaves in every binary. */
bool sg_proc_is_go(pid_t pid)
{
    char path[48];
    (void)snprintf(path, sizeof path, "/proc/%d/exe", (int)pid);
    sg_autobytes struct sg_bytes head = {0};
    static const uint8_t note[] = {4, 0, 0, 0, 'G', 'o', 0, 0};
    return sg_file_peek(AT_FDCWD, path, 16384, &head) &&
           sg_slice_find(sg_bytes_slice(&head), (struct sg_slice){note, sizeof note}) != SIZE_MAX;
}

bool sg_proc_is_managed(pid_t pid)
{
    static const char *const runtimes[] = {"libjvm.so", "libpython", "libruby", "libperl",
                                           "/python",   "/node",     "/perl",   "/ruby",
                                           "/php",      "/mono",     "/dotnet", "/deno"};
    char path[48];
    (void)snprintf(path, sizeof path, "/proc/%d/maps", (int)pid);
    sg_autobytes struct sg_bytes maps = {0};
    if (!sg_file_peek(AT_FDCWD, path, 1 << 20, &maps))
        return false;
    for (size_t i = 0; i < SG_COUNT(runtimes); i++) {
        if (strstr(sg_bytes_text(&maps), runtimes[i]))
            return true;
    }
    return sg_proc_is_go(pid);
}

uint64_t sg_proc_handled_signals(pid_t pid)
{
    char path[48], text[4096];
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    if (!read_small(path, text, sizeof text))
        return 0;
    const char *line = strstr(text, "\nSigCgt:");
    return line ? strtoull(line + 8, NULL, 16) : 0;
}

bool sg_proc_holds_socket(pid_t pid, uint32_t inode)
{
    char path[48], wanted[48], target[64];
    (void)snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    int length = snprintf(wanted, sizeof wanted, "socket:[%u]", (unsigned)inode);
    DIR *folder = opendir(path);
    if (!folder)
        return false;
    bool found = false;
    for (const struct dirent *entry; !found && (entry = readdir(folder));) {
        ssize_t size = readlinkat(dirfd(folder), entry->d_name, target, sizeof target);
        found = size == length && memcmp(target, wanted, (size_t)length) == 0;
    }
    (void)closedir(folder);
    return found;
}

bool sg_proc_read_memory(pid_t pid, uint64_t address, void *to, size_t length)
{
    struct iovec ours = {.iov_base = to, .iov_len = length};
    struct iovec theirs = {.iov_base = (void *)(uintptr_t)address, .iov_len = length};
    return process_vm_readv(pid, &ours, 1, &theirs, 1, 0) == (ssize_t)length;
}
