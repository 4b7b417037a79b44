/* SPDX-License-Identifier: MIT
 * The schedule of a class: which submission is next, who works on it, and what came of it.
 *
 * Nothing is kept of a submission but what the intake knows; results go from the worker's pipe into
 * the database. A worker is asked to stop before it is killed, so that it takes what it started
 * with it; what one leaves that dies is ended here, and all that it wrote lies in a folder that is
 * removed. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/stop.h"
#include "base/tree.h"
#include "class/worker.h"
#include "exam/sweep.h"
#include "program/references.h"

enum { MOST_JOBS = 64, WAIT_MS = 1000, STOP_SECONDS = 10 };

struct slot {
    struct sg_answerer worker;
    size_t index; /* of its entry */
    char *folder;
};

struct schedule {
    const struct sg_class *class;
    const struct sg_entry *entries;
    struct sg_store *store;
    struct slot slots[MOST_JOBS];
    size_t slot_count;
    size_t next;    /* the first entry that nobody has begun with */
    size_t started; /* workers so far; names their folders */
    struct sg_class_sum sum;
    struct sg_children others; /* children of ours that are no workers */
    int stop;
};

char *sg_class_shown_path(const struct sg_class *class, const struct sg_entry *entry)
{
    size_t length = strlen(class->scratch);
    bool ours = strncmp(entry->path, class->scratch, length) == 0 && entry->path[length] == '/';
    return sg_strdup(ours ? entry->id : entry->path);
}

/* An entry as the store takes it; what it borrows besides is freed with *ret_members and
 * *ret_path. */
static struct sg_store_entry describe(const struct schedule *schedule, const struct sg_entry *entry,
                                      struct sg_store_member **ret_members, char **ret_path)
{
    *ret_path = sg_class_shown_path(schedule->class, entry);
    *ret_members = sg_alloc((entry->member_count + 1) * sizeof **ret_members);
    for (size_t i = 0; i < entry->member_count; i++) {
        const struct sg_member *member = &entry->members[i];
        (*ret_members)[i] = (struct sg_store_member){
            .id = member->id, .name = member->name, .email = member->email, .login = member->login};
    }
    return (struct sg_store_entry){
        .id = entry->id,
        .path = *ret_path,
        .attempt = entry->attempt,
        .members = *ret_members,
        .member_count = entry->member_count,
        .notes = (const char *const *)entry->notes,
        .note_count = entry->note_count,
    };
}

/* Names, paths and addresses may have changed since the results were stored. */
static int refresh_all(struct schedule *schedule, struct sg_error *err)
{
    if (sg_store_refresh_begin(schedule->store, err) < 0)
        return -1;
    int failed = 0;
    for (size_t i = 0; i < schedule->sum.count && !failed; i++) {
        struct sg_store_member *members;
        char *path;
        struct sg_store_entry entry = describe(schedule, &schedule->entries[i], &members, &path);
        failed = sg_store_refresh(schedule->store, &entry, err);
        free(members);
        free(path);
    }
    return failed ? failed : sg_store_refresh_end(schedule->store, err);
}

static void count_status(struct sg_class_sum *sum, int exit_status)
{
    size_t *const counts[] = {&sum->passed, &sum->failed, &sum->refused, &sum->errors};
    ++*counts[exit_status >= 0 && exit_status <= 3 ? exit_status : 3];
}

static void show_progress(const struct schedule *schedule)
{
    const struct sg_class *class = schedule->class;
    if (class->progress)
        class->progress(class->progress_state, &schedule->sum);
}

/* Where there are fewer submissions left than may run, each has more examiners. */
static int jobs_of_one(const struct schedule *schedule)
{
    size_t left = schedule->sum.count - schedule->sum.done;
    size_t jobs = schedule->slot_count;
    return left && left < jobs ? (int)(jobs / left) : 1;
}

/* What is known of the entry could be kept, if its content is the same: its digest is in *ret; else
 * "". */
static int find_usable(const struct sg_class *class, const struct sg_entry *entry,
                       struct sg_store *store, struct sg_store_known *ret, struct sg_error *err)
{
    if (sg_store_look(store, entry->id, ret, err) < 0)
        return -1;
    bool usable = ret->known && strcmp(ret->key, class->key) == 0 && ret->exit_status != 3 &&
                  !(class->only_failed && ret->exit_status != 0);
    if (!usable)
        ret->content[0] = 0;
    return 0;
}

