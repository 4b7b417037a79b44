/* SPDX-License-Identifier: MIT
 * `sockgrade check`: grades one submission. */
#include <stdlib.h>
#include <string.h>

#include "base/child.h"
#include "base/file.h"
#include "base/stop.h"
#include "cli/artifacts.h"
#include "cli/asked.h"
#include "cli/hidden.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "cli/posting.h"
#include "cli/render.h"
#include "cli/sink.h"
#include "cli/watch.h"
#include "exam/grade.h"
#include "program/references.h"
#include "report/report.h"
#include "result/json.h"
#include "spec/library.h"

/* Everything that a check holds, so that it can be let go of in one place. */
struct checking {
    struct sg_call *call;
    struct sg_library library;
    struct sg_spec spec;
    struct sg_submission submission;
    struct sg_machine machine;
    struct sg_run run;
    char *references;
    struct sg_posting posting;
};

/* Says what went wrong and returns the exit status; who asked us to stop is told nothing. */
static int fail(const struct checking *checking, const struct sg_error *err)
{
    if (sg_stop_asked()) {
        sg_progress_clear();
        return SG_EXIT_MACHINE;
    }
    if (checking->call->complaints.count)
        return sg_print_complaints(&checking->call->complaints);
    return sg_print_error(err);
}

/* Complains about word `word` of the command line, where the input is to blame. Returns -1. */
static int blame(const struct checking *checking, size_t word, const struct sg_error *err)
{
    struct sg_call *call = checking->call;
    if (err->blame == SG_BLAME_INPUT && !call->complaints.count)
        sg_line_complain(&call->complaints, &call->line, word, "%s", err->text);
    return -1;
}

static int find_spec(struct checking *checking, char **ret_path, struct sg_error *err)
{
    const struct sg_options *options = &checking->call->options;
    const struct sg_manifest *manifest = &checking->submission.manifest;
    const char *id = options->assignment ? options->assignment : manifest->assignment;
    if (options->spec) {
        *ret_path = sg_strdup(options->spec);
        return 0;
    }
    if (!id)
        return sg_fail(err, "which assignment? Name it with --assignment, or in submission.yaml "
                            "('sockgrade list' shows them)");
    return sg_library_find(&checking->library, id, ret_path, err);
}

/* Complains about whatever named the assignment. Returns -1. */
static int blame_assignment(const struct checking *checking, const struct sg_error *err)
{
    const struct sg_options *options = &checking->call->options;
    const struct sg_manifest *manifest = &checking->submission.manifest;
    if (options->spec)
        return blame(checking, options->spec_word, err);
    if (options->assignment)
        return blame(checking, options->assignment_word, err);
    if (!manifest->assignment || err->blame != SG_BLAME_INPUT)
        return blame(checking, SIZE_MAX, err);
    sg_complain(&checking->call->complaints, sg_node_get(manifest->document.root, "assignment"),
                "%s", err->text);
    return -1;
}

static int load_spec(struct checking *checking, struct sg_error *err)
{
    char *path = NULL;
    if (find_spec(checking, &path, err) < 0)
        return blame_assignment(checking, err);
    int failed =
        sg_spec_load(&checking->library, path, &checking->spec, &checking->call->complaints, err);
    free(path);
    if (!failed && checking->call->complaints.count)
        return sg_fail(err, "the spec is wrong");
    if (!failed && checking->spec.assignment.abstract)
        failed = sg_fail(err, "'%s' is no assignment: other specs extend it",
                         checking->spec.assignment.id);
    return failed ? blame_assignment(checking, err) : 0;
}

static void show_progress(void *state, const struct sg_case_result *result, size_t done, size_t all)
{
    (void)state;
    sg_progress("%zu of %zu  %s", done, all, result->id);
}

static int bring_references(struct checking *checking, struct sg_error *err)
{
    sg_autofree char *from = sg_path_references_of(&checking->spec);
    return sg_bring_references(from, checking->submission.folder, &checking->references, err);
}

static void write_so_far(void *state, const struct sg_run *run);

static int grade(struct checking *checking, struct sg_error *err)
{
    const struct sg_options *options = &checking->call->options;
    const struct sg_grading grading = {
        .assignment = &checking->spec.assignment,
        .submission = &checking->submission,
        .machine = &checking->machine,
        .references = checking->references,
        .seed = (uint64_t)options->seed,
        .keeps_bytes = options->artifacts != NULL,
        .jobs = sg_asked_jobs(checking->call),
        .role = options->role,
        .patterns = options->cases.items,
        .pattern_count = options->cases.count,
        .progress = show_progress,
        .so_far = sg_sink_each_case(options) ? write_so_far : NULL,
        .so_far_state = checking,
    };
    if (sg_grade(&grading, &checking->run, err) < 0)
        return -1;
    sg_progress_clear();
    if (checking->run.case_count)
        return 0;
    (void)sg_fail(err, "no case is called that ('sockgrade list %s' shows them)",
                  checking->spec.assignment.id);
    return blame(checking, sg_choice_word(options), err);
}

static void render(const struct checking *checking, const struct sg_run *run,
                   const struct sg_format *format, const char *file, struct sg_bytes *out)
{
    const struct sg_options *given = &checking->call->options;
    const struct sg_again again = {
        .path = checking->submission.path, .assignment = given->assignment, .spec = given->spec};
    sg_render(checking->call, run, &again, format, file, out);
}

/* Writes one format; returns the exit status. */
static int write_format(const struct checking *checking, size_t index)
{
    const struct sg_repeated *formats = &checking->call->options.formats;
    const char *file;
    const struct sg_format *format =
        sg_sink_parse(index < formats->count ? formats->items[index] : "pretty", &file);
    sg_autobytes struct sg_bytes text = {0};
    render(checking, &checking->run, format, file, &text);
    return sg_sink_write(checking->call, index, format, file, sg_bytes_slice(&text));
}

