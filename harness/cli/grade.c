/* SPDX-License-Identifier: MIT
 * `sockgrade grade`: grades a class into a database. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"
#include "base/number.h"
#include "base/stop.h"
#include "base/tree.h"
#include "class/class.h"
#include "class/content.h"
#include "cli/asked.h"
#include "cli/database.h"
#include "cli/hidden.h"
#include "cli/outbox.h"
#include "cli/output.h"
#include "cli/overview.h"
#include "cli/paths.h"
#include "spec/library.h"

/* Everything that the grading of a class holds, so that it can be let go of in one place. */
struct grading {
    struct sg_call *call;
    const char *path; /* of the database */
    struct sg_library library;
    struct sg_spec spec;
    struct sg_machine machine;
    char *references, *scratch;
    struct sg_words_list hidden; /* from programs */
    struct sg_intake intake;
    struct sg_entry *entries; /* those of this shard; borrowed from the intake */
    size_t count;
    struct sg_store_run run;
    struct sg_store *store;
    struct sg_class_sum sum;
    struct sg_posting posting;
    uint64_t started_ns;
};

/* --- what is asked for ------------------------------------------------------------------------ */

static int check_options(struct sg_call *call)
{
    const struct sg_options *given = &call->options;
    if (!given->spec && !given->assignment)
        return sg_refuse_word(call, SIZE_MAX,
                              "which assignment? Name it with --assignment or --spec "
                              "('sockgrade list' shows them)");
    return 0;
}

static int read_shard(struct grading *grading)
{
    struct sg_call *call = grading->call;
    const char *text = call->options.shard, *slash = text ? strchr(text, '/') : NULL;
    grading->run.shard = grading->run.shards = 1;
    if (!text)
        return 0;
    sg_autofree char *first = slash ? sg_printf("%.*s", (int)(slash - text), text) : NULL;
    if (slash && sg_number_parse(first, &grading->run.shard) &&
        sg_number_parse(slash + 1, &grading->run.shards) && grading->run.shard >= 1 &&
        grading->run.shard <= grading->run.shards)
        return 0;
    return sg_refuse_word(call, call->options.shard_word,
                          "--shard takes I/N, I from 1 to N, as in 2/8, found '%s'", text);
}

static bool goes_on(const struct grading *grading)
{
    return grading->call->options.resume || grading->call->options.only_failed;
}

/* Nothing is written over that --resume did not ask for. */
static int check_database(const struct grading *grading)
{
    struct stat status;
    struct sg_call *call = grading->call;
    if (goes_on(grading) || stat(grading->path, &status) < 0 || status.st_size == 0)
        return 0;
    return sg_refuse_word(call, call->options.db ? call->options.db_word : SIZE_MAX,
                          "'%s' exists already: --resume goes on with it, --db names another",
                          grading->path);
}

static int load_spec(struct grading *grading)
{
    struct sg_call *call = grading->call;
    const struct sg_options *given = &call->options;
    size_t word = given->spec ? given->spec_word : given->assignment_word;
    struct sg_error err = {0};
    char *path = given->spec ? sg_strdup(given->spec) : NULL;
    sg_paths_library(&grading->library);
    int failed = path ? 0 : sg_library_find(&grading->library, given->assignment, &path, &err);
    if (!failed)
        failed = sg_spec_load(&grading->library, path, &grading->spec, &call->complaints, &err);
    free(path);
    if (failed)
        return sg_print_error_at(call, word, &err);
    if (call->complaints.count)
        return sg_print_complaints(&call->complaints);
    if (grading->spec.assignment.abstract)
        return sg_refuse_word(call, word, "'%s' is no assignment: other specs extend it",
                              grading->spec.assignment.id);
    grading->references = sg_path_references_of(&grading->spec);
    sg_hidden_add(&grading->library, &grading->spec, &grading->hidden);
    return 0;
}

