/* SPDX-License-Identifier: MIT
 * `sockgrade spec`: for the authors of specs. */
#include <stdlib.h>

#include "base/stop.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "cli/prove.h"
#include "spec/show.h"

static int lint(struct sg_call *call, const struct sg_spec *spec, size_t operand)
{
    const char *path = call->options.operands.items[operand];
    if (call->options.quiet)
        return SG_EXIT_ALL_PASSED;
    return sg_tell("%s: %zu cases, nothing wrong\n", path, spec->assignment.cases.count);
}

static int show(struct sg_call *call, const struct sg_spec *spec, size_t operand)
{
    const struct sg_options *options = &call->options;
    const struct sg_assignment *assignment = &spec->assignment;
    sg_autobytes struct sg_bytes out = {0};
    for (size_t i = 0; i < assignment->cases.count; i++) {
        const struct sg_case *one = &assignment->cases.items[i];
        if (options->role && one->role != options->role)
            continue;
        if (!sg_case_is_called(one, options->cases.items, options->cases.count))
            continue;
        sg_bytes_add_text(&out, out.length ? "\n" : "");
        sg_spec_show(assignment, one, sg_wants_ascii(), &out);
    }
    if (out.length)
        return sg_print(sg_bytes_slice(&out));
    return sg_refuse_word(call, sg_choice_word(options),
                          "no case of '%s' is called that ('sockgrade list' shows them)",
                          options->operands.items[operand]);
}

/* Loads the spec that operand `operand` names and, where nothing is wrong with it, does with it
 * what the command says. */
static int run_one(struct sg_call *call, const struct sg_library *library, size_t operand,
                   int (*run)(struct sg_call *call, const struct sg_spec *spec, size_t operand))
{
    const char *path = call->options.operands.items[operand];
    struct sg_error err = {0};
    struct sg_complaints complaints = {0};
    struct sg_spec *spec = sg_alloc(sizeof *spec);
    int status = sg_spec_load(library, path, spec, &complaints, &err) < 0
                     ? sg_print_error_at(call, sg_operand_word(call, operand), &err)
                 : complaints.count ? sg_print_complaints(&complaints)
                                    : run(call, spec, operand);
    sg_spec_done(spec);
    sg_complaints_done(&complaints);
    free(spec);
    return status;
}

static int run_all(struct sg_call *call,
                   int (*run)(struct sg_call *call, const struct sg_spec *spec, size_t operand))
{
    struct sg_library library = {0};
    sg_paths_library(&library);
    int status = 0;
    for (size_t i = 0; i < call->options.operands.count && !sg_stop_asked(); i++) {
        int one = run_one(call, &library, i, run);
        status = one > status ? one : status;
    }
    sg_library_done(&library);
    return status;
}

int sg_command_spec_lint(struct sg_call *call)
{
    return run_all(call, lint);
}

int sg_command_spec_show(struct sg_call *call)
{
    return run_all(call, show);
}

int sg_command_spec_prove(struct sg_call *call)
{
    int refused = sg_prove_check_options(call);
    return refused ? refused : run_all(call, sg_spec_prove);
}
