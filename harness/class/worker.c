/* SPDX-License-Identifier: MIT
 * The worker of one submission.
 *
 * Its answer is lines, then a result file:
 *
 *   case               one more case has ended; a sign of life
 *   digest HEX         what the submission is
 *   kept               … and its result is there already
 *   graded N           N cases: N lines "RUNS PASSED AGREEING", then the result file to the end
 *   refused, failed    the reason follows, to the end
 *
 * It never touches the parent's database, whose descriptors it closes first of all. */
#include "class/worker.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"
#include "base/file.h"
#include "exam/grade.h"
#include "program/submission.h"
#include "result/json.h"

enum {
    MOST_ANSWER_BYTES = 64 << 20,
    SILENT_SECONDS = 1200, /* a build with its steps, or a case with its probes, takes less */
};

/* --- in the worker ---------------------------------------------------------------------------- */

static void tell(int fd, const struct sg_bytes *text)
{
    struct sg_error ignored; /* a parent that is gone ends us */
    (void)sg_write_all(fd, sg_bytes_slice(text), &ignored);
}

static void tell_text(int fd, const char *word, const char *text)
{
    sg_autobytes struct sg_bytes line = {0};
    sg_bytes_printf(&line, "%s %s\n", word, text);
    tell(fd, &line);
}

static void show_life(void *state, const struct sg_case_result *result, size_t done, size_t all)
{
    static const char line[] = "case\n";
    struct sg_error ignored;
    (void)result, (void)done, (void)all;
    (void)sg_write_all(*(const int *)state, sg_slice_text(line), &ignored);
}

/* A text about the submission names it as results do, wherever it is on this machine. */
static char *with_shown_path(const struct sg_worker_task *task, const char *text)
{
    sg_autofree char *shown = sg_class_shown_path(task->class, task->entry);
    struct sg_bytes out = {0};
    size_t length = strlen(task->entry->path);
    for (const char *found; length && (found = strstr(text, task->entry->path));
         text = found + length) {
        sg_bytes_add(&out, text, (size_t)(found - text));
        sg_bytes_add_text(&out, shown);
    }
    sg_bytes_add_text(&out, text);
    return sg_bytes_take_text(&out);
}

static void compare(const struct sg_run *first, const struct sg_run *run,
                    struct sg_stability *stability)
{
    for (size_t i = 0; i < first->case_count && i < run->case_count; i++) {
        const struct sg_case_result *a = &first->cases[i], *b = &run->cases[i];
        stability[i].runs++;
        stability[i].passed += b->status == SG_STATUS_PASSED;
        stability[i].agreeing += a->status == b->status && a->diagnosis.code == b->diagnosis.code;
    }
}

static void tell_run(int fd, const struct sg_run *run, const struct sg_stability *stability)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_bytes_printf(&text, "graded %zu\n", run->case_count);
    for (size_t i = 0; i < run->case_count; i++)
        sg_bytes_printf(&text, "%" PRId64 " %" PRId64 " %" PRId64 "\n", stability[i].runs,
                        stability[i].passed, stability[i].agreeing);
    sg_run_to_json(run, false, &text);
    tell(fd, &text);
}

static int grade(const struct sg_worker_task *task, const struct sg_submission *submission, int fd,
                 struct sg_error *err)
{
    const struct sg_class *class = task->class;
    const struct sg_grading grading = {
        .assignment = class->assignment,
        .submission = submission,
        .machine = class->machine,
        .references = class->references,
        .seed = class->seed,
        .jobs = task->jobs,
        .role = class->role,
        .patterns = class->patterns,
        .pattern_count = class->pattern_count,
        .progress = show_life,
        .progress_state = &fd,
    };
    struct sg_run first = {0};
    if (sg_grade(&grading, &first, err) < 0)
        return -1;
    sg_autofree struct sg_stability *stability =
        sg_alloc((first.case_count + 1) * sizeof *stability);
    compare(&first, &first, stability);
    int failed = 0;
    for (int i = 1; i < class->repeat && !failed; i++) {
        struct sg_run again = {0};
        failed = sg_grade(&grading, &again, err);
        compare(&first, &again, stability);
        sg_run_done(&again);
    }
    if (!failed)
        tell_run(fd, &first, stability);
    sg_run_done(&first);
    return failed;
}