/* Writes anew what is written after each case. What cannot be written is complained about at the
 * end. */
static void write_so_far(void *state, const struct sg_run *run)
{
    const struct checking *checking = state;
    const struct sg_repeated *formats = &checking->call->options.formats;
    for (size_t i = 0; i < formats->count; i++) {
        const char *file;
        const struct sg_format *format = sg_sink_parse(formats->items[i], &file);
        sg_autobytes struct sg_bytes text = {0};
        struct sg_error err = {0};
        if (!file || !format->each_case)
            continue;
        render(checking, run, format, file, &text);
        (void)sg_file_write_for_now(file, sg_bytes_slice(&text), &err);
    }
}

static int write_artifacts(const struct checking *checking)
{
    struct sg_call *call = checking->call;
    const char *folder = call->options.artifacts;
    struct sg_error err = {0};
    if (!folder || sg_artifacts_write(folder, &checking->run, &err) == 0)
        return SG_EXIT_ALL_PASSED;
    return sg_print_error_at(call, call->options.artifacts_word, &err);
}

/* Writes all that was asked for: where one thing cannot be written, the others are. Returns the
 * exit status. */
static int write_all(const struct checking *checking)
{
    size_t count = checking->call->options.formats.count;
    int status = write_artifacts(checking);
    for (size_t i = 0; i < (count ? count : 1); i++) {
        int one = write_format(checking, i);
        status = one > status ? one : status;
    }
    return status;
}

/* Posts the result file, where that was asked for: byte by byte what --format json writes. */
static int post(const struct checking *checking)
{
    if (checking->call->options.posts.count == 0)
        return 0;
    sg_autobytes struct sg_bytes json = {0};
    sg_run_to_json(&checking->run, true, &json);
    return sg_posting_send(&checking->posting, checking->call, NULL, sg_bytes_slice(&json));
}

static void hide_all(struct checking *checking)
{
    struct sg_words_list hidden = {0};
    sg_hidden_add(&checking->library, &checking->spec, &hidden);
    for (size_t i = 0; i < hidden.count; i++)
        sg_submission_hide(&checking->submission, hidden.items[i]);
    sg_submission_hide(&checking->submission, checking->call->options.artifacts);
    sg_words_done(&hidden);
}

/* Opens the submission and loads the spec; makes the folder of --artifacts, so that it is known to
 * be one. */
static int read_all(struct checking *checking, struct sg_error *err)
{
    struct sg_call *call = checking->call;
    const char *path = call->options.operands.count ? call->options.operands.items[0] : ".";
    const char *artifacts = call->options.artifacts;
    sg_progress("reading %s", path);
    sg_paths_library(&checking->library);
    if (sg_submission_open(path, &checking->submission, &call->complaints, err) < 0)
        return blame(checking, sg_operand_word(call, 0), err);
    struct sg_manifest *manifest = &checking->submission.manifest;
    bool named = call->options.spec || call->options.assignment || manifest->assignment;
    if (!named && sg_manifest_settle(manifest, NULL, &call->complaints, err) < 0)
        return -1; /* a key that is wrong may be the one that should name the assignment */
    if (load_spec(checking, err) < 0 ||
        sg_manifest_settle(manifest, &checking->spec.assignment, &call->complaints, err) < 0)
        return -1;
    if (artifacts && sg_asked_folder(artifacts, err) < 0)
        return blame(checking, call->options.artifacts_word, err);
    hide_all(checking);
    return 0;
}

static int check(struct checking *checking)
{
    struct sg_error err = {0};
    if (read_all(checking, &err) < 0)
        return fail(checking, &err);
    sg_progress("building %s", checking->submission.path);
    if (sg_machine_probe(&checking->machine, &err) < 0)
        return fail(checking, &err);
    int refused = sg_asked_machine(checking->call, &checking->machine, &err);
    if (refused)
        return refused > 0 ? refused : fail(checking, &err);
    if (sg_machine_check(&checking->machine, &err) < 0 ||
        sg_submission_build(&checking->submission, &checking->spec.assignment,
                            &checking->machine.rungs, &err) < 0 ||
        bring_references(checking, &err) < 0 || grade(checking, &err) < 0 || sg_stop_asked())
        return fail(checking, &err);
    int status = sg_run_exit_status(&checking->run), written = write_all(checking);
    int posted = sg_stop_asked() ? 0 : post(checking);
    status = written ? written : status;
    return posted > status ? posted : status;
}

static int check_once(struct sg_call *call)
{
    struct checking *checking = sg_alloc(sizeof *checking);
    checking->call = call;
    int status = sg_posting_open(&checking->posting, call);
    if (!status)
        status = check(checking);
    sg_posting_close(&checking->posting);
    sg_children_end(); /* what is removed below may be theirs */
    sg_run_done(&checking->run);
    sg_submission_done(&checking->submission);
    sg_spec_done(&checking->spec);
    sg_library_done(&checking->library);
    free(checking->references);
    free(checking);
    return status;
}

int sg_command_check(struct sg_call *call)
{
    const struct sg_options *options = &call->options;
    int refused = sg_asked_formats(call, NULL);
    if (refused)
        return refused;
    if (options->dry_run && !options->posts.count)
        return sg_refuse_word(call, sg_option_word(options, "--dry-run"),
                              "'--dry-run' shows what '--post' would send, and there is none");
    if (!options->watch)
        return check_once(call);
    if (options->posts.count)
        return sg_refuse_word(call, options->posts.words[0],
                              "'--post' and '--watch' do not go together");
    return sg_watch(call, options->operands.count ? options->operands.items[0] : ".", check_once);
}
