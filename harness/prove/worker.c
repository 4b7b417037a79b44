/* SPDX-License-Identifier: MIT
 * The process that grades one program. It answers with messages of fixed size, since it is this
 * same program: one per run, or one that says what failed. */
#include "prove/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/file.h"
#include "base/random.h"
#include "exam/grade.h"
#include "result/json.h"

enum message_kind { MESSAGE_RUN, MESSAGE_FAILURE };

struct message {
    enum message_kind kind;
    uint64_t file_hash;
    uint64_t duration_ns;
    int64_t points, max_points;
    enum sg_blame blame;
    char failure[sizeof((struct sg_error *)0)->text];
};

/* Takes out what may differ between two runs of the same: times, the folder of this worker, and the
 * transcripts, which are a record of what happened in the order in which it did. */
static void forget_circumstances(struct sg_run *run, const char *name)
{
    free(run->path);
    run->path = sg_strdup(name);
    run->duration_ns = 0;
    for (size_t i = 0; i < run->case_count; i++) {
        struct sg_case_result *one = &run->cases[i];
        one->duration_ns = 0;
        for (size_t f = 0; f < one->diagnosis.fact_count; f++)
            one->diagnosis.facts[f].at_ns = 0;
        for (size_t e = 0; e < one->event_count; e++)
            sg_event_done(&one->transcript[e]);
        one->event_count = 0;
    }
}

static void fill_cell(const struct sg_case_result *result, struct sg_cell *cell)
{
    const char *text = result->diagnosis.message ? result->diagnosis.message : result->reason;
    *cell = (struct sg_cell){
        .status = (int)result->status, .code = (int)result->diagnosis.code, .played = true};
    (void)snprintf(cell->text, sizeof cell->text, "%s", text ? text : "");
}

/* The cells of a run, at the places that its cases have in the assignment. */
static void fill_cells(const struct sg_assignment *assignment, const struct sg_run *run,
                       struct sg_cell *cells)
{
    for (size_t i = 0; i < assignment->cases.count; i++) {
        const struct sg_case *one = &assignment->cases.items[i];
        const char *role = one->role == SG_ROLE_SERVER ? "server" : "client";
        for (size_t c = 0; c < run->case_count; c++) {
            const struct sg_case_result *result = &run->cases[c];
            if (strcmp(result->id, one->name) == 0 && strcmp(result->role, role) == 0)
                fill_cell(result, &cells[i]);
        }
    }
}

static int send_run(const struct sg_proving *proving, struct sg_run *run, const char *name, int fd,
                    struct sg_error *err)
{
    size_t count = proving->assignment->cases.count;
    struct sg_score score = sg_run_score(run);
    struct message head = {
        .kind = MESSAGE_RUN,
        .duration_ns = run->duration_ns,
        .points = score.points,
        .max_points = score.max_points,
    };
    sg_autofree struct sg_cell *cells = sg_alloc(count * sizeof *cells);
    sg_autobytes struct sg_bytes json = {0};
    forget_circumstances(run, name);
    sg_run_to_json(run, false, &json);
    head.file_hash = sg_hash(SG_HASH_START, json.data, json.length);
    fill_cells(proving->assignment, run, cells);
    if (sg_write_all(fd, (struct sg_slice){(const uint8_t *)&head, sizeof head}, err) < 0)
        return -1;
    return sg_write_all(fd, (struct sg_slice){(const uint8_t *)cells, count * sizeof *cells}, err);
}

static int grade_some(const struct sg_proving *proving, const struct sg_subject *subject,
                      const struct sg_submission *submission, size_t runs, int fd,
                      struct sg_error *err)
{
    const struct sg_grading grading = {
        .assignment = proving->assignment,
        .submission = submission,
        .machine = proving->machine,
        .references = proving->references,
        .seed = proving->seed,
        .jobs = 1,
        .role = subject->role,
    };
    for (size_t i = 0; i < runs; i++) {
        struct sg_run run = {0};
        int failed = sg_grade(&grading, &run, err);
        if (!failed)
            failed = send_run(proving, &run, sg_subject_name(subject), fd, err);
        sg_run_done(&run);
        if (failed)
            return -1;
    }
    return 0;
}