static int look_at_machine(struct grading *grading)
{
    struct sg_error err = {0};
    if (sg_machine_probe(&grading->machine, &err) < 0)
        return sg_print_error(&err);
    int refused = sg_asked_machine(grading->call, &grading->machine, &err);
    if (refused > 0)
        return refused;
    if (refused < 0 || sg_machine_check(&grading->machine, &err) < 0)
        return sg_print_error(&err);
    return 0;
}

/* --- the class -------------------------------------------------------------------------------- */

static int make_scratch(struct grading *grading, struct sg_error *err)
{
    /* A program without a view of its own shares /tmp with us: there it could meet what is not
     * its. */
    bool own_view = grading->machine.rungs.jail == SG_JAIL_FULL;
    grading->scratch = sg_make_scratch("sockgrade-class", own_view ? "/tmp" : "/var/tmp", err);
    if (!grading->scratch)
        return -1;
    /* programs come through it to their files, and see no more */
    return chmod(grading->scratch, 0711) < 0 ? sg_fail_os(err, "set the rights of a folder") : 0;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct sg_entry *)a)->id, ((const struct sg_entry *)b)->id);
}

/* The shard's part of the class: every N-th of all, in the order of their ids. */
static void choose_entries(struct grading *grading)
{
    struct sg_store_run *run = &grading->run;
    const struct sg_intake *intake = &grading->intake;
    struct sg_digest digest;
    if (intake->entry_count)
        qsort(intake->entries, intake->entry_count, sizeof *intake->entries, by_id);
    const char **ids = sg_alloc((intake->entry_count + 1) * sizeof *ids);
    grading->entries = sg_alloc((intake->entry_count + 1) * sizeof *grading->entries);
    for (size_t i = 0; i < intake->entry_count; i++) {
        ids[i] = intake->entries[i].id;
        if ((int64_t)i % run->shards == run->shard - 1)
            grading->entries[grading->count++] = intake->entries[i];
    }
    sg_digest_texts(ids, intake->entry_count, &digest);
    free(ids);
    run->class_digest = sg_strdup(digest.text);
    run->class_count = (int64_t)intake->entry_count;
    run->submission_count = (int64_t)grading->count;
    run->layout = sg_strdup(intake->layout);
}

static int take_in(struct grading *grading)
{
    struct sg_call *call = grading->call;
    const struct sg_options *given = &call->options;
    const struct sg_intake_options options = {
        .layout = given->layout,
        .id_regex = given->id_regex,
        .roster = given->roster,
        .scratch = grading->scratch,
    };
    struct sg_error err = {0};
    sg_progress("reading %s", given->operands.items[0]);
    int failed = sg_intake_open(given->operands.items, given->operands.count, &options,
                                &grading->intake, &err);
    for (size_t i = 0; i < grading->intake.complaint_count; i++)
        sg_remark("%s", grading->intake.complaints[i]);
    if (failed)
        return sg_print_error_at(
            call, given->intake_word ? given->intake_word : given->operands.words[0], &err);
    if (!grading->intake.entry_count)
        return sg_refuse_operand(call, 0, "there is no submission in it");
    choose_entries(grading);
    return 0;
}

/* --- the database ----------------------------------------------------------------------------- */

static void show_progress(void *state, const struct sg_class_sum *sum)
{
    const struct grading *grading = state;
    size_t graded = sum->done - sum->kept, left = sum->count - sum->done;
    sg_autobytes struct sg_bytes end = {0};
    if (graded && left) {
        uint64_t spent = sg_now_ns() - grading->started_ns;
        uint64_t seconds = spent / graded * left / SG_NS_PER_S;
        sg_bytes_printf(&end, seconds < 100 ? ", %llu s left" : ", %llu min left",
                        (unsigned long long)(seconds < 100 ? seconds : (seconds + 30) / 60));
    }
    sg_progress("%zu of %zu done, %zu with failures, %zu not graded, %zu at work%s", sum->done,
                sum->count, sum->failed, sum->refused + sum->errors, sum->running,
                sg_bytes_text(&end));
}

