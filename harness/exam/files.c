/* SPDX-License-Identifier: MIT
 * The files of a program's directory: put there before it starts, and read when it is to have
 * written one. */
#include "exam/files.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "exam/play.h"
#include "exam/steps.h"
#include "exam/wait.h"

/* Opens `path` below `folder`, wherever the program has put links. */
static int open_below(int folder, const char *path, uint64_t flags, uint64_t resolve)
{
    const struct open_how how = {.flags = flags | O_CLOEXEC, .resolve = RESOLVE_BENEATH | resolve};
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

/* The directory that the program finds itself in when it starts; -1: there is none in its
 * folder. */
int sg_exam_open_directory(const struct sg_exam_program *program)
{
    const char *below = program->found ? program->found->directory : NULL;
    sg_autoclose int folder = open(program->work, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 || !below)
        return sg_take_fd(&folder);
    return open_below(folder, below, O_PATH | O_DIRECTORY, RESOLVE_NO_MAGICLINKS);
}

static int put_file(struct sg_exam *exam, int directory, const struct sg_data *file,
                    struct sg_error *err)
{
    sg_autobytes struct sg_bytes content = {0};
    sg_data_make(&exam->data, file, &content);
    (void)unlinkat(directory, file->name,
                   0); /* whatever the submission has there is not followed */
    sg_autoclose int fd =
        openat(directory, file->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0)
        return sg_fail_os(err, "create the file '%s' of a program", file->name);
    if (sg_write_all(fd, sg_bytes_slice(&content), err) < 0)
        return -1;
    if (geteuid() == 0 && fchown(fd, sg_jail_user(), sg_jail_group()) < 0)
        return sg_fail_os(err, "give the file '%s' to an ordinary user", file->name);
    return 0;
}

int sg_exam_put_files(struct sg_exam *exam, struct sg_exam_program *program, struct sg_error *err)
{
    if (!program->spec->files.count)
        return 0;
    sg_autoclose int directory = sg_exam_open_directory(program);
    if (directory < 0 && errno == ENOSYS)
        return sg_fail_os(err, "open the directory of a program");
    for (size_t i = 0; directory >= 0 && i < program->spec->files.count; i++) {
        if (put_file(exam, directory, &program->spec->files.items[i], err) < 0)
            return -1;
    }
    return 0;
}

/* Opens a regular file that the program has made, and no other: links may lead anywhere, and a pipe
 * may never open. Returns -1 where there is none; *ret_size is its size. */
static int open_written(const struct sg_exam_program *program, const char *name, size_t *ret_size)
{
    struct stat status;
    sg_autoclose int directory = sg_exam_open_directory(program);
    sg_autoclose int fd =
        directory < 0
            ? -1
            : open_below(directory, name, O_RDONLY | O_NONBLOCK | O_NOCTTY, RESOLVE_NO_SYMLINKS);
    if (fd < 0 || fstat(fd, &status) < 0 || !S_ISREG(status.st_mode))
        return -1;
    *ret_size = (size_t)status.st_size;
    return sg_take_fd(&fd);
}

static void read_written(int fd, size_t most, struct sg_bytes *ret)
{
    ssize_t count = 1;
    sg_bytes_clear(ret);
    while (count > 0 && ret->length < most) {
        size_t room = most - ret->length < 65536 ? most - ret->length : 65536;
        count = read(fd, sg_bytes_reserve(ret, room), room);
        if (count < 0 && errno == EINTR)
            count = 1;
        else if (count > 0)
            ret->length += (size_t)count;
    }
}

struct writing {
    const struct sg_exam_program *program;
    const char *name;
    struct sg_slice content;
};

static bool is_written(struct sg_exam *exam, void *state)
{
    const struct writing *writing = state;
    size_t size;
    sg_autoclose int fd = open_written(writing->program, writing->name, &size);
    if (fd < 0 || size != writing->content.length)
        return false;
    read_written(fd, size, &exam->written);
    return sg_slice_equal(sg_bytes_slice(&exam->written), writing->content);
}

/* An empty datagram ends a file (numbered.c) where the program knows it, and not where it falls
 * over it. */
static bool fell_at_end(struct sg_exam *exam, const struct sg_exam_program *program)
{
    if (!exam->bare_end || !program->spec->listens)
        return false;
    (void)sg_exam_wait_for_rest(exam);
    return program->process.life >= SG_LIFE_ENDED && program->process.status != 0;
}

bool sg_exam_step_expect_file(struct sg_exam *exam, struct sg_exam_program *program,
                              const struct sg_step *step, struct sg_error *err)
{
    enum { MOST_BEHIND = 65536 }; /* of what is too much, for the diagnosis */
    (void)err;
    sg_autobytes struct sg_bytes content = {0};
    sg_data_make(&exam->data, &step->data, &content);
    struct writing writing = {program, step->file, sg_bytes_slice(&content)};
    enum sg_outcome outcome = sg_exam_wait(exam, is_written, &writing, exam->assignment->reply_ns);
    bool whole = outcome == SG_OUTCOME_MET || is_written(exam, &writing);
    if (whole && !fell_at_end(exam, program))
        return true;
    size_t size;
    sg_autoclose int fd = open_written(program, step->file, &size);
    sg_bytes_clear(&exam->written);
    if (fd >= 0)
        read_written(fd, content.length + MOST_BEHIND, &exam->written);
    (void)sg_exam_fail(exam, SG_FAILURE_FILE, step, outcome);
    sg_bytes_clear(&exam->expected);
    sg_bytes_add(&exam->expected, content.data, content.length);
    exam->evidence.expected = sg_bytes_slice(&exam->expected);
    exam->evidence.got = sg_bytes_slice(&exam->written);
    exam->evidence.no_file = fd < 0;
    return false;
}
