/* SPDX-License-Identifier: MIT
 * The schedule of one submission's cases. */
#include "exam/grade.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/language.h"
#include "base/table.h"
#include "exam/describe.h"
#include "exam/examiner.h"
#include "exam/sweep.h"
#include "exam/way.h"

enum stage { STAGE_WAITING, STAGE_RUNNING, STAGE_DONE };

/* One case on its way to a result. */
struct item {
    const struct sg_case *one;
    enum stage stage;
    struct sg_exam_request request;
    struct sg_answerer examiner;
    struct sg_case_result result;
};

struct schedule {
    const struct sg_grading *grading;
    struct item *items;
    size_t count;
    size_t done;
    size_t running;
    uint64_t started;
    struct sg_way ways[2];
    struct sg_trial raw;       /* tried where a program may make raw sockets */
    struct sg_children others; /* children of ours that are no examiners */
};

/* A client in which the manifest sees no form is an unconnected one. */
static bool has_form(const struct sg_grading *grading, int form)
{
    int given = grading->submission->manifest.client_form;
    return !form || form == (given ? given : SG_FORM_UNCONNECTED);
}

static bool is_chosen(const struct sg_grading *grading, const struct sg_case *one)
{
    if (!has_form(grading, one->form))
        return false;
    if (grading->role && one->role != grading->role)
        return false;
    return sg_case_is_called(one, grading->patterns, grading->pattern_count);
}

static void choose_items(struct schedule *schedule)
{
    const struct sg_assignment *assignment = schedule->grading->assignment;
    schedule->items = sg_alloc(assignment->cases.count * sizeof *schedule->items);
    for (size_t i = 0; i < assignment->cases.count; i++) {
        const struct sg_case *one = &assignment->cases.items[i];
        if (is_chosen(schedule->grading, one))
            schedule->items[schedule->count++] = (struct item){.one = one};
    }
}

static void prepare_result(struct item *item, enum sg_status status)
{
    sg_describe_case(item->one, status, &item->result);
}

static void tell_so_far(const struct schedule *schedule);

static void finish(struct schedule *schedule, struct item *item)
{
    item->stage = STAGE_DONE;
    schedule->done++;
    const struct sg_grading *grading = schedule->grading;
    if (grading->progress)
        grading->progress(grading->progress_state, &item->result, schedule->done, schedule->count);
    tell_so_far(schedule);
}

/* The first needed case that did not pass; NULL where all passed. *ret_ready: all have a result.
 * A need that was not chosen does not hold anything up. */
static const struct item *failed_need(const struct schedule *schedule, const struct item *item,
                                      bool *ret_ready)
{
    *ret_ready = true;
    for (size_t n = 0; n < item->one->needs.count; n++) {
        for (size_t i = 0; i < schedule->count; i++) {
            const struct item *needed = &schedule->items[i];
            if (strcmp(needed->one->id, item->one->needs.items[n].id) != 0)
                continue;
            if (needed->stage != STAGE_DONE)
                *ret_ready = false;
            else if (needed->result.status != SG_STATUS_PASSED)
                return needed;
        }
    }
    return NULL;
}

static void skip(struct schedule *schedule, struct item *item, const struct item *needed)
{
    prepare_result(item, SG_STATUS_SKIPPED);
    /* A need that was not judged takes the case that builds on it out of the sum, too. */
    item->result.charged = needed->result.charged;
    item->result.reason = sg_printf(_("needs %s"), needed->one->name);
    finish(schedule, item);
}

/* Short receives are a matter of what we send; all else is done to the program's calls. */
static bool needs_faults(const struct sg_case *one)
{
    for (size_t i = 0; i < one->faults.count; i++) {
        for (size_t f = 0; f < one->faults.items[i].list.count; f++) {
            if (one->faults.items[i].list.items[f].form != SG_FAULT_GIVES)
                return true;
        }
    }
    return false;
}

static bool holds_exits(const struct sg_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (steps->items[i].action == SG_ACT_HOLD_EXITS || holds_exits(&steps->items[i].play))
            return true;
    }
    return false;
}

static const struct sg_found *found_for(const struct schedule *schedule, int role)
{
    const struct sg_submission *submission = schedule->grading->submission;
    return role == SG_ROLE_SERVER ? &submission->server : &submission->client;
}