static void describe_class(struct grading *grading, struct sg_class *ret)
{
    struct sg_call *call = grading->call;
    const struct sg_options *given = &call->options;
    *ret = (struct sg_class){
        .assignment = &grading->spec.assignment,
        .machine = &grading->machine,
        .references = grading->references,
        .hidden = &grading->hidden,
        .scratch = grading->scratch,
        .key = grading->run.key,
        .seed = (uint64_t)given->seed,
        .jobs = sg_asked_jobs(call),
        .repeat = given->repeat ? (int)given->repeat : 1,
        .role = given->role,
        .patterns = given->cases.items,
        .pattern_count = given->cases.count,
        .only_failed = given->only_failed,
        .ways = grading->posting.ways,
        .way_count = grading->posting.count,
        .progress = show_progress,
        .progress_state = grading,
    };
}

static int describe_run(struct grading *grading, struct sg_error *err)
{
    struct sg_class class;
    describe_class(grading, &class);
    return sg_class_identify(&class, &grading->spec, &grading->run, err);
}

/* A database goes on as it began; where the spec or the program has changed, all is graded anew. */
static int check_run(const struct grading *grading, const struct sg_store_run *old)
{
    const struct sg_store_run *run = &grading->run;
    struct sg_call *call = grading->call;
    size_t word = call->options.db ? call->options.db_word : SIZE_MAX;
    if (strcmp(old->assignment, run->assignment) != 0)
        return sg_refuse_word(call, word, "'%s' is of the assignment '%s'", grading->path,
                              old->assignment);
    if (old->shard != run->shard || old->shards != run->shards)
        return sg_refuse_word(call, word, "'%s' is shard %lld of %lld", grading->path,
                              (long long)old->shard, (long long)old->shards);
    if (old->seed != run->seed)
        return sg_refuse_word(call, word, "'%s' is of the seed %llu", grading->path,
                              (unsigned long long)old->seed);
    if (strcmp(old->role, run->role) != 0 || strcmp(old->patterns, run->patterns) != 0 ||
        old->repeat != run->repeat)
        return sg_refuse_word(call, word, "'%s' is of another --role, --case or --repeat",
                              grading->path);
    if (strcmp(old->language, run->language) != 0)
        return sg_refuse_word(call, word, "'%s' is in another language: go on with --lang %s",
                              grading->path, old->language);
    if (strcmp(old->key, run->key) != 0)
        sg_remark("the %s has changed since '%s' was begun: all are graded anew",
                  strcmp(old->spec_digest, run->spec_digest) != 0 ? "spec" : "program",
                  grading->path);
    return 0;
}

/* Opens the database, which is made unless this is a dry run. 0, or the exit status. */
static int open_store(struct grading *grading)
{
    struct sg_call *call = grading->call;
    struct sg_error err = {0};
    struct sg_store_run old = {0};
    bool dry = call->options.dry_run;
    if (dry && access(grading->path, F_OK) < 0)
        return 0;
    int failed =
        sg_store_open(grading->path, dry ? SG_STORE_READ : SG_STORE_WRITE, &grading->store, &err);
    int found = failed ? 0 : sg_store_get_run(grading->store, &old, &err);
    int status = found > 0 ? check_run(grading, &old) : 0;
    sg_store_run_done(&old);
    if (!failed && found >= 0 && !status && !dry)
        failed = sg_store_set_run(grading->store, &grading->run, &err);
    if (failed || found < 0)
        return sg_print_error_at(call, call->options.db ? call->options.db_word : SIZE_MAX, &err);
    return status;
}

/* --- the work --------------------------------------------------------------------------------- */

static int exit_status_of(const struct sg_class_sum *sum)
{
    if (sum->errors)
        return SG_EXIT_MACHINE;
    if (sum->refused)
        return SG_EXIT_WRONG_INPUT;
    return sum->failed ? SG_EXIT_SOME_FAILED : SG_EXIT_ALL_PASSED;
}