int sg_class_would_keep(const struct sg_class *class, const struct sg_entry *entry,
                        struct sg_store *store, bool *ret, struct sg_error *err)
{
    struct sg_store_known known;
    struct sg_digest digest;
    struct sg_error unreadable; /* it will be refused */
    if (find_usable(class, entry, store, &known, err) < 0)
        return -1;
    *ret = known.content[0] && sg_digest_tree(entry->path, &digest, &unreadable) == 0 &&
           strcmp(digest.text, known.content) == 0;
    return 0;
}

static int start(struct schedule *schedule, struct slot *slot, struct sg_error *err)
{
    const struct sg_class *class = schedule->class;
    const struct sg_entry *entry = &schedule->entries[schedule->next];
    struct sg_store_known known;
    if (find_usable(class, entry, schedule->store, &known, err) < 0)
        return -1;
    slot->folder = sg_printf("%s/worker-%zu", class->scratch, schedule->started++);
    /* The ordinary user that programs run as comes to his files through it. */
    if (mkdir(slot->folder, 0711) < 0 || chmod(slot->folder, 0711) < 0)
        return sg_fail_os(err, "make the folder '%s'", slot->folder);
    const struct sg_worker_task task = {
        .class = class,
        .entry = entry,
        .known = known.content[0] ? known.content : NULL,
        .folder = slot->folder,
        .jobs = jobs_of_one(schedule),
    };
    slot->index = schedule->next;
    if (sg_class_worker_start(&slot->worker, &task, err) < 0)
        return -1;
    schedule->next++;
    schedule->sum.running++;
    return 0;
}

static int fill_slots(struct schedule *schedule, struct sg_error *err)
{
    for (size_t i = 0; i < schedule->slot_count && schedule->next < schedule->sum.count; i++) {
        if (!schedule->slots[i].worker.pid && start(schedule, &schedule->slots[i], err) < 0)
            return -1;
    }
    return 0;
}

static void wait_for_answers(const struct schedule *schedule)
{
    struct pollfd fds[MOST_JOBS + 1] = {{.fd = schedule->stop, .events = POLLIN}};
    nfds_t count = 1;
    for (size_t i = 0; i < schedule->slot_count; i++) {
        if (schedule->slots[i].worker.pid)
            fds[count++] = (struct pollfd){.fd = schedule->slots[i].worker.fd, .events = POLLIN};
    }
    (void)poll(fds, count, WAIT_MS);
}

/* Ends what a worker that died has left: where there are pid namespaces nothing is. */
static void sweep(const struct schedule *schedule)
{
    struct sg_children workers = {0};
    workers.pids = sg_alloc((schedule->slot_count + 1) * sizeof *workers.pids);
    for (size_t i = 0; i < schedule->slot_count; i++) {
        if (schedule->slots[i].worker.pid)
            workers.pids[workers.count++] = schedule->slots[i].worker.pid;
    }
    sg_sweep(&schedule->others, &workers);
    sg_children_done(&workers);
}

static int put(struct schedule *schedule, const struct sg_entry *from,
               struct sg_class_answer *answer, struct sg_error *err)
{
    static const enum sg_store_state states[] = {
        [SG_CLASS_ANSWER_GRADED] = SG_STORE_GRADED,
        [SG_CLASS_ANSWER_REFUSED] = SG_STORE_REFUSED,
        [SG_CLASS_ANSWER_ERROR] = SG_STORE_ERROR,
    };
    bool graded = answer->kind == SG_CLASS_ANSWER_GRADED;
    char now[32];
    struct tm utc;
    uint64_t date_ns = sg_date_ns();
    time_t seconds = (time_t)(date_ns / SG_NS_PER_S);
    (void)strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &utc));
    struct sg_store_outcome outcome = {
        .state = states[answer->kind],
        .content = answer->content.text[0] ? answer->content.text : NULL,
        .key = schedule->class->key,
        .reason = answer->reason,
        .run = graded ? &answer->run : NULL,
        .stability = answer->stability,
        .graded_at = now,
        .ways = schedule->class->ways,
        .way_count = schedule->class->way_count,
        .now_ms = (int64_t)(date_ns / SG_NS_PER_MS),
    };
    struct sg_store_member *members;
    char *path;
    struct sg_store_entry entry = describe(schedule, from, &members, &path);
    int failed = sg_store_put(schedule->store, &entry, &outcome, err);
    free(members);
    free(path);
    return failed;
}