/* Where one role alone is graded, the submission need not hold the other's program; and a case that
 * plays both says nothing then. */
static bool lacks_partner(const struct schedule *schedule, const struct sg_case *one)
{
    bool is_server = one->role == SG_ROLE_SERVER;
    const char *partner = is_server ? "client" : "server";
    return schedule->grading->role && sg_case_cast(one, partner) == SG_CAST_STUDENT &&
           found_for(schedule, is_server ? SG_ROLE_CLIENT : SG_ROLE_SERVER)->kind == SG_FOUND_NONE;
}

/* Ports of the examiner's own are those of a network of its own; files as well are seen in a view
 * only. */
static const char *lacking_place(const struct schedule *schedule)
{
    const struct sg_assignment *assignment = schedule->grading->assignment;
    const struct sg_machine *machine = schedule->grading->machine;
    for (size_t i = 0; i < assignment->peers.count; i++) {
        if (assignment->peers.items[i].ports.most && machine->rungs.network != SG_NETWORK_PRIVATE)
            return _("open ports are set in a private network alone, which this machine does not "
                     "allow");
    }
    if (schedule->raw.tried && !schedule->raw.works)
        return _("raw sockets are given in a private network of a user namespace alone, which this "
                 "machine does not allow");
    bool sees_calls = machine->rungs.faults == SG_FAULTS_SECCOMP && machine->rungs.duplicates;
    if (assignment->transport == SG_TRANSPORT_UNIX && !sees_calls)
        return _("local sockets are graded where a program's calls can be stopped by a listener, "
                 "which this machine does not allow");
    if (assignment->files.count && machine->rungs.jail != SG_JAIL_FULL)
        return _("/etc/hosts is replaced in a program's own view of the files alone, which this "
                 "machine does not allow");
    return NULL;
}

/* What is lacking to play the case, and is not to be charged to the submission; NULL: nothing. */
static const char *lacking(const struct schedule *schedule, const struct item *item)
{
    const struct sg_found *found = found_for(schedule, item->one->role);
    if (found->kind == SG_FOUND_NO_INTERPRETER)
        return found->message;
    if (lacks_partner(schedule, item->one))
        return _("it plays both programs of the submission, which has but one");
    const struct sg_machine *machine = schedule->grading->machine;
    const char *place = lacking_place(schedule);
    if (place)
        return place;
    if (item->one->family == AF_INET6 && machine->rungs.network != SG_NETWORK_PRIVATE)
        return _("IPv6 is graded in a private network alone, which this machine does not allow");
    if (item->one->family == AF_INET6 && !machine->trials[SG_ABLE_IPV6].works)
        return _("this machine has no IPv6");
    if (item->one->small_buffers && machine->rungs.network == SG_NETWORK_NONE)
        return _("this machine does not allow to make a program's buffers small");
    if (needs_faults(item->one) && machine->rungs.faults == SG_FAULTS_NONE)
        return _("this machine does not allow to interfere with a program's calls");
    if (holds_exits(&item->one->play) && machine->rungs.faults != SG_FAULTS_SECCOMP)
        return _("processes are kept from ending where a program's calls can be stopped by a "
                 "listener, which this machine does not allow");
    return NULL;
}

/* The first case of the same role that waits for no other. The others wait for it: where it shows
 * that the program cannot be started at all, there is no need to try again. */
static const struct item *first_item(const struct schedule *schedule, const struct item *item)
{
    for (const struct item *first = schedule->items;; first++) {
        bool ready;
        /* One that waits for others cannot be waited for by them. */
        if (first == item ||
            (first->one->role == item->one->role && !failed_need(schedule, first, &ready) && ready))
            return first;
    }
}

static bool failed_to_start(const struct item *item)
{
    enum sg_code code = item->result.diagnosis.code;
    return item->result.status == SG_STATUS_FAILED &&
           (code == SG_CODE_BUILD_FAILED || code == SG_CODE_NO_SUCH_PROGRAM ||
            code == SG_CODE_NEVER_LISTENED || code == SG_CODE_EXITED_EARLY);
}

static void fail_like(struct schedule *schedule, struct item *item, const struct item *other)
{
    prepare_result(item, SG_STATUS_FAILED);
    item->result.diagnosis.code = other->result.diagnosis.code;
    item->result.diagnosis.message =
        sg_printf(_("As in %s: %s"), other->one->name, other->result.diagnosis.message);
    finish(schedule, item);
}

