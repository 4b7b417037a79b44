/* SPDX-License-Identifier: MIT
 * `sockgrade spec`: for the authors of specs. */
#include <stdlib.h>
#include <string.h>

#include "base/stop.h"
#include "base/table.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "cli/prove.h"
#include "spec/show.h"

static int lint(struct sg_call *call, const struct sg_spec *spec, const char *path)
{
    if (call->options.quiet)
        return SG_EXIT_ALL_PASSED;
    return sg_tell("%s: %zu cases, nothing wrong\n", path, spec->assignment.cases.count);
}

static int show(struct sg_call *call, const struct sg_spec *spec, const char *path)
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
                          "no case of '%s' is called that ('sockgrade list' shows them)", path);
}

static const struct {
    const char *name;
    int (*run)(struct sg_call *call, const struct sg_spec *spec, const char *path);
    int (*check_options)(struct sg_call *call); /* 0, or the exit status; may be NULL */
} verbs[] = {
    {"lint", lint},
    {"show", show},
    {"prove", sg_spec_prove, sg_prove_check_options},
};

/* Loads the spec that operand `operand` names and, where nothing is wrong with it, does with it what the verb says. */
static int run_verb(size_t verb, struct sg_call *call, const struct sg_library *library,
                    size_t operand)
{
    const char *path = call->options.operands.items[operand];
    struct sg_error err = {0};
    struct sg_complaints complaints = {0};
    struct sg_spec *spec = sg_alloc(sizeof *spec);
    int status = sg_spec_load(library, path, spec, &complaints, &err) < 0
                     ? sg_print_error_at(call, sg_operand_word(call, operand), &err)
                 : complaints.count ? sg_print_complaints(&complaints)
                                    : verbs[verb].run(call, spec, path);
    sg_spec_done(spec);
    sg_complaints_done(&complaints);
    free(spec);
    return status;
}

static int refuse_verb(struct sg_call *call, const char *word)
{
    struct sg_nearest nearest = {.word = word};
    sg_autobytes struct sg_bytes names = {0};
    for (size_t i = 0; i < SG_COUNT(verbs); i++) {
        sg_nearest_offer(&nearest, verbs[i].name);
        sg_bytes_printf(&names, "%s%s", i ? ", " : "", verbs[i].name);
    }
    if (nearest.found)
        return sg_refuse_operand(call, 0, "'sockgrade spec' has no '%s' (did you mean '%s'?)", word,
                                 nearest.found);
    return sg_refuse_operand(call, 0, "'sockgrade spec' has no '%s' (one of: %s)", word,
                             sg_bytes_text(&names));
}

int sg_command_spec(struct sg_call *call)
{
    const struct sg_repeated *operands = &call->options.operands;
    size_t verb = 0;
    while (verb < SG_COUNT(verbs) && strcmp(verbs[verb].name, operands->items[0]) != 0)
        verb++;
    if (verb == SG_COUNT(verbs))
        return refuse_verb(call, operands->items[0]);
    int refused = verbs[verb].check_options ? verbs[verb].check_options(call) : 0;
    if (refused)
        return refused;
    struct sg_library library = {0};
    sg_paths_library(&library);
    int status = 0;
    for (size_t i = 1; i < operands->count && !sg_stop_asked(); i++) {
        int one = run_verb(verb, call, &library, i);
        status = one > status ? one : status;
    }
    sg_library_done(&library);
    return status;
}
