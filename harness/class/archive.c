/* SPDX-License-Identifier: MIT
 * The process that unpacks. One child per archive: what a damaged or hostile archive does to the
 * library that reads it, it does there; and the library, with the twenty that it needs, is mapped
 * there alone (every case is forked from the process that grades).
 *
 *   parent ── reads remarks until the end of the pipe ──▶ child: unpacks, writes its remarks
 *
 * A remark is a byte that says its sort and two strings, each ended by a NUL. */
#include "class/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/file.h"
#include "base/stop.h"
#include "base/table.h"
#include "class/names.h"

enum { MOST_REPORT_BYTES = 16 << 20, MOST_SECONDS = 600 };
enum { SORT_NOTE = 'n', SORT_SPOILS = 's', SORT_MACHINE = 'm', SORT_END = 'e' };

const struct sg_unpack_limits sg_unpack_submission = {
    .most_files = 20000,
    .most_bytes = UINT64_C(512) << 20,
    .total_files = 20000,
    .total_bytes = UINT64_C(512) << 20,
};
const struct sg_unpack_limits sg_unpack_class = {
    .share = 3, /* a folder around it all, the student's, and what is in that */
    .most_files = 20000,
    .most_bytes = UINT64_C(512) << 20,
    .total_files = 500000,
    .total_bytes = UINT64_C(16) << 30,
};

static bool ends_in_one(const char *name, const char *const *ends, size_t count, size_t *ret_stem)
{
    for (size_t i = 0; i < count; i++) {
        if (!sg_name_ends(name, ends[i]))
            continue;
        if (ret_stem)
            *ret_stem = strlen(name) - strlen(ends[i]);
        return true;
    }
    return false;
}

bool sg_archive_known(const char *name, size_t *ret_stem)
{
    static const char *const ends[] = {".zip", ".tar",     ".tar.gz", ".tgz",     ".tar.xz", ".txz",
                                       ".tbz", ".tar.zst", ".tzst",   ".tar.bz2", ".tbz2"};
    return ends_in_one(name, ends, SG_COUNT(ends), ret_stem);
}

bool sg_archive_foreign(const char *name)
{
    static const char *const ends[] = {".rar", ".7z", ".lzh", ".cab", ".arj", ".ace"};
    return ends_in_one(name, ends, SG_COUNT(ends), NULL);
}

static void add_record(struct sg_bytes *out, char sort, const char *path, const char *text)
{
    sg_bytes_add_byte(out, (uint8_t)sort);
    sg_bytes_add(out, path, strlen(path) + 1);
    sg_bytes_add(out, text, strlen(text) + 1);
}

static void bound_child(void)
{
    const struct rlimit seconds = {MOST_SECONDS, MOST_SECONDS}, none = {0, 0};
    (void)setrlimit(RLIMIT_CPU, &seconds);
    (void)setrlimit(RLIMIT_CORE, &none);
}

_Noreturn static void be_child(pid_t parent, int pipe, const char *file, const char *folder,
                               const struct sg_unpack_limits *limits)
{
    struct sg_error err = {0};
    struct sg_remarks remarks = {0};
    sg_autobytes struct sg_bytes out = {0};
    pipe = sg_child_begin(parent, pipe);
    bound_child();
    int failed = sg_archive_unpack_here(file, folder, limits, &remarks, &err);
    for (size_t i = 0; i < remarks.count; i++)
        add_record(&out, remarks.items[i].spoils ? SORT_SPOILS : SORT_NOTE, remarks.items[i].path,
                   remarks.items[i].text);
    if (remarks.unsaid)
        add_record(&out, SORT_NOTE, "", "and more of this");
    add_record(&out, failed ? SORT_MACHINE : SORT_END, "", err.text);
    (void)sg_write_all(pipe, sg_bytes_slice(&out), &err);
    _exit(0);
}

enum reading { READ_ALL, READ_STOPPED, READ_TOO_MUCH };

/* Appends all that comes through `pipe`, within bounds: whoever has taken over the child could
 * write for ever. */
static enum reading read_report(int pipe, struct sg_bytes *out)
{
    sg_autoclose int stop = sg_stop_open();
    struct pollfd sources[] = {{.fd = pipe, .events = POLLIN}, {.fd = stop, .events = POLLIN}};
    while (out->length <= MOST_REPORT_BYTES) {
        if (poll(sources, SG_COUNT(sources), -1) < 0 && errno != EINTR)
            return READ_STOPPED;
        if (sg_stop_asked())
            return READ_STOPPED;
        if (!sources[0].revents)
            continue;
        ssize_t count = read(pipe, sg_bytes_reserve(out, 65536), 65536);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return READ_ALL;
        out->length += (size_t)count;
    }
    return READ_TOO_MUCH;
}

/* Reads the records. False where the last one, which ends a report, has not come. */
static bool take_report(struct sg_slice rest, struct sg_remarks *ret, struct sg_error *err,
                        int *ret_failed)
{
    while (rest.length) {
        char sort = (char)rest.data[0];
        const char *path = (const char *)rest.data + 1;
        size_t length = strnlen(path, rest.length - 1) + 1;
        if (1 + length >= rest.length)
            return false;
        const char *text = path + length;
        size_t more = strnlen(text, rest.length - 1 - length) + 1;
        if (1 + length + more > rest.length)
            return false;
        if (sort == SORT_END)
            return true;
        if (sort == SORT_MACHINE) {
            *ret_failed = sg_fail_machine(err, "%s", text);
            return true;
        }
        sg_remarks_add(ret, path, sort == SORT_SPOILS, text);
        rest = sg_slice_skip(rest, 1 + length + more);
    }
    return false;
}

/* Ends the child and takes its status: that of its own end, where it had begun to end. */
static int end_child(pid_t child)
{
    int status = 0;
    (void)kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return 0;
    }
    return status;
}

static char *describe_end(enum reading reading, int status)
{
    if (reading == READ_TOO_MUCH)
        return sg_strdup("it could not be unpacked: too much is wrong with it");
    if (WIFSIGNALED(status))
        return sg_printf("it could not be unpacked: the attempt ended by signal %d (%s)",
                         WTERMSIG(status), strsignal(WTERMSIG(status)));
    return sg_printf("it could not be unpacked: the attempt ended with status %d",
                     WEXITSTATUS(status));
}

int sg_archive_unpack(const char *file, const char *folder, const struct sg_unpack_limits *limits,
                      struct sg_remarks *ret, struct sg_error *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return sg_fail_os(err, "make a pipe");
    sg_autoclose int reading = ends[0], writing = ends[1];
    pid_t parent = getpid(), child = fork();
    if (child < 0)
        return sg_fail_os(err, "start a process to unpack '%s'", file);
    if (child == 0)
        be_child(parent, writing, file, folder, limits);
    (void)close(sg_take_fd(&writing));

    sg_autobytes struct sg_bytes report = {0};
    int failed = 0;
    enum reading ended = read_report(reading, &report);
    int status = end_child(child);
    if (ended == READ_STOPPED)
        return sg_fail_machine(err, "unpacking '%s' was stopped", file);
    if (ended == READ_ALL && take_report(sg_bytes_slice(&report), ret, err, &failed))
        return failed;
    sg_autofree char *text = describe_end(ended, status);
    sg_remarks_add(ret, "", true, text);
    return 0;
}
