/* SPDX-License-Identifier: MIT
 * `sockgrade check`: grades one submission. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/tree.h"
#include "cli/artifacts.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "cli/posting.h"
#include "exam/grade.h"
#include "program/jail.h"
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

static int fail(const struct checking *checking, const struct sg_error *err)
{
    if (checking->call->complaints.count)
        return sg_print_complaints(&checking->call->complaints);
    return sg_print_error(err);
}

/* Every format is known before any work is done. */
static int check_formats(struct sg_call *call)
{
    for (size_t i = 0; i < call->options.formats.count; i++) {
        const char *word = call->options.formats.items[i];
        sg_autofree char *name = sg_printf("%.*s", (int)strcspn(word, "="), word);
        if (sg_format_find(name))
            continue;
        sg_autobytes struct sg_bytes names = {0};
        for (size_t f = 0; f < sg_format_count; f++)
            sg_bytes_printf(&names, "%s%s", f ? ", " : "", sg_formats[f].name);
        return sg_refuse_word(call, call->options.formats.words[i],
                              "unknown format '%s' (one of: %s)", name, sg_bytes_text(&names));
    }
    return 0;
}

static int find_spec(struct checking *checking, char **ret_path, struct sg_error *err)
{
    const struct sg_options *options = &checking->call->options;
    const char *id =
        options->assignment ? options->assignment : checking->submission.manifest.assignment;
    if (options->spec) {
        *ret_path = sg_strdup(options->spec);
        return 0;
    }
    if (!id)
        return sg_fail(err, "which assignment? Name it with --assignment, or in submission.yaml "
                            "('sockgrade list' shows them)");
    return sg_library_find(&checking->library, id, ret_path, err);
}

static int load_spec(struct checking *checking, struct sg_error *err)
{
    char *path;
    if (find_spec(checking, &path, err) < 0)
        return -1;
    int failed =
        sg_spec_load(&checking->library, path, &checking->spec, &checking->call->complaints, err);
    free(path);
    if (!failed && checking->call->complaints.count)
        failed = sg_fail(err, "the spec is wrong");
    if (!failed && checking->spec.assignment.abstract)
        failed = sg_fail(err, "'%s' is no assignment: other specs extend it",
                         checking->spec.assignment.id);
    return failed;
}

static void show_progress(void *state, const struct sg_case_result *result, size_t done, size_t all)
{
    (void)state;
    sg_progress("%zu of %zu  %s", done, all, result->id);
}

/* Copies the reference programs beside the submission: where the program lies, the ordinary user who runs
 * them may have no right to look (below /root, say). */
static int bring_references(struct checking *checking, struct sg_error *err)
{
    enum { MOST_FILES = 100, MOST_BYTES = 256 << 20 };
    static const struct sg_copy_limits limits = {.most_files = MOST_FILES,
                                                 .most_bytes = MOST_BYTES};
    sg_autofree char *from = sg_path_references(checking->spec.assignment.id);
    if (!from)
        return 0;
    checking->references = sg_printf("%s/references", checking->submission.folder);
    if (sg_copy_tree(from, checking->references, &limits, err) < 0)
        return -1;
    return sg_give_tree(checking->references, sg_jail_user(), sg_jail_group(), err);
}

static int grade(struct checking *checking, struct sg_error *err)
{
    const struct sg_options *options = &checking->call->options;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    const struct sg_grading grading = {
        .assignment = &checking->spec.assignment,
        .submission = &checking->submission,
        .machine = &checking->machine,
        .references = checking->references,
        .seed = (uint64_t)options->seed,
        .jobs = options->jobs ? (int)options->jobs : (int)(processors > 0 ? processors : 1),
        .role = options->role,
        .patterns = options->cases.items,
        .pattern_count = options->cases.count,
        .progress = show_progress,
    };
    if (sg_grade(&grading, &checking->run, err) < 0)
        return -1;
    sg_progress_clear();
    if (checking->run.case_count == 0)
        return sg_fail(err, "no case is called that ('sockgrade list %s' shows them)",
                       checking->spec.assignment.id);
    return 0;
}

/* What a reader types to run one of these cases again, but for the case and the seed. */
static char *how_called(const struct checking *checking)
{
    const struct sg_options *given = &checking->call->options;
    sg_autobytes struct sg_bytes command = {0};
    sg_bytes_add_text(&command, "sockgrade check");
    if (strcmp(checking->submission.path, ".") != 0)
        sg_bytes_printf(&command, " %s", checking->submission.path);
    if (given->spec)
        sg_bytes_printf(&command, " --spec %s", given->spec);
    else if (given->assignment)
        sg_bytes_printf(&command, " --assignment %s", given->assignment);
    return sg_strdup(sg_bytes_text(&command));
}