/* Chance comes from the id, so that it is the same wherever the submission lies. */
static void name_submission(const struct sg_worker_task *task, struct sg_submission *submission)
{
    free(submission->id);
    free(submission->path);
    submission->id = sg_strdup(task->entry->id);
    submission->path = sg_class_shown_path(task->class, task->entry);
}

static void hide(const struct sg_worker_task *task, struct sg_submission *submission)
{
    for (size_t i = 0; i < task->class->hidden->count; i++)
        sg_submission_hide(submission, task->class->hidden->items[i]);
}

static int grade_submission(const struct sg_worker_task *task, int fd, struct sg_error *err)
{
    struct sg_submission submission = {0};
    struct sg_complaints complaints = {0};
    int failed = sg_submission_open(task->entry->path, &submission, &complaints, err);
    if (!failed)
        failed =
            sg_manifest_settle(&submission.manifest, task->class->assignment, &complaints, err);
    if (complaints.count) {
        sg_autobytes struct sg_bytes text = {0};
        sg_complaints_print(&complaints, &text);
        failed = sg_fail(err, "%s", sg_bytes_text(&text));
    }
    if (!failed) {
        name_submission(task, &submission);
        hide(task, &submission);
        failed = sg_submission_build(&submission, task->class->assignment,
                                     &task->class->machine->rungs, err);
    }
    if (!failed)
        failed = grade(task, &submission, fd, err);
    sg_children_end(); /* what is removed below may be theirs */
    sg_submission_done(&submission);
    sg_complaints_done(&complaints);
    return failed;
}

static int work(const struct sg_worker_task *task, int fd, struct sg_error *err)
{
    struct sg_digest digest;
    if (sg_digest_tree(task->entry->path, &digest, err) < 0)
        return -1;
    tell_text(fd, "digest", digest.text);
    if (task->known && strcmp(task->known, digest.text) == 0) {
        tell_text(fd, "kept", "");
        return 0;
    }
    return grade_submission(task, fd, err);
}

static _Noreturn void run_worker(const struct sg_worker_task *task, int fd)
{
    struct sg_error err = {0};
    sg_children_adopt();
    (void)setenv("TMPDIR", task->folder, 1); /* what it leaves is removed with the folder */
    if (work(task, fd, &err) < 0) {
        sg_autofree char *reason = with_shown_path(task, err.text);
        tell_text(fd, err.blame == SG_BLAME_INPUT ? "refused" : "failed", reason);
    }
    _exit(0);
}

/* --- in its parent ---------------------------------------------------------------------------- */

int sg_class_worker_start(struct sg_answerer *worker, const struct sg_worker_task *task,
                          struct sg_error *err)
{
    int fd;
    if (sg_answerer_start(worker, MOST_ANSWER_BYTES, &fd, err) < 0)
        return -1;
    if (fd >= 0)
        run_worker(task, fd);
    return 0;
}

bool sg_class_worker_read(struct sg_answerer *worker)
{
    return sg_answerer_read(worker) ||
           sg_now_ns() - worker->heard_ns > SILENT_SECONDS * SG_NS_PER_S;
}

/* The next line of the answer, without its end; false where there is none. */
static bool next_line(struct sg_slice *rest, struct sg_slice *ret)
{
    size_t length = sg_slice_find(*rest, sg_slice_text("\n"));
    if (length == SIZE_MAX)
        return false;
    *ret = sg_slice_first(*rest, length);
    *rest = sg_slice_skip(*rest, length + 1);
    return true;
}

/* What follows the word `word` and a blank in `line`, as a string that the caller frees; or
 * NULL. */
static char *behind(struct sg_slice line, const char *word)
{
    size_t length = strlen(word);
    if (line.length <= length || memcmp(line.data, word, length) != 0 || line.data[length] != ' ')
        return NULL;
    line = sg_slice_skip(line, length + 1);
    return sg_printf("%.*s", (int)line.length, (const char *)line.data);
}

