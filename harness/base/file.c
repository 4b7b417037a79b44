/* SPDX-License-Identifier: MIT
 * Files and descriptors: read with a bound, written whole or not at all. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void sg_close_pointer(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}

int sg_take_fd(int *fd)
{
    int taken = *fd;
    *fd = -1;
    return taken;
}

/* Appends at most `most` bytes from `fd`; -1 on a read error. */
static int append_from(int fd, size_t most, struct sg_bytes *ret)
{
    while (most) {
        size_t step = most < 65536 ? most : 65536;
        ssize_t count = read(fd, sg_bytes_reserve(ret, step), step);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        if (count == 0)
            break;
        ret->length += (size_t)count;
        most -= (size_t)count;
    }
    (void)sg_bytes_reserve(ret, 0);
    ret->data[ret->length] = 0;
    return 0;
}

int sg_file_read(const char *path, size_t most, struct sg_bytes *ret, struct sg_error *err)
{
    struct stat status;
    sg_autoclose int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &status) < 0) {
        (void)sg_fail_os(err, "cannot read '%s'", path);
        err->blame = SG_BLAME_INPUT;
        return -1;
    }
    if (!S_ISREG(status.st_mode))
        return sg_fail(err, "'%s' is no regular file", path);
    size_t before = ret->length;
    if (append_from(fd, most + 1, ret) < 0) {
        (void)sg_fail_os(err, "cannot read '%s'", path);
        err->blame = SG_BLAME_INPUT;
        return -1;
    }
    if (ret->length - before > most)
        return sg_fail(err, "'%s' is larger than %zu KiB", path, most / 1024);
    return 0;
}

/* Opens the file at `path` below the folder, of which no part is a link; -1 and errno. */
static int open_below(const char *folder, const char *path)
{
    enum { FLAGS = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK };
    sg_autofree char *copy = sg_strdup(path);
    char *rest = NULL, *part = strtok_r(copy, "/", &rest);
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (path[0] == '/' || !part)
        errno = EINVAL;
    for (char *next; dir >= 0 && path[0] != '/' && part; part = next) {
        next = strtok_r(NULL, "/", &rest);
        int fd = -1;
        if (strcmp(part, "..") == 0)
            errno = EINVAL;
        else
            fd = openat(dir, part, O_RDONLY | FLAGS | (next ? O_DIRECTORY : 0));
        int error = errno;
        (void)close(dir);
        errno = error;
        if (fd < 0 || !next)
            return fd;
        dir = fd;
    }
    if (dir >= 0)
        (void)close(dir);
    return -1;
}

int sg_file_read_below(const char *folder, const char *path, size_t most, struct sg_bytes *ret,
                       struct sg_error *err)
{
    struct stat status;
    sg_autoclose int fd = open_below(folder, path);
    size_t before = ret->length;
    if (fd < 0 || fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) ||
        append_from(fd, most + 1, ret) < 0 || ret->length - before > most)
        return sg_fail(err, "cannot read '%s'", path);
    return 0;
}

bool sg_file_peek(int dir, const char *path, size_t most, struct sg_bytes *ret)
{
    sg_autoclose int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
    return fd >= 0 && append_from(fd, most, ret) == 0;
}