static int work(const struct sg_proving *proving, const struct sg_subject *subject, size_t runs,
                const char *folder, int fd, struct sg_error *err)
{
    struct sg_submission submission = {0};
    struct sg_complaints complaints = {0};
    /* Its name is that of the program: what is made by chance follows from it. */
    sg_autofree char *path = sg_printf("%s/%s", folder, sg_subject_name(subject));
    int failed = sg_twins_make(proving->twins, subject->reference, subject->twin, path, err);
    if (!failed)
        failed = sg_submission_open(path, &submission, &complaints, err);
    if (!failed)
        failed = sg_manifest_settle(&submission.manifest, proving->assignment, &complaints, err);
    if (!failed)
        failed =
            sg_submission_build(&submission, proving->assignment, &proving->machine->rungs, err);
    if (!failed && submission.build.failed)
        failed = sg_fail(err, "%s\n%s", submission.build.message,
                         submission.build.log ? submission.build.log : "");
    if (!failed)
        failed = grade_some(proving, subject, &submission, runs, fd, err);
    sg_children_end(); /* what is removed below may be theirs */
    sg_submission_done(&submission);
    sg_complaints_done(&complaints);
    return failed;
}

static _Noreturn void run_worker(const struct sg_proving *proving, const struct sg_subject *subject,
                                 size_t runs, const char *folder, int fd)
{
    struct sg_error err = {0}, ignored;
    sg_children_adopt();
    (void)setenv("TMPDIR", folder, 1); /* what it leaves is removed with the folder */
    if (work(proving, subject, runs, folder, fd, &err) < 0) {
        struct message message = {.kind = MESSAGE_FAILURE, .blame = err.blame};
        memcpy(message.failure, err.text, sizeof err.text);
        (void)sg_write_all(fd, (struct sg_slice){(const uint8_t *)&message, sizeof message},
                           &ignored);
    }
    _exit(0);
}

int sg_worker_start(struct sg_worker *worker, const struct sg_proving *proving,
                    struct sg_subject *subject, size_t runs, const char *folder,
                    struct sg_error *err)
{
    int fd;
    size_t run_bytes =
        sizeof(struct message) + proving->assignment->cases.count * sizeof(struct sg_cell);
    size_t most = runs * run_bytes + sizeof(struct message);
    worker->subject = subject;
    if (sg_answerer_start(&worker->answerer, most, &fd, err) < 0)
        return -1;
    if (fd >= 0)
        run_worker(proving, subject, runs, folder, fd);
    return 0;
}

static void fail_subject(struct sg_subject *subject, enum sg_blame blame, const char *text)
{
    if (subject->failure)
        return;
    subject->failure = sg_strdup(text);
    subject->blame = blame;
}

static void take_answer(struct sg_worker *worker, const struct sg_proving *proving)
{
    struct sg_subject *subject = worker->subject;
    size_t size = proving->assignment->cases.count * sizeof(struct sg_cell);
    struct sg_slice rest = sg_bytes_slice(&worker->answerer.answer);
    struct message head;
    while (rest.length >= sizeof head) {
        memcpy(&head, rest.data, sizeof head);
        rest = sg_slice_skip(rest, sizeof head);
        if (head.kind == MESSAGE_FAILURE)
            fail_subject(subject, head.blame, head.failure);
        if (head.kind == MESSAGE_FAILURE || rest.length < size)
            break;
        subject->runs =
            sg_realloc_array(subject->runs, subject->run_count + 1, sizeof *subject->runs);
        struct sg_prove_run *run = &subject->runs[subject->run_count++];
        *run = (struct sg_prove_run){.file_hash = head.file_hash,
                                     .duration_ns = head.duration_ns,
                                     .points = head.points,
                                     .max_points = head.max_points,
                                     .cells = sg_alloc(size)};
        memcpy(run->cells, rest.data, size);
        rest = sg_slice_skip(rest, size);
    }
}

bool sg_worker_finish(struct sg_worker *worker, const struct sg_proving *proving)
{
    struct sg_answerer *answerer = &worker->answerer;
    bool too_much = answerer->too_much, done = sg_answerer_is_done(answerer);
    int status = sg_answerer_end(answerer);
    if (!too_much)
        take_answer(worker, proving);
    if (too_much)
        fail_subject(worker->subject, SG_BLAME_MACHINE, "its result is too large");
    else if (!done)
        fail_subject(worker->subject, SG_BLAME_MACHINE, "its grading did not come to an end");
    else if (WIFSIGNALED(status))
        fail_subject(worker->subject, SG_BLAME_MACHINE, "its grading ended by a signal");
    sg_answerer_done(answerer);
    return done && !WIFSIGNALED(status);
}
