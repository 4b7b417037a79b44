/* SPDX-License-Identifier: MIT
 * Which program is graded when: each in a process of its own, a few runs of it at a time. */
#include <fnmatch.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/stop.h"
#include "base/tree.h"
#include "exam/sweep.h"
#include "program/references.h"
#include "prove/worker.h"

enum { MOST_JOBS = 64, RUNS_AT_A_TIME = 5, WORKER_SECONDS = 1800, STOP_SECONDS = 10 };

/* Some runs of one subject. */
struct task {
    struct sg_subject *subject;
    size_t runs;
};

struct crew {
    const struct sg_proving *proving;
    struct task *tasks;
    size_t count, next, done;
    struct sg_worker workers[MOST_JOBS];
    uint64_t started_ns[MOST_JOBS];
    size_t jobs;
    struct sg_children others; /* children of ours that are no workers */
    int stop;                  /* readable when this process is asked to stop */
    char *folder, *references;
};

static bool is_chosen(const struct sg_proving *proving, const struct sg_twin *twin)
{
    if (proving->role && twin->role != proving->role)
        return false;
    for (size_t i = 0; i < proving->pattern_count; i++) {
        if (fnmatch(proving->patterns[i], twin->name, 0) == 0)
            return true;
    }
    return proving->pattern_count == 0;
}

static void list_subjects(const struct sg_proving *proving, struct sg_proof *proof)
{
    const struct sg_twins *twins = proving->twins;
    proof->subjects =
        sg_alloc((twins->references.count + twins->twins.count) * sizeof *proof->subjects);
    for (size_t i = 0; i < twins->references.count; i++)
        proof->subjects[proof->count++] =
            (struct sg_subject){.reference = &twins->references.items[i], .role = proving->role};
    proof->reference_count = proof->count;
    for (size_t i = 0; i < twins->twins.count; i++) {
        const struct sg_twin *twin = &twins->twins.items[i];
        if (is_chosen(proving, twin))
            proof->subjects[proof->count++] =
                (struct sg_subject){.reference = twin->reference, .twin = twin, .role = twin->role};
    }
}

static void list_tasks(struct crew *crew, struct sg_proof *proof)
{
    const struct sg_proving *proving = crew->proving;
    for (size_t i = 0; i < proof->count; i++) {
        struct sg_subject *subject = &proof->subjects[i];
        size_t left = subject->twin ? proving->twin_runs : proving->repeat;
        while (left) {
            size_t runs = left < RUNS_AT_A_TIME ? left : RUNS_AT_A_TIME;
            crew->tasks = sg_realloc_array(crew->tasks, crew->count + 1, sizeof *crew->tasks);
            crew->tasks[crew->count++] = (struct task){subject, runs};
            left -= runs;
        }
    }
}

static int start_next(struct crew *crew, size_t slot, struct sg_error *err)
{
    const struct task *task = &crew->tasks[crew->next];
    sg_autofree char *folder = sg_printf("%s/%zu", crew->folder, crew->next);
    crew->started_ns[slot] = sg_now_ns();
    if (sg_make_folders(folder, err) < 0)
        return -1;
    if (sg_worker_start(&crew->workers[slot], crew->proving, task->subject, task->runs, folder,
                        err) < 0)
        return -1;
    crew->next++;
    return 0;
}

static int fill_slots(struct crew *crew, struct sg_error *err)
{
    for (size_t slot = 0; slot < crew->jobs && crew->next < crew->count; slot++) {
        if (!crew->workers[slot].answerer.pid && start_next(crew, slot, err) < 0)
            return -1;
    }
    return 0;
}

static void wait_for_answers(const struct crew *crew)
{
    struct pollfd fds[MOST_JOBS + 1] = {{.fd = crew->stop, .events = POLLIN}};
    nfds_t count = 1;
    for (size_t slot = 0; slot < crew->jobs; slot++) {
        if (crew->workers[slot].answerer.pid)
            fds[count++] = (struct pollfd){.fd = crew->workers[slot].answerer.fd, .events = POLLIN};
    }
    (void)poll(fds, count, 1000);
}