int sg_write_all(int fd, struct sg_slice data, struct sg_error *err)
{
    while (data.length) {
        ssize_t count = write(fd, data.data, data.length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return sg_fail_os(err, "write");
        data = sg_slice_skip(data, (size_t)count);
    }
    return 0;
}

static int write_beside(const char *beside, struct sg_slice data, bool sync, struct sg_error *err)
{
    sg_autoclose int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return sg_fail_os(err, "create '%s'", beside);
    if (sg_write_all(fd, data, err) < 0)
        return -1;
    if (sync && fsync(fd) < 0 && errno != EINVAL && errno != EROFS)
        return sg_fail_os(err, "sync '%s'", beside);
    return 0;
}

/* A name of a device, or one that the kernel gives to a descriptor: nothing that can be
 * replaced. */
static bool is_special(const char *path)
{
    return strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0;
}

/* What lies where a file is to be written must be one, or nothing: a link or a pipe with the
 * report's name in a submission's folder leads elsewhere, or holds us up. Returns 0 or an errno. */
static int refuse_odd(const char *path)
{
    struct stat status;
    if (lstat(path, &status) < 0 || S_ISREG(status.st_mode))
        return 0;
    return S_ISDIR(status.st_mode) ? EISDIR : S_ISLNK(status.st_mode) ? ELOOP : EEXIST;
}

static int write_into(const char *path, struct sg_slice data, struct sg_error *err)
{
    /* Without O_NONBLOCK a pipe that nobody reads would hold us up. */
    sg_autoclose int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return sg_fail_os(err, "open it");
    if (fcntl(fd, F_SETFL, 0) < 0)
        return sg_fail_os(err, "make it blocking");
    return sg_write_all(fd, data, err);
}

/* A path that cannot be is its author's doing; a disk that is full is not. */
static int blame_for_path(const char *path, struct sg_error *err)
{
    static const int by_path[] = {ENOENT, EACCES, EPERM,   EISDIR, ENOTDIR, ENAMETOOLONG,
                                  ELOOP,  EROFS,  ETXTBSY, ENXIO,  EINVAL,  EEXIST};
    err->blame = SG_BLAME_MACHINE;
    for (size_t i = 0; i < sizeof by_path / sizeof by_path[0]; i++)
        err->blame = err->os == by_path[i] ? SG_BLAME_INPUT : err->blame;
    return sg_error_add(err, "cannot write '%s'", path);
}

static int refuse(int error, struct sg_error *err)
{
    errno = error;
    if (error == ELOOP)
        (void)sg_fail(err, "it is a symbolic link");
    else if (error == EEXIST)
        (void)sg_fail(err, "it is no regular file");
    else
        return sg_fail_os(err, "open it");
    err->os = error;
    return -1;
}

static int replace(const char *path, struct sg_slice data, bool sync, struct sg_error *err)
{
    if (is_special(path))
        return write_into(path, data, err) < 0 ? blame_for_path(path, err) : 0;
    int odd = refuse_odd(path);
    if (odd)
        return refuse(odd, err) < 0 ? blame_for_path(path, err) : 0;
    sg_autofree char *beside = sg_printf("%s.%d.part", path, (int)getpid());
    (void)unlink(beside);
    int failed = write_beside(beside, data, sync, err);
    if (!failed && rename(beside, path) < 0)
        failed = sg_fail_os(err, "rename '%s'", beside);
    if (!failed)
        return 0;
    (void)unlink(beside);
    return blame_for_path(path, err);
}

int sg_file_write(const char *path, struct sg_slice data, struct sg_error *err)
{
    return replace(path, data, true, err);
}

int sg_file_write_for_now(const char *path, struct sg_slice data, struct sg_error *err)
{
    return replace(path, data, false, err);
}

int sg_file_check_writable(const char *path, struct sg_error *err)
{
    struct stat status;
    const char *slash = strrchr(path, '/');
    sg_autofree char *folder =
        slash ? sg_printf("%.*s", slash > path ? (int)(slash - path) : 1, path) : sg_strdup(".");
    int failed = 0;
    int odd = is_special(path) ? 0 : refuse_odd(path);
    if (odd) {
        failed = refuse(odd, err);
    } else if (is_special(path)) {
        failed = access(path, W_OK) < 0 ? sg_fail_os(err, "open it") : 0;
    } else if (stat(folder, &status) == 0 && !S_ISDIR(status.st_mode)) {
        errno = ENOTDIR;
        failed = sg_fail_os(err, "in '%s'", folder);
    } else if (access(folder, W_OK | X_OK) < 0) {
        failed = sg_fail_os(err, "in the folder '%s'", folder);
    }
    return failed ? blame_for_path(path, err) : 0;
}

int sg_file_set(const char *path, const char *text, struct sg_error *err)
{
    sg_autoclose int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return sg_fail_os(err, "open '%s'", path);
    if (write(fd, text, strlen(text)) < 0)
        return sg_fail_os(err, "write '%s' to '%s'", text, path);
    return 0;
}

int sg_make_folders(const char *path, struct sg_error *err)
{
    sg_autofree char *copy = sg_strdup(path);
    for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        (void)mkdir(copy, 0777);
        *slash = '/';
    }
    struct stat status;
    if (mkdir(copy, 0777) < 0 && (errno != EEXIST || stat(copy, &status) < 0))
        return sg_fail_os(err, "make the folder '%s'", path);
    if (stat(copy, &status) == 0 && !S_ISDIR(status.st_mode)) {
        errno = ENOTDIR;
        return sg_fail_os(err, "make the folder '%s'", path);
    }
    return 0;
}
