/* SPDX-License-Identifier: MIT
 * Trees of files: copied within bounds, removed whatever their owner did to their rights. */
#include "base/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"

/* Opens the folder `name` in `dir`, giving its owner back the rights that a program took away. */
static int open_folder(int dir, const char *name)
{
    int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int fd = openat(dir, name, flags);
    if (fd < 0 && errno == EACCES && fchmodat(dir, name, 0700, 0) == 0)
        fd = openat(dir, name, flags);
    return fd;
}

/* What is below a folder that is removed. Folders nested deeper than DEEP are put right below the
 * top one first, so that neither descriptors nor the stack run out. */
struct removing {
    int top;
    unsigned moved;
};

enum { DEEP = 100 };

static int remove_at(struct removing *removing, int dir, const char *name, int depth);

static int remove_below(struct removing *removing, int dir, int depth)
{
    DIR *folder = fdopendir(dir);
    if (!folder) {
        (void)close(dir);
        return -1;
    }
    int failed = 0;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        int result = remove_at(removing, dirfd(folder), entry->d_name, depth + 1);
        /* The right to remove a file is its folder's. */
        if (result < 0 && errno == EACCES && fchmod(dirfd(folder), 0700) == 0)
            result = remove_at(removing, dirfd(folder), entry->d_name, depth + 1);
        failed |= result;
    }
    (void)closedir(folder);
    return failed;
}

/* Moves a folder to below the top one, where it is met later. */
static int move_up(struct removing *removing, int dir, const char *name)
{
    char place[32];
    do
        (void)snprintf(place, sizeof place, "moved-%u", removing->moved++);
    while (faccessat(removing->top, place, F_OK, AT_SYMLINK_NOFOLLOW) == 0);
    (void)fchmodat(dir, name, 0700, 0); /* its entry `..` changes */
    return renameat(dir, name, removing->top, place);
}

static int remove_at(struct removing *removing, int dir, const char *name, int depth)
{
    if (unlinkat(dir, name, 0) == 0 || errno == ENOENT)
        return 0;
    int refused = errno;
    if (refused != EISDIR && refused != EPERM && refused != EACCES)
        return -1;
    if (depth > DEEP)
        return move_up(removing, dir, name);
    int fd = open_folder(dir, name);
    if (fd < 0) {
        errno = errno == ENOTDIR ? refused : errno;
        return -1;
    }
    int failed = remove_below(removing, fd, depth);
    return unlinkat(dir, name, AT_REMOVEDIR) < 0 && errno != ENOENT ? -1 : failed;
}

static bool is_noexec(const char *folder)
{
    struct statvfs system;
    return statvfs(folder, &system) == 0 && (system.f_flag & ST_NOEXEC);
}

char *sg_make_scratch(const char *name, const char *otherwise, struct sg_error *err)
{
    const char *set = getenv("TMPDIR"), *base = set && *set ? set : otherwise;
    if (base == otherwise && is_noexec(base))
        base = "/var/tmp";
    const char *whose = base == set ? " (TMPDIR)" : "";
    if (is_noexec(base)) {
        (void)sg_fail_machine(err, "no program can be started from %s%s, which is mounted noexec",
                              base, whose);
        return NULL;
    }
    char *folder = sg_printf("%s/%s-XXXXXX", base, name);
    if (mkdtemp(folder))
        return folder;
    free(folder);
    (void)sg_fail_os(err, "make a scratch folder in %s%s", base, whose);
    return NULL;
}

int sg_remove_tree(const char *path, struct sg_error *err)
{
    struct removing removing = {.top = -1};
    if (unlink(path) == 0 || errno == ENOENT)
        return 0;
    if (errno != EISDIR && errno != EPERM && errno != EACCES)
        return sg_fail_os(err, "remove '%s'", path);
    sg_autoclose int top = open_folder(AT_FDCWD, path);
    removing.top = top;
    for (unsigned before = 0, first = 1; top >= 0 && (first || before != removing.moved);
         first = 0) {
        before = removing.moved;
        int again = open_folder(top, "."); /* reading it through moves its place */
        if (again < 0 || remove_below(&removing, again, 0) < 0)
            break;
    }
    if (top < 0 || rmdir(path) < 0)
        return sg_fail_os(err, "remove '%s'", path);
    return 0;
}

struct copying {
    const struct sg_copy_limits *limits;
    size_t files;
    size_t bytes;
    struct sg_error *err;
};

static int copy_folder(struct copying *copying, int from, int to, int depth);

static int copy_file(struct copying *copying, int from, int to, const char *name, mode_t mode)
{
    sg_autoclose int in = openat(from, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (in < 0 && errno == EACCES)
        return 0; /* as unreadable for us as for the program */
    if (in < 0)
        return sg_fail_os(copying->err, "read '%s'", name);
    mode_t rights = (mode & 0777) | 0600;
    struct stat status;
    /* One that is large and holds nothing, say. */
    if (fstat(in, &status) == 0 && status.st_size > 0 &&
        (size_t)status.st_size > copying->limits->most_bytes - copying->bytes)
        return sg_fail(copying->err, "more than %zu MiB, with '%s'",
                       copying->limits->most_bytes >> 20, name);
    sg_autoclose int out = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, rights);
    if (out < 0)
        return sg_fail_os(copying->err, "create '%s'", name);
    for (;;) {
        ssize_t count = sendfile(out, in, NULL, 1 << 20);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return sg_fail_os(copying->err, "copy '%s'", name);
        if (count == 0)
            return 0;
        copying->bytes += (size_t)count;
        if (copying->bytes > copying->limits->most_bytes)
            return sg_fail(copying->err, "more than %zu MiB", copying->limits->most_bytes >> 20);
    }
}

