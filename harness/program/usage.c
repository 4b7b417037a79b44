/* SPDX-License-Identifier: MIT
 * What a program's processes use together. The sum of what each has in memory is cheap to read and
 * counts shared pages once for each process: only where it is too large are the pages divided by
 * their users. */
#include "program/usage.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/table.h"
#include "base/tree.h"

/* The number behind `name` in a file of `NAME: NUMBER kB` lines, in bytes. */
static size_t read_kilobytes(const char *path, const char *name)
{
    sg_autobytes struct sg_bytes text = {0};
    if (!sg_file_peek(AT_FDCWD, path, 4096, &text))
        return 0;
    const char *at = strstr(sg_bytes_text(&text), name);
    return at ? (size_t)strtoull(at + strlen(name), NULL, 10) << 10 : 0;
}

static size_t resident_bytes(pid_t pid)
{
    char path[48];
    (void)snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    sg_autobytes struct sg_bytes text = {0};
    if (!sg_file_peek(AT_FDCWD, path, 256, &text))
        return 0;
    const char *at = strchr(sg_bytes_text(&text), ' ');
    return at ? (size_t)strtoull(at, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

static size_t own_share_bytes(pid_t pid)
{
    char path[48];
    (void)snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    return read_kilobytes(path, "\nPss:");
}

typedef size_t count_bytes(pid_t pid);

static size_t sum(const struct sg_tree *tree, count_bytes *count)
{
    size_t all = 0;
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->threads[i].pid == tree->threads[i].tid)
            all += count(tree->threads[i].pid);
    }
    return all;
}

/* Segments of System V belong to no process; the table is that of our own, and the program's,
 * namespace. */
static size_t segment_bytes(void)
{
    enum { RESIDENT_COLUMN = 14, MOST_TABLE = 1 << 18 };
    sg_autobytes struct sg_bytes table = {0};
    if (!sg_file_peek(AT_FDCWD, "/proc/sysvipc/shm", MOST_TABLE, &table))
        return 0;
    size_t all = 0;
    for (const char *line = strchr(sg_bytes_text(&table), '\n'); line && line[1];
         line = strchr(line + 1, '\n')) {
        const char *at = line + 1;
        for (int column = 0; column <= RESIDENT_COLUMN; column++) {
            at += strspn(at, " ");
            if (column == RESIDENT_COLUMN)
                all += (size_t)strtoull(at, NULL, 10);
            at += strcspn(at, " \n");
        }
    }
    return all;
}

/* The most that one process has used. Its threads stand side by side in a tree. */
static uint64_t most_run_ns(const struct sg_tree *tree)
{
    uint64_t most = 0, own = 0;
    for (size_t i = 0; i < tree->count; i++) {
        bool same = i > 0 && tree->threads[i].pid == tree->threads[i - 1].pid;
        own = (same ? own : 0) + tree->threads[i].run_ns;
        most = own > most ? own : most;
    }
    return most;
}

enum sg_excess sg_usage_look(const struct sg_process *process, const struct sg_limits *limits,
                             const struct sg_tree *tree)
{
    if (process->out.bytes.length + process->out.dropped > limits->output_bytes ||
        process->err.bytes.length + process->err.dropped > limits->output_bytes)
        return SG_EXCESS_OUTPUT;
    /* The last few are never reached: those of the jail itself count, too. */
    if (tree->count + 8 > limits->processes)
        return SG_EXCESS_PROCESSES;
    if (most_run_ns(tree) >= limits->cpu_seconds * SG_NS_PER_S)
        return SG_EXCESS_TIME;
    if (process->contained && segment_bytes() > limits->memory_bytes)
        return SG_EXCESS_MEMORY;
    if (sum(tree, resident_bytes) > limits->memory_bytes &&
        sum(tree, own_share_bytes) > limits->memory_bytes)
        return SG_EXCESS_MEMORY;
    return SG_EXCESS_NONE;
}

char *sg_usage_limit(const struct sg_limits *limits, enum sg_excess excess)
{
    switch (excess) {
    case SG_EXCESS_PROCESSES:
        return sg_printf("%zu processes and threads", limits->processes);
    case SG_EXCESS_MEMORY:
        return sg_printf("%zu MiB of memory", limits->memory_bytes >> 20);
    case SG_EXCESS_TIME:
        return sg_printf("%zu s of processor time", limits->cpu_seconds);
    case SG_EXCESS_OUTPUT:
        return sg_printf("%zu MiB of output", limits->output_bytes >> 20);
    case SG_EXCESS_FILES:
        return sg_printf("%zu MiB, %zu files or %d nested folders in its folder",
                         limits->tree_bytes >> 20, limits->tree_files, SG_DEEPEST_FOLDERS);
    case SG_EXCESS_NONE:
        break;
    }
    return sg_strdup("nothing");
}