/* Stores what came of a submission, unless it is there already, and counts it. */
static int take(struct schedule *schedule, const struct sg_entry *entry,
                struct sg_class_answer *answer, struct sg_error *err)
{
    struct sg_store_known known;
    if (answer->kind == SG_CLASS_ANSWER_KEPT)
        schedule->sum.kept++;
    else if (put(schedule, entry, answer, err) < 0)
        return -1;
    if (sg_store_look(schedule->store, entry->id, &known, err) < 0)
        return -1;
    count_status(&schedule->sum, known.exit_status);
    schedule->sum.done++;
    return 0;
}

static void let_go(struct slot *slot)
{
    struct sg_error ignored; /* what cannot be removed now is so with the whole scratch folder */
    if (slot->folder)
        (void)sg_remove_tree(slot->folder, &ignored);
    free(slot->folder);
    slot->folder = NULL;
}

static int collect(struct schedule *schedule, struct sg_error *err)
{
    for (size_t i = 0; i < schedule->slot_count; i++) {
        struct slot *slot = &schedule->slots[i];
        if (!slot->worker.pid || !sg_class_worker_read(&slot->worker))
            continue;
        struct sg_class_answer answer;
        sg_class_worker_finish(&slot->worker, &answer);
        schedule->sum.running--;
        if (answer.kind == SG_CLASS_ANSWER_ERROR)
            sweep(schedule);
        let_go(slot);
        int failed =
            sg_stop_asked() ? -1 : take(schedule, &schedule->entries[slot->index], &answer, err);
        sg_class_answer_done(&answer);
        if (failed)
            return -1;
        show_progress(schedule);
    }
    return 0;
}

static int run(struct schedule *schedule, struct sg_error *err)
{
    while (schedule->sum.done < schedule->sum.count) {
        if (sg_stop_asked())
            return sg_fail_machine(err, "stopped");
        if (fill_slots(schedule, err) < 0)
            return -1;
        show_progress(schedule);
        wait_for_answers(schedule);
        if (collect(schedule, err) < 0)
            return -1;
    }
    return 0;
}

static bool any_at_work(struct schedule *schedule)
{
    bool any = false;
    for (size_t i = 0; i < schedule->slot_count; i++) {
        struct sg_answerer *worker = &schedule->slots[i].worker;
        any |= worker->pid && !sg_class_worker_read(worker);
    }
    return any;
}

/* Asks the workers that are left to stop, and kills those that do not. */
static void end_workers(struct schedule *schedule)
{
    uint64_t deadline = sg_now_ns() + STOP_SECONDS * SG_NS_PER_S;
    for (size_t i = 0; i < schedule->slot_count; i++) {
        if (schedule->slots[i].worker.pid)
            (void)kill(schedule->slots[i].worker.pid, SIGTERM);
    }
    if (schedule->stop >= 0)
        (void)close(schedule->stop); /* it would not let us wait any more */
    schedule->stop = -1;
    while (any_at_work(schedule) && sg_now_ns() < deadline)
        wait_for_answers(schedule);
    for (size_t i = 0; i < schedule->slot_count; i++) {
        struct sg_class_answer answer;
        if (schedule->slots[i].worker.pid) {
            sg_class_worker_finish(&schedule->slots[i].worker, &answer);
            sg_class_answer_done(&answer);
        }
        let_go(&schedule->slots[i]);
    }
    sweep(schedule);
}

int sg_class_grade(const struct sg_class *class, const struct sg_entry *entries, size_t count,
                   struct sg_store *store, struct sg_class_sum *ret, struct sg_error *err)
{
    struct sg_class own = *class;
    char *references = NULL;
    struct schedule *schedule = sg_alloc(sizeof *schedule);
    schedule->class = &own;
    schedule->entries = entries;
    schedule->store = store;
    schedule->sum.count = count;
    schedule->slot_count = (size_t)(class->jobs < MOST_JOBS ? class->jobs : MOST_JOBS);
    schedule->stop = sg_stop_open();
    sg_sweep_begin(&schedule->others);
    int failed = sg_bring_references(class->references, class->scratch, &references, err);
    own.references = references;
    if (!failed)
        failed = refresh_all(schedule, err);
    if (!failed)
        failed = run(schedule, err);
    end_workers(schedule);
    sg_children_done(&schedule->others);
    *ret = schedule->sum;
    free(references);
    free(schedule);
    return failed;
}