static int start(struct schedule *schedule, struct item *item, struct sg_error *err)
{
    const struct sg_grading *grading = schedule->grading;
    item->request = (struct sg_exam_request){
        .assignment = grading->assignment,
        .one = item->one,
        .submission = grading->submission,
        .ways = {schedule->ways[0], schedule->ways[1]},
        .references = grading->references,
        .rungs = &grading->machine->rungs,
        .seed = grading->seed,
        .keeps_bytes = grading->keeps_bytes,
    };
    if (sg_examiner_start(&item->examiner, &item->request, err) < 0)
        return -1;
    item->stage = STAGE_RUNNING;
    schedule->running++;
    return 0;
}

/* A machine may have more processors than examiners can be waited for. */
static size_t most_examiners(const struct schedule *schedule)
{
    size_t jobs = (size_t)schedule->grading->jobs;
    return jobs < SG_MOST_EXAMINERS ? jobs : SG_MOST_EXAMINERS;
}

/* Starts what can be started, settles what needs no examiner. True where anything was settled. */
static int start_ready(struct schedule *schedule, bool *ret_settled, struct sg_error *err)
{
    *ret_settled = false;
    for (size_t i = 0; i < schedule->count; i++) {
        struct item *item = &schedule->items[i];
        bool ready;
        if (item->stage != STAGE_WAITING)
            continue;
        const struct item *first = first_item(schedule, item);
        if (first != item && first->stage != STAGE_DONE)
            continue;
        if (first != item && failed_to_start(first)) {
            fail_like(schedule, item, first);
            *ret_settled = true;
            continue;
        }
        const struct item *other = failed_need(schedule, item, &ready);
        if (other && ready) {
            skip(schedule, item, other);
            *ret_settled = true;
            continue;
        }
        if (!ready || schedule->running >= most_examiners(schedule))
            continue;
        const char *reason = lacking(schedule, item);
        if (reason) {
            prepare_result(item, SG_STATUS_SKIPPED);
            item->result.charged = false;
            item->result.reason = sg_strdup(reason);
            finish(schedule, item);
            *ret_settled = true;
            continue;
        }
        if (start(schedule, item, err) < 0)
            return -1;
    }
    return 0;
}

static int wait_for_answers(const struct schedule *schedule, struct sg_error *err)
{
    const struct sg_answerer *examiners[SG_MOST_EXAMINERS];
    size_t count = 0;
    for (size_t i = 0; i < schedule->count; i++) {
        const struct item *item = &schedule->items[i];
        if (item->stage == STAGE_RUNNING)
            examiners[count++] = &item->examiner;
    }
    return sg_examiners_wait(examiners, count, err);
}

/* Ends what examiners that were killed have left, and what their programs have: where there are pid
 * namespaces nothing is. */
static void sweep(const struct schedule *schedule)
{
    struct sg_children examiners = {0};
    if (schedule->grading->machine->rungs.jail == SG_JAIL_FULL)
        return;
    examiners.pids = sg_alloc((schedule->count + 1) * sizeof *examiners.pids);
    for (size_t i = 0; i < schedule->count; i++) {
        if (schedule->items[i].stage == STAGE_RUNNING)
            examiners.pids[examiners.count++] = schedule->items[i].examiner.pid;
    }
    sg_sweep(&schedule->others, &examiners);
    sg_children_done(&examiners);
}

static void collect(struct schedule *schedule)
{
    for (size_t i = 0; i < schedule->count; i++) {
        struct item *item = &schedule->items[i];
        if (item->stage != STAGE_RUNNING)
            continue;
        if (!sg_answerer_read(&item->examiner) && !sg_examiner_is_late(&item->examiner))
            continue;
        sg_examiner_finish(&item->examiner, &item->request, &item->result);
        schedule->running--;
        finish(schedule, item);
        if (item->result.status == SG_STATUS_ERROR)
            sweep(schedule);
    }
}

static int run(struct schedule *schedule, struct sg_error *err)
{
    while (schedule->done < schedule->count) {
        bool settled;
        if (start_ready(schedule, &settled, err) < 0)
            return -1;
        if (settled)
            continue;
        if (wait_for_answers(schedule, err) < 0)
            return -1;
        collect(schedule);
    }
    return 0;
}

