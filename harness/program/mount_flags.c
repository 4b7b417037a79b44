/* SPDX-License-Identifier: MIT
 * Attributes of a mount and of all below it: by mount_setattr(2), and before Linux 5.12, which
 * brought it, by a remount of each. */
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"
#include "program/view.h"

enum { MOST_TABLE_BYTES = 1 << 20 };

static const struct {
    const char *word; /* in /proc/self/mountinfo */
    uint64_t attribute;
    unsigned long flag;
} rows[] = {
    {"ro", MOUNT_ATTR_RDONLY, MS_RDONLY},
    {"nosuid", MOUNT_ATTR_NOSUID, MS_NOSUID},
    {"nodev", MOUNT_ATTR_NODEV, MS_NODEV},
    {"noexec", MOUNT_ATTR_NOEXEC, MS_NOEXEC},
    {"noatime", MOUNT_ATTR_NOATIME, MS_NOATIME},
    {"nodiratime", MOUNT_ATTR_NODIRATIME, MS_NODIRATIME},
    {"relatime", 0, MS_RELATIME},
};

/* The flags that a mount has already, from the comma-separated words of the table. A remount that
 * left one out would be refused, or would take it away. */
static unsigned long flags_of(char *words)
{
    unsigned long flags = 0;
    char *rest = NULL;
    for (char *word = strtok_r(words, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
        for (size_t i = 0; i < SG_COUNT(rows); i++)
            flags |= strcmp(word, rows[i].word) == 0 ? rows[i].flag : 0;
    }
    return flags;
}

/* Blanks and the like are written as \040 in the table. */
static void unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from; to++) {
        if (from[0] == '\\' && from[1] >= '0' && from[1] <= '3' && from[2] && from[3]) {
            *to = (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 + (from[3] - '0'));
            from += 4;
        } else {
            *to = *from++;
        }
    }
    *to = 0;
}

static bool is_below(const char *path, const char *top)
{
    size_t length = strlen(top);
    return strncmp(path, top, length) == 0 && (path[length] == 0 || path[length] == '/');
}

/* One line: "36 35 98:0 /root /mount/point rw,noatime shared:1 - ext3 /dev/root rw". */
static int remount(char *line, const char *top, unsigned long flags, struct sg_error *err)
{
    char *rest = NULL, *fields[6] = {0};
    for (size_t i = 0; i < 6; i++)
        fields[i] = strtok_r(i ? NULL : line, " ", &rest);
    if (!fields[5])
        return 0;
    unescape(fields[4]);
    if (!is_below(fields[4], top))
        return 0;
    unsigned long all = MS_REMOUNT | MS_BIND | flags | flags_of(fields[5]);
    if (mount(NULL, fields[4], "none", all, NULL) < 0)
        return sg_fail_os(err, "remount '%s'", fields[4]);
    return 0;
}

static int remount_all(const char *path, uint64_t attributes, struct sg_error *err)
{
    unsigned long flags = 0;
    for (size_t i = 0; i < SG_COUNT(rows); i++)
        flags |= attributes & rows[i].attribute ? rows[i].flag : 0;
    sg_autobytes struct sg_bytes table = {0};
    sg_autofree char *top = realpath(path, NULL);
    if (!top || !sg_file_peek(AT_FDCWD, "/proc/self/mountinfo", MOST_TABLE_BYTES, &table))
        return sg_fail_os(err, "read the table of mounts");
    char *rest = NULL;
    for (char *line = strtok_r((char *)table.data, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        if (remount(line, top, flags, err) < 0)
            return -1;
    }
    return 0;
}

int sg_mount_set_flags(const char *path, uint64_t flags, struct sg_error *err)
{
    struct mount_attr attributes = {.attr_set = flags};
    long result =
        syscall(SYS_mount_setattr, AT_FDCWD, path, AT_RECURSIVE, &attributes, sizeof attributes);
    if (result < 0 && errno == ENOSYS)
        return remount_all(path, flags, err);
    return result < 0 ? sg_fail_os(err, "make '%s' read-only", path) : 0;
}
