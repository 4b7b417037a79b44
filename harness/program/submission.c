/* SPDX-License-Identifier: MIT
 * A submission: opened, built, done with. */
#include "program/submission.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/language.h"
#include "base/table.h"
#include "base/tree.h"
#include "program/jail.h"

static void note_submission(struct sg_submission *submission, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void note_submission(struct sg_submission *submission, const char *format, ...)
{
    struct sg_bytes text = {0};
    va_list args;
    va_start(args, format);
    sg_bytes_vprintf(&text, _(format), args);
    va_end(args);
    submission->notes =
        sg_realloc_array(submission->notes, submission->note_count + 1, sizeof *submission->notes);
    submission->notes[submission->note_count++] = sg_bytes_take_text(&text);
}

void sg_submission_hide(struct sg_submission *submission, const char *path)
{
    char full[PATH_MAX];
    if (path && realpath(path, full))
        sg_words_add(&submission->hidden, full);
}

/* Itself; and where submissions lie side by side below /opt, which programs see, the others. */
static void hide_submissions(struct sg_submission *submission, const char *full)
{
    const char *slash = strrchr(full, '/');
    sg_autofree char *parent = sg_printf("%.*s", slash ? (int)(slash - full) : 0, full);
    sg_submission_hide(submission, strncmp(parent, "/opt/", 5) == 0 ? parent : full);
}

/* Where the only thing in `path` is a folder (as archives like to have it), that folder; but not
 * one whose name says what is in it. */
static char *enter_wrapping(const char *path)
{
    DIR *folder = opendir(path);
    char *only = NULL;
    size_t count = 0;
    for (const struct dirent *entry; folder && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.' || sg_files_is_clutter(entry->d_name))
            continue;
        count++;
        free(only);
        only = sg_printf("%s/%s", path, entry->d_name);
    }
    if (folder)
        (void)closedir(folder);
    struct stat status;
    bool telling = only && (strcasestr(only + strlen(path), "server") ||
                            strcasestr(only + strlen(path), "client"));
    if (count == 1 && !telling && lstat(only, &status) == 0 && S_ISDIR(status.st_mode))
        return only;
    free(only);
    return NULL;
}

static int make_folder(struct sg_submission *submission, const struct sg_rungs *rungs,
                       struct sg_error *err)
{
    /* A program without a view of its own shares /tmp with us: there it could meet what is not
     * its. */
    const char *otherwise = rungs->jail == SG_JAIL_FULL ? "/tmp" : "/var/tmp";
    submission->folder = sg_make_scratch("sockgrade", otherwise, err);
    if (!submission->folder)
        return -1;
    sg_autofree char *mount_point = sg_printf("%s/case", submission->folder);
    if (mkdir(mount_point, 0755) < 0)
        return sg_fail_os(err, "make the folder '%s'", mount_point);
    submission->tree = sg_printf("%s/tree", submission->folder);
    return 0;
}

static int copy_in(struct sg_submission *submission, struct sg_error *err)
{
    size_t left_out = 0;
    const struct sg_copy_limits limits = {
        .most_files = SG_MOST_SUBMISSION_FILES,
        .most_bytes = SG_MOST_SUBMISSION_BYTES,
        .skip = sg_files_is_clutter,
        .left_out = &left_out,
    };
    if (sg_copy_tree(submission->top, submission->tree, &limits, err) < 0)
        return -1;
    if (left_out)
        note_submission(submission,
                        "%zu of what is in the submission is no file, folder or link (a pipe, a "
                        "socket or a device), and was left out",
                        left_out);
    return sg_give_tree(submission->folder, sg_jail_user(), sg_jail_group(), err);
}

int sg_submission_open(const char *path, struct sg_submission *ret,
                       struct sg_complaints *complaints, struct sg_error *err)
{
    *ret = (struct sg_submission){.path = sg_strdup(path)};
    char full[PATH_MAX];
    if (!realpath(path, full))
        return sg_fail(err, "cannot read the folder '%s': %s", path, sg_errno_text(errno));
    struct stat status;
    if (stat(full, &status) < 0 || !S_ISDIR(status.st_mode))
        return sg_fail(err, "'%s' is no folder", path);
    hide_submissions(ret, full);
    const char *slash = strrchr(full, '/');
    ret->id = sg_strdup(slash && slash[1] ? slash + 1 : "submission");
    ret->top = enter_wrapping(path);
    if (ret->top)
        note_submission(ret, "the submission is one folder inside another: %s",
                        strrchr(ret->top, '/') + 1);
    else
        ret->top = sg_strdup(path);
    return sg_manifest_read(ret->top, &ret->manifest, complaints, err);
}

static void take_build_result(struct sg_submission *submission, const struct sg_build_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct sg_build_step *step = &plan->steps[i];
        if (!step->failed || submission->build.failed || sg_build_step_lacks_tool(step))
            continue;
        submission->build.failed = true;
        submission->build.message =
            sg_printf(_("%s failed"), step->source ? step->source : step->command);
        submission->build.log = sg_strdup(step->output ? step->output : "");
    }
}

/* make takes a carriage return for a part of the line. */
static void note_line_ends(struct sg_submission *submission, const struct sg_files *files)
{
    enum { MOST_BYTES = 1 << 20 };
    static const char *const names[] = {"Makefile", "makefile", "GNUmakefile"};
    for (size_t i = 0; i < SG_COUNT(names); i++) {
        sg_autobytes struct sg_bytes text = {0};
        struct sg_error ignored;
        if (sg_files_has(files, names[i]) &&
            sg_file_read_below(submission->tree, names[i], MOST_BYTES, &text, &ignored) == 0 &&
            sg_slice_find(sg_bytes_slice(&text), sg_slice_text("\r\n")) != SIZE_MAX)
            note_submission(submission,
                            "the lines of %s end as on Windows (CRLF), and make takes the CR "
                            "for a part of them: save it with LF",
                            names[i]);
    }
}

int sg_submission_build(struct sg_submission *submission, const struct sg_assignment *assignment,
                        const struct sg_rungs *rungs, struct sg_error *err)
{
    struct sg_files files;
    struct sg_build_plan plan;
    if (make_folder(submission, rungs, err) < 0 || copy_in(submission, err) < 0)
        return -1;
    if (sg_files_list(submission->tree, &files, err) < 0)
        return -1;
    note_line_ends(submission, &files);
    sg_build_plan_make(submission, &files, &plan);
    int failed = sg_build_plan_run(submission, rungs, &plan, err);
    if (!failed) {
        take_build_result(submission, &plan);
        sg_find_programs(submission, assignment, &plan, err);
    }
    sg_build_plan_done(&plan);
    sg_files_done(&files);
    return failed;
}

static void found_done(struct sg_found *found)
{
    sg_words_done(&found->command);
    sg_words_done(&found->environment);
    sg_words_done(&found->input);
    free(found->directory);
    free(found->message);
}

void sg_submission_done(struct sg_submission *submission)
{
    struct sg_error ignored;
    if (submission->folder)
        (void)sg_remove_tree(submission->folder, &ignored);
    sg_words_done(&submission->hidden);
    sg_manifest_done(&submission->manifest);
    found_done(&submission->server);
    found_done(&submission->client);
    free(submission->build.message);
    free(submission->build.log);
    for (size_t i = 0; i < submission->note_count; i++)
        free(submission->notes[i]);
    free(submission->notes);
    free(submission->path);
    free(submission->top);
    free(submission->id);
    free(submission->folder);
    free(submission->tree);
    *submission = (struct sg_submission){0};
}