static bool read_stability(struct sg_slice *rest, size_t count, struct sg_stability *ret)
{
    struct sg_slice line;
    for (size_t i = 0; i < count; i++) {
        if (!next_line(rest, &line))
            return false;
        sg_autofree char *text = sg_printf("%.*s", (int)line.length, (const char *)line.data);
        if (sscanf(text, "%" SCNd64 " %" SCNd64 " %" SCNd64, &ret[i].runs, &ret[i].passed,
                   &ret[i].agreeing) != 3)
            return false;
    }
    return true;
}

static bool read_graded(struct sg_slice rest, const char *number, struct sg_class_answer *ret)
{
    struct sg_error ignored;
    size_t count = (size_t)strtoul(number, NULL, 10);
    if (count > rest.length) /* there is a line for each */
        return false;
    ret->stability = sg_alloc((count + 1) * sizeof *ret->stability);
    return read_stability(&rest, count, ret->stability) &&
           sg_run_from_json(rest, &ret->run, &ignored) == 0 && ret->run.case_count == count;
}

/* The reason, which goes on behind its first line. */
static void take_reason(struct sg_class_answer *ret, enum sg_class_answer_kind kind,
                        struct sg_slice text)
{
    while (text.length && strchr(" \n", text.data[text.length - 1]))
        text.length--;
    ret->kind = kind;
    ret->reason = sg_printf("%.*s", (int)text.length, (const char *)text.data);
}

/* False where the answer ends too soon. */
static bool read_answer(struct sg_slice rest, struct sg_class_answer *ret)
{
    struct sg_slice line;
    for (struct sg_slice from = rest; next_line(&rest, &line); from = rest) {
        sg_autofree char *digest = behind(line, "digest"), *kept = behind(line, "kept");
        sg_autofree char *graded = behind(line, "graded");
        sg_autofree char *refused = behind(line, "refused"), *failed = behind(line, "failed");
        if (digest)
            (void)snprintf(ret->content.text, sizeof ret->content.text, "%s", digest);
        else if (refused || failed)
            take_reason(ret, refused ? SG_CLASS_ANSWER_REFUSED : SG_CLASS_ANSWER_ERROR,
                        sg_slice_skip(from, refused ? strlen("refused ") : strlen("failed ")));
        else if (kept || graded)
            ret->kind = kept ? SG_CLASS_ANSWER_KEPT : SG_CLASS_ANSWER_GRADED;
        if (refused || failed || kept)
            return true;
        if (graded)
            return read_graded(rest, graded, ret);
    }
    return false;
}

void sg_class_worker_finish(struct sg_answerer *worker, struct sg_class_answer *ret)
{
    bool ended = sg_answerer_is_done(worker);
    int status = sg_answerer_end(worker);
    *ret = (struct sg_class_answer){.kind = SG_CLASS_ANSWER_ERROR};
    bool read = read_answer(sg_bytes_slice(&worker->answer), ret);
    const char *problem = NULL;
    if (worker->too_much)
        problem = "its result is too large";
    else if (!ended)
        problem = "its grading did not come to an end";
    else if (WIFSIGNALED(status))
        problem = "its grading was ended by a signal";
    else if (!read)
        problem = "its grading ended without a result";
    if (problem) {
        struct sg_digest content = ret->content;
        sg_class_answer_done(ret);
        *ret = (struct sg_class_answer){.kind = SG_CLASS_ANSWER_ERROR, .content = content};
        ret->reason = WIFSIGNALED(status) && ended
                          ? sg_printf("%s: SIG%s", problem, sigabbrev_np(WTERMSIG(status)))
                          : sg_strdup(problem);
    }
    sg_answerer_done(worker);
}

void sg_class_answer_done(struct sg_class_answer *answer)
{
    sg_run_done(&answer->run);
    free(answer->stability);
    free(answer->reason);
    *answer = (struct sg_class_answer){0};
}
