/* SPDX-License-Identifier: MIT
 * `sockgrade list`: the assignments, and the cases of one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cli/output.h"
#include "cli/paths.h"

static int load(struct sg_call *call, const struct sg_library *library, const char *id,
                struct sg_spec *spec)
{
    struct sg_error err = {0};
    char *path = NULL;
    int failed = sg_library_find(library, id, &path, &err);
    if (!failed)
        failed = sg_spec_load(library, path, spec, &call->complaints, &err);
    free(path);
    if (failed)
        return sg_print_error(&err);
    if (!call->complaints.count)
        return 0;
    sg_spec_done(spec);
    return sg_print_complaints(&call->complaints);
}

static void add_cases(const struct sg_assignment *assignment, int role, struct sg_bytes *out)
{
    bool any = false;
    for (size_t i = 0; i < assignment->cases.count; i++) {
        const struct sg_case *one = &assignment->cases.items[i];
        if (one->role != role)
            continue;
        if (!any)
            sg_bytes_printf(out, "\n%s\n", role == SG_ROLE_SERVER ? "server" : "client");
        any = true;
        sg_bytes_printf(out, "  %-28s ", one->name);
        size_t before = out->length;
        sg_thousandths_print(out, one->points);
        size_t width = out->length - before;
        sg_bytes_printf(out, "%*s%s\n", (int)(width < 6 ? 7 - width : 1), "", one->title.en);
    }
}

static int list_one(struct sg_call *call, const struct sg_library *library, const char *id)
{
    struct sg_spec *spec = sg_alloc(sizeof *spec);
    int status = load(call, library, id, spec);
    if (!status) {
        const struct sg_assignment *assignment = &spec->assignment;
        sg_autobytes struct sg_bytes out = {0};
        sg_bytes_printf(&out, "%s: %s\n", assignment->id, assignment->title.en);
        if (assignment->about.en)
            sg_bytes_printf(&out, "%s\n", assignment->about.en);
        add_cases(assignment, SG_ROLE_SERVER, &out);
        add_cases(assignment, SG_ROLE_CLIENT, &out);
        (void)sg_print(sg_bytes_slice(&out));
        sg_spec_done(spec);
    }
    free(spec);
    return status;
}

static int list_all(struct sg_call *call, const struct sg_library *library)
{
    char **ids;
    size_t count;
    int status = 0;
    sg_library_list(library, &ids, &count);
    for (size_t i = 0; i < count; i++) {
        struct sg_spec *spec = sg_alloc(sizeof *spec);
        int one = load(call, library, ids[i], spec);
        if (!one && !spec->assignment.abstract)
            (void)printf("%-14s %3zu cases  %s\n", ids[i], spec->assignment.cases.count,
                         spec->assignment.title.en);
        sg_spec_done(spec);
        status = one ? one : status;
        free(spec);
        free(ids[i]);
    }
    free(ids);
    return status;
}

int sg_command_list(struct sg_call *call)
{
    struct sg_library library = {0};
    sg_paths_library(&library);
    const struct sg_repeated *operands = &call->options.operands;
    const char *id = operands->count ? operands->items[0] : call->options.assignment;
    int status = id ? list_one(call, &library, id) : list_all(call, &library);
    sg_library_done(&library);
    return status;
}