/* Ends what a worker that died has left: where there are pid namespaces nothing is. */
static void sweep(const struct crew *crew)
{
    pid_t pids[MOST_JOBS];
    struct sg_children workers = {.pids = pids};
    for (size_t slot = 0; slot < crew->jobs; slot++) {
        if (crew->workers[slot].answerer.pid)
            pids[workers.count++] = crew->workers[slot].answerer.pid;
    }
    sg_sweep(&crew->others, &workers);
}

static void collect(struct crew *crew)
{
    const struct sg_proving *proving = crew->proving;
    for (size_t slot = 0; slot < crew->jobs; slot++) {
        struct sg_worker *worker = &crew->workers[slot];
        if (!worker->answerer.pid)
            continue;
        uint64_t age = sg_now_ns() - crew->started_ns[slot];
        if (!sg_answerer_read(&worker->answerer) && age < WORKER_SECONDS * SG_NS_PER_S)
            continue;
        const char *name = sg_subject_name(worker->subject);
        if (!sg_worker_finish(worker, proving))
            sweep(crew);
        crew->done++;
        if (proving->progress)
            proving->progress(proving->progress_state, name, crew->done, crew->count);
    }
}

static bool any_at_work(struct crew *crew)
{
    bool any = false;
    for (size_t slot = 0; slot < crew->jobs; slot++)
        any |= crew->workers[slot].answerer.pid && !sg_answerer_read(&crew->workers[slot].answerer);
    return any;
}

/* Asks the workers that are left to stop, and kills those that do not. */
static void end_workers(struct crew *crew)
{
    uint64_t deadline = sg_now_ns() + STOP_SECONDS * SG_NS_PER_S;
    for (size_t slot = 0; slot < crew->jobs; slot++) {
        if (crew->workers[slot].answerer.pid)
            (void)kill(crew->workers[slot].answerer.pid, SIGTERM);
    }
    if (crew->stop >= 0)
        (void)close(crew->stop); /* it would not let us wait any more */
    crew->stop = -1;
    while (any_at_work(crew) && sg_now_ns() < deadline)
        wait_for_answers(crew);
    for (size_t slot = 0; slot < crew->jobs; slot++) {
        if (crew->workers[slot].answerer.pid)
            (void)sg_worker_finish(&crew->workers[slot], crew->proving);
    }
    sweep(crew);
}

static int run(struct crew *crew, struct sg_error *err)
{
    int failed = 0;
    while (!failed && !sg_stop_asked() && crew->done < crew->count) {
        failed = fill_slots(crew, err);
        if (!failed) {
            wait_for_answers(crew);
            collect(crew);
        }
    }
    return failed || sg_stop_asked() ? -1 : 0;
}

/* The programs run as an ordinary user, who must be able to come to their files. */
static int make_folder(struct crew *crew, struct sg_error *err)
{
    crew->folder = sg_make_scratch("sockgrade-prove", "/tmp", err);
    if (!crew->folder)
        return -1;
    return chmod(crew->folder, 0755) < 0 ? sg_fail_os(err, "set the rights of '%s'", crew->folder)
                                         : 0;
}

int sg_prove(const struct sg_proving *proving, struct sg_proof *ret, struct sg_error *err)
{
    struct crew *crew = sg_alloc(sizeof *crew);
    size_t jobs = (size_t)proving->jobs;
    struct sg_proving own = *proving;
    crew->proving = &own;
    crew->stop = sg_stop_open();
    sg_sweep_begin(&crew->others);
    crew->jobs = jobs < MOST_JOBS ? jobs : MOST_JOBS;
    *ret = (struct sg_proof){.assignment = proving->assignment, .seed = proving->seed};
    list_subjects(proving, ret);
    list_tasks(crew, ret);
    int failed = make_folder(crew, err);
    if (!failed)
        failed = sg_bring_references(proving->references, crew->folder, &crew->references, err);
    own.references = crew->references;
    if (!failed)
        failed = run(crew, err);
    end_workers(crew);
    sg_children_done(&crew->others);
    struct sg_error ignored;
    if (crew->folder)
        (void)sg_remove_tree(crew->folder, &ignored);
    free(crew->references);
    free(crew->folder);
    free(crew->tasks);
    free(crew);
    return failed;
}