/* Sends what was queued as it was stored, and what of this class waits from before. */
static int post_class(struct grading *grading)
{
    struct sg_chosen chosen = {0};
    if (!grading->posting.count)
        return 0;
    int status = sg_database_choose(grading->call, grading->store, &chosen);
    const struct sg_meant meant = {.ids = chosen.ids, .count = chosen.count};
    if (!status)
        status = sg_outbox_post(&grading->posting, grading->call, grading->store, &meant, true);
    sg_chosen_done(&chosen);
    return status;
}

static int grade_class(struct grading *grading)
{
    struct sg_class class;
    struct sg_error err = {0};
    describe_class(grading, &class);
    grading->started_ns = sg_now_ns();
    int failed = sg_class_grade(&class, grading->entries, grading->count, grading->store,
                                &grading->sum, &err);
    sg_progress_clear();
    if (failed && sg_stop_asked())
        sg_remark("stopped: %zu of %zu are in '%s', --resume goes on", grading->sum.done,
                  grading->sum.count, grading->path);
    else if (failed)
        return sg_print_error(&err);
    if (failed)
        return SG_EXIT_MACHINE;
    int printed = sg_overview_print_sum(grading->call, grading->store, &grading->run, &grading->sum,
                                        grading->path);
    int posted = post_class(grading), status = exit_status_of(&grading->sum);
    status = printed ? printed : status;
    return posted > status ? posted : status;
}

/* What would be graded, and what kept. */
static int print_plan(struct grading *grading)
{
    sg_autobytes struct sg_bytes out = {0};
    struct sg_class class;
    struct sg_error err = {0};
    describe_class(grading, &class);
    sg_overview_begin_plan(&grading->run, &out);
    for (size_t i = 0; i < grading->count; i++) {
        const struct sg_entry *entry = &grading->entries[i];
        bool kept = false;
        if (grading->store && sg_class_would_keep(&class, entry, grading->store, &kept, &err) < 0)
            return sg_print_error(&err);
        sg_autofree char *path = sg_class_shown_path(&class, entry);
        sg_overview_add_plan(entry->id, path, kept, &out);
    }
    return sg_print(sg_bytes_slice(&out));
}

static int grade(struct grading *grading)
{
    struct sg_error err = {0};
    int status = check_options(grading->call);
    if (!status)
        status = sg_posting_open(&grading->posting, grading->call);
    if (!status)
        status = sg_posting_find_ways(&grading->posting, grading->call);
    if (!status)
        status = read_shard(grading);
    if (!status && !grading->call->options.dry_run)
        status = check_database(grading);
    if (!status)
        status = load_spec(grading);
    if (!status)
        status = look_at_machine(grading);
    if (!status && make_scratch(grading, &err) < 0)
        status = sg_print_error(&err);
    if (!status)
        status = take_in(grading);
    if (!status && describe_run(grading, &err) < 0)
        status = sg_print_error(&err);
    if (!status)
        status = open_store(grading);
    if (status)
        return status;
    return grading->call->options.dry_run ? print_plan(grading) : grade_class(grading);
}

static void let_go(struct grading *grading)
{
    struct sg_error ignored;
    sg_posting_close(&grading->posting);
    sg_children_end(); /* what is removed below may be theirs */
    if (grading->scratch)
        (void)sg_remove_tree(grading->scratch, &ignored);
    sg_store_close(grading->store);
    sg_store_run_done(&grading->run);
    sg_intake_done(&grading->intake);
    sg_spec_done(&grading->spec);
    sg_library_done(&grading->library);
    free(grading->entries);
    sg_words_done(&grading->hidden);
    free(grading->references);
    free(grading->scratch);
    free(grading);
}

int sg_command_grade(struct sg_call *call)
{
    struct grading *grading = sg_alloc(sizeof *grading);
    grading->call = call;
    grading->path = call->options.db ? call->options.db : "results.db";
    int status = grade(grading);
    let_go(grading);
    return status;
}
