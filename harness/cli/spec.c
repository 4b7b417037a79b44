/* SPDX-License-Identifier: MIT
 * `sockgrade spec`: for the authors of specs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/output.h"
#include "cli/paths.h"

static int lint(struct sg_call *call, const struct sg_library *library, const char *path)
{
    struct sg_error err = {0};
    struct sg_complaints complaints = {0};
    struct sg_spec *spec = sg_alloc(sizeof *spec);
    int status = sg_spec_load(library, path, spec, &complaints, &err) < 0 ? sg_print_error(&err)
                 : complaints.count ? sg_print_complaints(&complaints)
                                    : SG_EXIT_ALL_PASSED;
    if (!status && !call->options.quiet)
        (void)printf("%s: %zu cases, nothing wrong\n", path, spec->assignment.cases.count);
    sg_spec_done(spec);
    sg_complaints_done(&complaints);
    free(spec);
    return status;
}

static const struct {
    const char *name;
    int (*run)(struct sg_call *call, const struct sg_library *library, const char *path);
} verbs[] = {
    {"lint", lint},
};

int sg_command_spec(struct sg_call *call)
{
    const struct sg_repeated *operands = &call->options.operands;
    size_t verb = 0;
    while (verb < SG_COUNT(verbs) && strcmp(verbs[verb].name, operands->items[0]) != 0)
        verb++;
    if (verb == SG_COUNT(verbs))
        return sg_refuse_operand(call, 0, "'sockgrade spec' takes lint or show, found '%s'",
                                 operands->items[0]);
    struct sg_library library = {0};
    sg_paths_library(&library);
    int status = 0;
    for (size_t i = 1; i < operands->count; i++) {
        int one = verbs[verb].run(call, &library, operands->items[i]);
        status = one > status ? one : status;
    }
    sg_library_done(&library);
    return status;
}
