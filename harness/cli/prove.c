/* SPDX-License-Identifier: MIT
 * `sockgrade spec prove`: whether a spec tells right programs from broken ones. */
#include "cli/prove.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/stop.h"
#include "cli/asked.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "prove/prove.h"

enum { USUAL_REPEAT = 20, USUAL_TWIN_RUNS = 3 };

struct proving {
    struct sg_call *call;
    const struct sg_spec *spec;
    const struct sg_assignment *assignment;
    struct sg_twins twins;
    struct sg_machine machine;
    struct sg_proof proof;
    char *references;
};

static void print_text(const struct proving *proving, bool to_file, struct sg_bytes *out)
{
    const struct sg_options *options = &proving->call->options;
    const struct sg_proof_style style = {
        .color = !to_file && sg_wants_color(options),
        .ascii = !to_file && sg_wants_ascii(),
        .quiet = options->quiet,
        .verbose = options->verbose,
    };
    sg_proof_print(&proving->proof, &style, out);
}

static void print_json(const struct proving *proving, bool to_file, struct sg_bytes *out)
{
    (void)to_file;
    sg_proof_to_json(&proving->proof, out);
}

static const struct {
    const char *name;
    void (*write)(const struct proving *proving, bool to_file, struct sg_bytes *out);
} formats[] = {
    {"pretty", print_text},
    {"json", print_json},
};

/* The row of the format that `word`, "NAME" or "NAME=FILE", names; SG_COUNT(formats): none. */
static size_t find_format(const char *word, const char **ret_file)
{
    sg_autofree char *name = sg_asked_name(word, ret_file);
    size_t row = 0;
    while (row < SG_COUNT(formats) && strcmp(formats[row].name, name) != 0)
        row++;
    return row;
}

int sg_prove_check_options(struct sg_call *call)
{
    const struct sg_repeated *given = &call->options.formats;
    for (size_t i = 0; i < given->count; i++) {
        const char *file;
        if (find_format(given->items[i], &file) == SG_COUNT(formats))
            return sg_refuse_word(call, given->words[i],
                                  "a proof has no format '%s' (one of: pretty, json)",
                                  given->items[i]);
        if (file && call->options.operands.count > 1)
            return sg_refuse_word(call, given->words[i],
                                  "'%s' holds the proof of one spec, and several are named", file);
        int refused = sg_asked_file(call, given->words[i], file);
        if (refused)
            return refused;
    }
    return 0;
}

/* Writes the proof as `word` says, which is word `place` of the command line. */
static int write_format(const struct proving *proving, const char *word, size_t place)
{
    const char *file;
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes text = {0};
    formats[find_format(word, &file)].write(proving, file != NULL, &text);
    if (!file)
        return sg_print(sg_bytes_slice(&text));
    return sg_file_write(file, sg_bytes_slice(&text), &err) < 0
               ? sg_print_error_at(proving->call, place, &err)
               : 0;
}

/* 0, or the exit status where something could not be written, which has been said. */
static int write_all(const struct proving *proving)
{
    const struct sg_repeated *given = &proving->call->options.formats;
    int status = given->count == 0 ? write_format(proving, "pretty", 0) : 0;
    for (size_t i = 0; i < given->count; i++) {
        int one = write_format(proving, given->items[i], given->words[i]);
        status = one ? one : status;
    }
    return status;
}

static void show_progress(void *state, const char *name, size_t done, size_t all)
{
    const struct proving *proving = state;
    sg_progress("%s: %zu of %zu  %s", proving->assignment->id, done, all, name);
}

static int read_twins(struct proving *proving, struct sg_complaints *complaints,
                      struct sg_error *err)
{
    const struct sg_assignment *assignment = proving->assignment;
    if (assignment->abstract)
        return sg_fail(err, "'%s' is no assignment: the specs that extend it are proven",
                       assignment->id);
    if (!assignment->twins)
        return sg_fail(err, "the spec '%s' names no programs to prove it with (the key 'twins')",
                       assignment->id);
    return sg_twins_read(assignment->twins, &proving->twins, complaints, err);
}

static int prove(struct proving *proving, struct sg_error *err)
{
    const struct sg_options *options = &proving->call->options;
    size_t repeat = options->repeat ? (size_t)options->repeat : USUAL_REPEAT;
    sg_progress("proving %s", proving->assignment->id);
    if (sg_machine_probe(&proving->machine, err) < 0 ||
        sg_machine_check(&proving->machine, err) < 0)
        return -1;
    proving->references = sg_path_references_of(proving->spec);
    const struct sg_proving asked = {
        .assignment = proving->assignment,
        .twins = &proving->twins,
        .machine = &proving->machine,
        .references = proving->references,
        .seed = (uint64_t)options->seed,
        .jobs = sg_asked_jobs(proving->call),
        .repeat = repeat,
        .twin_runs = repeat < USUAL_TWIN_RUNS ? repeat : USUAL_TWIN_RUNS,
        .role = options->role,
        .patterns = options->twins.items,
        .pattern_count = options->twins.count,
        .progress = show_progress,
        .progress_state = proving,
    };
    int failed = sg_prove(&asked, &proving->proof, err);
    sg_progress_clear();
    return failed;
}

static int status_of(const struct sg_proof *proof)
{
    if (proof->failed)
        return proof->blame == SG_BLAME_INPUT ? SG_EXIT_WRONG_INPUT : SG_EXIT_MACHINE;
    return proof->proven ? SG_EXIT_ALL_PASSED : SG_EXIT_SOME_FAILED;
}

int sg_spec_prove(struct sg_call *call, const struct sg_spec *spec, size_t operand)
{
    struct sg_error err = {0};
    struct sg_complaints complaints = {0};
    struct proving *proving = sg_alloc(sizeof *proving);
    proving->call = call;
    proving->spec = spec;
    proving->assignment = &spec->assignment;
    int status = -1;
    if (read_twins(proving, &complaints, &err) == 0) {
        if (complaints.count) {
            status = sg_print_complaints(&complaints);
        } else if (prove(proving, &err) == 0) {
            sg_proof_judge(&proving->proof);
            int written = write_all(proving);
            status = written ? written : status_of(&proving->proof);
        }
    }
    sg_progress_clear();
    if (status < 0)
        status = sg_stop_asked() ? SG_EXIT_MACHINE
                                 : sg_print_error_at(call, sg_operand_word(call, operand), &err);
    sg_complaints_done(&complaints);
    sg_proof_done(&proving->proof);
    sg_twins_done(&proving->twins);
    free(proving->references);
    free(proving);
    return status;
}
