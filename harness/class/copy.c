/* SPDX-License-Identifier: MIT
 * Copies the pieces of a submission within bounds: regular files and folders, by names that are
 * harmless. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "class/archive.h"
#include "class/gather.h"
#include "class/names.h"
#include "program/files.h"

struct copying {
    struct sg_draft *draft;
    size_t files;
    uint64_t bytes;
    struct sg_error *err;
};

static void spoil(struct copying *copying, const char *text)
{
    if (!copying->draft->spoiled)
        copying->draft->spoiled = sg_strdup(text);
}

static void leave_out(struct copying *copying, const char *name, const char *why)
{
    sg_autofree char *shown = sg_name_show(name);
    sg_autofree char *text = sg_printf("left out: '%s' (%s)", shown, why);
    sg_texts_add_new(&copying->draft->notes, text);
}

static int copy_bytes(struct copying *copying, int in, int out)
{
    while (!copying->draft->spoiled) {
        ssize_t count = sendfile(out, in, NULL, 1 << 20);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return sg_fail_os(copying->err, "copy a file");
        if (count == 0)
            return 0;
        copying->bytes += (uint64_t)count;
        if (copying->bytes > sg_unpack_submission.most_bytes) {
            sg_autofree char *text = sg_printf(
                "more than %llu MiB", (unsigned long long)(sg_unpack_submission.most_bytes >> 20));
            spoil(copying, text);
        }
    }
    return 0;
}

static int copy_file(struct copying *copying, int from, const char *name, int to, const char *as,
                     mode_t mode)
{
    sg_autoclose int in = openat(from, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (in < 0) {
        leave_out(copying, name, "it cannot be read");
        return 0;
    }
    if (mode & 07000) {
        sg_autofree char *shown = sg_name_show(name);
        sg_texts_add(&copying->draft->notes, "'%s' had a set-user-id bit or the like: removed",
                     shown);
    }
    sg_autoclose int out = openat(to, as, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                  mode & 0111 ? 0755 : 0644);
    if (out < 0 && (errno == EEXIST || errno == ENAMETOOLONG)) {
        leave_out(copying, name, "something else has its name");
        return 0;
    }
    if (out < 0)
        return sg_fail_os(copying->err, "create a file");
    return copy_bytes(copying, in, out);
}

static int copy_folder(struct copying *copying, int from, int to, int depth);

static int copy_below(struct copying *copying, int from, const char *name, int to, const char *as,
                      int depth)
{
    sg_autoclose int in = openat(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (in < 0) {
        leave_out(copying, name, "it cannot be read");
        return 0;
    }
    if (depth > SG_SUBMISSION_MOST_DEPTH) {
        spoil(copying, "folders are nested too deep in it");
        return 0;
    }
    if (mkdirat(to, as, 0755) < 0 && errno != EEXIST)
        return sg_fail_os(copying->err, "make a folder");
    sg_autoclose int out = openat(to, as, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (out < 0) {
        leave_out(copying, name, "something else has its name");
        return 0;
    }
    return copy_folder(copying, in, out, depth);
}

static int copy_entry(struct copying *copying, int from, const char *name, int to, int depth)
{
    struct stat status;
    sg_autobytes struct sg_bytes as = {0};
    if (sg_files_is_clutter(name)) {
        sg_autofree char *text =
            sg_printf("left out: '%s'", strncmp(name, "._", 2) == 0 ? "._*" : name);
        sg_texts_add_new(&copying->draft->notes, text);
        return 0;
    }
    if (fstatat(from, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return 0;
    if (++copying->files > sg_unpack_submission.most_files) {
        sg_autofree char *text = sg_printf("more than %zu files", sg_unpack_submission.most_files);
        spoil(copying, text);
        return 0;
    }
    const char *wrong = sg_name_clean(name, &as);
    if (wrong) {
        sg_autofree char *shown = sg_name_show(name);
        sg_texts_add(&copying->draft->notes, "a name was changed: '%s' is now '%s' (%s)", shown,
                     sg_bytes_text(&as), wrong);
    }
    if (S_ISDIR(status.st_mode))
        return copy_below(copying, from, name, to, sg_bytes_text(&as), depth + 1);
    if (S_ISREG(status.st_mode))
        return copy_file(copying, from, name, to, sg_bytes_text(&as), status.st_mode);
    leave_out(copying, name, S_ISLNK(status.st_mode) ? "a symbolic link" : "no file");
    return 0;
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
    for (const struct dirent *entry;
         !failed && !copying->draft->spoiled && (entry = readdir(folder));) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            failed = copy_entry(copying, from, entry->d_name, to, depth);
    }
    (void)closedir(folder);
    return failed;
}

static int copy_piece(struct copying *copying, const struct sg_piece *piece, int to)
{
    struct stat status;
    sg_autobytes struct sg_bytes as = {0};
    if (piece->name) {
        (void)sg_name_clean(piece->name, &as);
        if (lstat(piece->path, &status) < 0)
            return sg_fail_os(copying->err, "look at '%s'", piece->path);
        copying->files++;
        return copy_file(copying, AT_FDCWD, piece->path, to, sg_bytes_text(&as), status.st_mode);
    }
    sg_autoclose int from = open(piece->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (from < 0)
        return sg_fail_os(copying->err, "read the folder '%s'", piece->path);
    return copy_folder(copying, from, to, 0);
}

int sg_gather_copy(struct sg_draft *draft, const char *target, struct sg_error *err)
{
    struct copying copying = {.draft = draft, .err = err};
    sg_autoclose int to = open(target, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (to < 0)
        return sg_fail_os(err, "open the folder '%s'", target);
    for (size_t i = 0; !draft->spoiled && i < draft->piece_count; i++) {
        if (copy_piece(&copying, &draft->pieces[i], to) < 0)
            return -1;
    }
    return 0;
}