static int copy_link(int from, int to, const char *name, struct sg_error *err)
{
    char target[PATH_MAX];
    ssize_t length = readlinkat(from, name, target, sizeof target - 1);
    if (length < 0)
        return sg_fail_os(err, "read the link '%s'", name);
    target[length] = 0;
    if (symlinkat(target, to, name) < 0)
        return sg_fail_os(err, "create the link '%s'", name);
    return 0;
}

static int make_folder_at(const struct copying *copying, int dir, const char *name)
{
    int result = mkdirat(dir, name, 0777);
    return result < 0 && errno == EEXIST && copying->limits->into ? 0 : result;
}

static int copy_subfolder(struct copying *copying, int from, int to, const char *name, int depth)
{
    if (depth > SG_DEEPEST_FOLDERS)
        return sg_fail(copying->err, "folders are nested more than %d deep", SG_DEEPEST_FOLDERS);
    sg_autoclose int in = open_folder(from, name);
    if (in < 0 && errno == EACCES)
        return 0;
    if (in < 0 || make_folder_at(copying, to, name) < 0)
        return sg_fail_os(copying->err, "copy the folder '%s'", name);
    sg_autoclose int out = openat(to, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (out < 0)
        return sg_fail_os(copying->err, "open the folder '%s'", name);
    return copy_folder(copying, in, out, depth);
}

static int copy_entry(struct copying *copying, int from, int to, const char *name, int depth)
{
    struct stat status;
    if (fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT ? 0 : sg_fail_os(copying->err, "look at '%s'", name);
    if (++copying->files > copying->limits->most_files)
        return sg_fail(copying->err, "more than %zu files", copying->limits->most_files);
    if (S_ISDIR(status.st_mode))
        return copy_subfolder(copying, from, to, name, depth + 1);
    if (S_ISLNK(status.st_mode))
        return copy_link(from, to, name, copying->err);
    if (!S_ISREG(status.st_mode)) {
        if (copying->limits->left_out)
            (*copying->limits->left_out)++;
        return 0;
    }
    return copy_file(copying, from, to, name, status.st_mode);
}

static int copy_folder(struct copying *copying, int from, int to, int depth)
{
    int again = fcntl(from, F_DUPFD_CLOEXEC, 0);
    DIR *folder = again < 0 ? NULL : fdopendir(again);
    if (!folder) {
        if (again >= 0)
            (void)close(again);
        return sg_fail_os(copying->err, "read a folder");
    }
    int failed = 0;
    for (const struct dirent *entry; !failed && (entry = readdir(folder));) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        if (copying->limits->skip && copying->limits->skip(name))
            continue;
        failed = copy_entry(copying, from, to, name, depth);
    }
    (void)closedir(folder);
    return failed;
}

int sg_copy_tree(const char *from, const char *to, const struct sg_copy_limits *limits,
                 struct sg_error *err)
{
    struct copying copying = {.limits = limits, .err = err};
    sg_autoclose int in = open(from, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (in < 0) {
        (void)sg_fail_os(err, "cannot read the folder '%s'", from);
        err->blame = SG_BLAME_INPUT;
        return -1;
    }
    if (make_folder_at(&copying, AT_FDCWD, to) < 0)
        return sg_fail_os(err, "make the folder '%s'", to);
    sg_autoclose int out = open(to, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (out < 0)
        return sg_fail_os(err, "open the folder '%s'", to);
    if (copy_folder(&copying, in, out, 0) < 0)
        return sg_error_add(err, "copy '%s'", from);
    return 0;
}

int sg_give_tree(const char *path, uid_t user, gid_t group, struct sg_error *err)
{
    if (geteuid() != 0)
        return 0;
    DIR *folder = opendir(path);
    if (!folder)
        return sg_fail_os(err, "read '%s'", path);
    int failed = fchownat(dirfd(folder), ".", user, group, 0);
    for (const struct dirent *entry; !failed && (entry = readdir(folder));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        failed = fchownat(dirfd(folder), entry->d_name, user, group, AT_SYMLINK_NOFOLLOW);
        if (!failed && entry->d_type == DT_DIR) {
            sg_autofree char *below = sg_printf("%s/%s", path, entry->d_name);
            failed = sg_give_tree(below, user, group, err);
        }
    }
    (void)closedir(folder);
    return failed ? sg_fail_os(err, "give '%s' to an ordinary user", path) : 0;
}

static size_t size_of(const struct stat *status)
{
    size_t stored = (size_t)status->st_blocks * 512, seeming = (size_t)status->st_size;
    return S_ISREG(status->st_mode) && seeming > stored ? seeming : stored;
}

static void measure(int dir, int depth, const struct sg_tree_size *most, struct sg_tree_size *size)
{
    DIR *folder = fdopendir(dir);
    if (!folder) {
        (void)close(dir);
        return;
    }
    if (depth > SG_DEEPEST_FOLDERS)
        size->files = most->files + 1;
    for (const struct dirent *entry;
         size->files <= most->files && size->bytes <= most->bytes && (entry = readdir(folder));) {
        struct stat status;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            fstatat(dir, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
            continue;
        size->files++;
        size->bytes += size_of(&status);
        int below =
            S_ISDIR(status.st_mode)
                ? openat(dir, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                : -1;
        if (below >= 0)
            measure(below, depth + 1, most, size);
    }
    (void)closedir(folder);
}

struct sg_tree_size sg_measure_tree(const char *path, const struct sg_tree_size *most)
{
    struct sg_tree_size size = {0};
    int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir >= 0)
        measure(dir, 0, most, &size);
    return size;
}