static int write_format(const struct checking *checking, const char *word, struct sg_error *err)
{
    size_t length = strcspn(word, "=");
    const char *file = word[length] ? word + length + 1 : NULL;
    sg_autofree char *name = sg_printf("%.*s", (int)length, word);
    sg_autofree char *command = how_called(checking);
    const struct sg_report_options options = {
        .color = !file && sg_wants_color(&checking->call->options),
        .ascii = !file && sg_wants_ascii(),
        .verbose = checking->call->options.verbose,
        .quiet = checking->call->options.quiet,
        .command = command,
    };
    sg_autobytes struct sg_bytes text = {0};
    sg_format_find(name)->write(&checking->run, &options, &text);
    if (file)
        return sg_file_write(file, sg_bytes_slice(&text), err);
    return sg_print(sg_bytes_slice(&text)) ? 0 : sg_fail_os(err, "write to standard output");
}

static int write_all(const struct checking *checking, struct sg_error *err)
{
    const struct sg_repeated *formats = &checking->call->options.formats;
    const char *artifacts = checking->call->options.artifacts;
    if (artifacts && sg_artifacts_write(artifacts, &checking->run, err) < 0)
        return -1;
    if (formats->count == 0)
        return write_format(checking, "pretty", err);
    for (size_t i = 0; i < formats->count; i++) {
        if (write_format(checking, formats->items[i], err) < 0)
            return -1;
    }
    return 0;
}

/* Posts the result file, where that was asked for: byte by byte what --format json writes. */
static int post(const struct checking *checking)
{
    if (checking->call->options.posts.count == 0)
        return 0;
    sg_autobytes struct sg_bytes json = {0};
    sg_run_to_json(&checking->run, false, &json);
    return sg_posting_send(&checking->posting, checking->call, NULL, sg_bytes_slice(&json));
}

/* 0, -1 where the machine has less than `--require` asks for, or the exit status where that asks for
 * what there is not. */
static int check_required(struct checking *checking, struct sg_error *err)
{
    struct sg_call *call = checking->call;
    for (size_t i = 0; i < call->options.require.count; i++) {
        for (const char *rest = call->options.require.items[i]; *rest;) {
            size_t length = strcspn(rest, ",");
            sg_autofree char *word = sg_printf("%.*s", (int)length, rest);
            int result = sg_machine_require(&checking->machine, word, err);
            if (result == -2)
                return sg_refuse_word(call, call->options.require.words[i],
                                      "'%s' cannot be required (private, faults, jail)", word);
            if (result < 0)
                return -1;
            rest += length + (rest[length] == ',');
        }
    }
    return 0;
}

static int check(struct checking *checking)
{
    struct sg_error err = {0};
    struct sg_call *call = checking->call;
    const char *path = call->options.operands.count ? call->options.operands.items[0] : ".";
    sg_paths_library(&checking->library);
    sg_progress("reading %s", path);
    if (sg_submission_open(path, &checking->submission, &call->complaints, &err) < 0 ||
        load_spec(checking, &err) < 0)
        return fail(checking, &err);
    sg_progress("building %s", path);
    sg_machine_probe(&checking->machine);
    int refused = check_required(checking, &err);
    if (refused)
        return refused > 0 ? refused : fail(checking, &err);
    if (sg_machine_check(&checking->machine, &err) < 0 ||
        sg_submission_build(&checking->submission, &checking->machine.rungs, &err) < 0 ||
        bring_references(checking, &err) < 0 || grade(checking, &err) < 0 ||
        write_all(checking, &err) < 0)
        return fail(checking, &err);
    int status = sg_run_exit_status(&checking->run), posted = post(checking);
    return posted ? posted : status;
}

int sg_command_check(struct sg_call *call)
{
    if (check_formats(call))
        return SG_EXIT_WRONG_INPUT;
    struct checking *checking = sg_alloc(sizeof *checking);
    checking->call = call;
    int status = sg_posting_open(&checking->posting, call);
    if (!status)
        status = check(checking);
    sg_posting_close(&checking->posting);
    sg_run_done(&checking->run);
    sg_submission_done(&checking->submission);
    sg_spec_done(&checking->spec);
    sg_library_done(&checking->library);
    free(checking->references);
    free(checking);
    return status;
}