/* The first case of a role that needs no other, which plays the student's program of that role. */
static const struct sg_case *first_of_role(const struct schedule *schedule, int role)
{
    const struct sg_assignment *assignment = schedule->grading->assignment;
    bool wanted = false;
    for (size_t i = 0; i < schedule->count; i++) {
        const struct sg_case *one = schedule->items[i].one;
        const char *name = role == SG_ROLE_SERVER ? "server" : "client";
        wanted = wanted || sg_case_cast(one, name) == SG_CAST_STUDENT;
    }
    for (size_t i = 0; wanted && i < assignment->cases.count; i++) {
        const struct sg_case *one = &assignment->cases.items[i];
        if (one->role == role && !one->needs.count)
            return one;
    }
    return NULL;
}

static int find_ways(struct schedule *schedule, struct sg_error *err)
{
    const struct sg_grading *grading = schedule->grading;
    struct sg_exam_request request = {
        .assignment = grading->assignment,
        .submission = grading->submission,
        .references = grading->references,
        .rungs = &grading->machine->rungs,
        .seed = grading->seed,
    };
    for (int role = SG_ROLE_SERVER; role <= SG_ROLE_CLIENT; role++) {
        const struct sg_case *one = first_of_role(schedule, role);
        if (one && !lacking_place(schedule) && sg_way_find(&request, one, err) < 0)
            return -1;
    }
    schedule->ways[0] = request.ways[0];
    schedule->ways[1] = request.ways[1];
    return 0;
}

/* Tells of all cases, as far as they have been run. Their results are still the schedule's. */
static void tell_so_far(const struct schedule *schedule)
{
    const struct sg_grading *grading = schedule->grading;
    struct sg_run run;
    if (!grading->so_far || schedule->done == schedule->count)
        return;
    sg_describe_run(grading, &run);
    run.unfinished = true;
    run.duration_ns = sg_now_ns() - schedule->started;
    run.cases = sg_alloc((schedule->count + 1) * sizeof *run.cases);
    run.case_count = schedule->count;
    for (size_t i = 0; i < schedule->count; i++) {
        const struct item *item = &schedule->items[i];
        run.cases[i] = item->result;
        if (item->stage == STAGE_DONE)
            continue;
        sg_describe_case(item->one, SG_STATUS_SKIPPED, &run.cases[i]);
        run.cases[i].reason = sg_strdup(_("it has not been run yet"));
    }
    grading->so_far(grading->so_far_state, &run);
    for (size_t i = 0; i < schedule->count; i++) {
        if (schedule->items[i].stage == STAGE_DONE)
            run.cases[i] = (struct sg_case_result){0};
    }
    sg_run_done(&run);
}

/* Lets go of everything: nothing of an unfinished run is a result. */
static void abandon(struct schedule *schedule)
{
    for (size_t i = 0; i < schedule->count; i++) {
        struct item *item = &schedule->items[i];
        if (item->stage == STAGE_RUNNING)
            sg_examiner_stop(&item->examiner);
        sg_case_result_done(&item->result);
    }
}

int sg_grade(const struct sg_grading *grading, struct sg_run *ret, struct sg_error *err)
{
    struct schedule schedule = {.grading = grading, .started = sg_now_ns()};
    choose_items(&schedule);
    tell_so_far(&schedule);
    sg_sweep_begin(&schedule.others);
    if (sg_assignment_is_raw(grading->assignment))
        sg_machine_probe_raw(grading->machine, &schedule.raw);
    int failed = find_ways(&schedule, err);
    if (!failed)
        failed = run(&schedule, err);
    sweep(&schedule);
    sg_children_done(&schedule.others);
    if (!failed) {
        sg_describe_run(grading, ret);
        ret->cases = sg_alloc((schedule.count + 1) * sizeof *ret->cases);
        for (size_t i = 0; i < schedule.count; i++)
            ret->cases[ret->case_count++] = schedule.items[i].result;
        sg_note_refused(ret);
        ret->duration_ns = sg_now_ns() - schedule.started;
    } else {
        abandon(&schedule);
    }
    free(schedule.items);
    return failed;
}
