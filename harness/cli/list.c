/* SPDX-License-Identifier: MIT
 * `sockgrade list`: the assignments, and the cases of one. */
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cli/init.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "report/paint.h"

enum { NAME_COLUMNS = 27, COLUMN = 40 }; /* the second: where titles begin */

/* Loads spec `id` (NULL: the file of --spec), which word `word` of the command line names. */
static int load(struct sg_call *call, const struct sg_library *library, const char *id, size_t word,
                struct sg_spec *spec)
{
    struct sg_error err = {0};
    struct sg_complaints complaints = {0};
    char *path = id ? NULL : sg_strdup(call->options.spec);
    int failed = id ? sg_library_find(library, id, &path, &err) : 0;
    if (!failed)
        failed = sg_spec_load(library, path, spec, &complaints, &err);
    free(path);
    if (failed)
        return sg_print_error_at(call, word, &err);
    if (!complaints.count)
        return 0;
    int status = sg_print_complaints(&complaints);
    sg_complaints_done(&complaints);
    sg_spec_done(spec);
    return status;
}

/* Appends a title behind what stands in its line, and goes on below itself. */
static void add_title(const char *title, struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes lines = {0};
    const struct sg_paint paint = {.out = &lines};
    sg_paint_wrapped(&paint, SG_PAINT_PLAIN, COLUMN, title);
    sg_bytes_add_text(out, sg_bytes_text(&lines) + COLUMN);
}

static bool is_listed(const struct sg_call *call, const struct sg_case *one, int role)
{
    const struct sg_options *given = &call->options;
    return one->role == role && (!given->role || given->role == role) &&
           sg_case_is_called(one, given->cases.items, given->cases.count);
}

static void add_case(const struct sg_case *one, struct sg_bytes *out)
{
    bool is_long = strlen(one->name) > NAME_COLUMNS; /* then it has a line of its own */
    if (is_long)
        sg_bytes_printf(out, "    %s\n", one->name);
    sg_bytes_printf(out, "    %-*s  ", NAME_COLUMNS, is_long ? "" : one->name);
    size_t before = out->length;
    sg_thousandths_print(out, one->points);
    size_t width = out->length - before;
    sg_bytes_printf(out, "%*s", (int)(width < 6 ? 7 - width : 1), "");
    add_title(sg_words_used(&one->title), out);
}

/* Whether both are of one group, or of none. */
static bool share_a_group(const struct sg_case *one, const struct sg_case *other)
{
    return one->group && other->group ? strcmp(one->group, other->group) == 0
                                      : one->group == other->group;
}

static const char *title_of_group(const struct sg_assignment *assignment, const struct sg_case *one)
{
    for (size_t i = 0; one->group && i < assignment->groups.count; i++) {
        if (strcmp(assignment->groups.items[i].name, one->group) == 0)
            return sg_words_used(&assignment->groups.items[i].title);
    }
    return NULL;
}

/* The listed cases of a group, the first of which is case `first`, below its title and what they
 * are worth together. Cases of no group stand together without a title. */
static void add_group(const struct sg_call *call, const struct sg_assignment *assignment,
                      size_t first, struct sg_bytes *out)
{
    const struct sg_case *begin = &assignment->cases.items[first];
    const char *title = title_of_group(assignment, begin);
    sg_autobytes struct sg_bytes cases = {0};
    int64_t points = 0;
    for (size_t i = first; i < assignment->cases.count; i++) {
        const struct sg_case *one = &assignment->cases.items[i];
        if (is_listed(call, one, begin->role) && share_a_group(one, begin)) {
            points += one->points;
            add_case(one, &cases);
        }
    }
    if (title) {
        sg_bytes_printf(out, "\n  %s  ", title);
        sg_thousandths_print(out, points);
        sg_bytes_add_text(out, "\n");
    }
    sg_bytes_add_text(out, sg_bytes_text(&cases));
}

/* False where there is none. */
static bool add_role(const struct sg_call *call, const struct sg_assignment *assignment, int role,
                     struct sg_bytes *out)
{
    bool any = false;
    for (size_t i = 0; i < assignment->cases.count; i++) {
        bool begins = is_listed(call, &assignment->cases.items[i], role);
        for (size_t earlier = 0; begins && earlier < i; earlier++)
            begins = !is_listed(call, &assignment->cases.items[earlier], role) ||
                     !share_a_group(&assignment->cases.items[earlier], &assignment->cases.items[i]);
        if (!begins)
            continue;
        if (!any)
            sg_bytes_printf(out, "\n%s\n", role == SG_ROLE_SERVER ? "server" : "client");
        any = true;
        add_group(call, assignment, i, out);
    }
    return any;
}

static void add_about(const char *about, struct sg_bytes *out)
{
    const struct sg_paint paint = {.out = out};
    sg_paint_wrapped(&paint, SG_PAINT_PLAIN, 0, about);
}

static int list_one(struct sg_call *call, const struct sg_library *library, const char *id,
                    size_t word)
{
    struct sg_spec *spec = sg_alloc(sizeof *spec);
    int status = load(call, library, id, word, spec);
    if (!status) {
        const struct sg_assignment *assignment = &spec->assignment;
        sg_autobytes struct sg_bytes out = {0};
        sg_bytes_printf(&out, "%s: %s\n", assignment->id, sg_words_used(&assignment->title));
        if (assignment->about.en)
            add_about(sg_words_used(&assignment->about), &out);
        size_t choice = sg_choice_word(&call->options);
        bool servers = add_role(call, assignment, SG_ROLE_SERVER, &out);
        bool clients = add_role(call, assignment, SG_ROLE_CLIENT, &out);
        status = !choice || servers || clients
                     ? sg_print(sg_bytes_slice(&out))
                     : sg_refuse_word(call, choice,
                                      "no case of '%s' is called that ('sockgrade list %s' shows "
                                      "them)",
                                      assignment->id, assignment->id);
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
    sg_autobytes struct sg_bytes out = {0};
    sg_library_list(library, &ids, &count);
    for (size_t i = 0; i < count; i++) {
        struct sg_spec *spec = sg_alloc(sizeof *spec);
        int one = load(call, library, ids[i], SIZE_MAX, spec);
        if (!one && !spec->assignment.abstract)
            sg_bytes_printf(&out, "%-14s %3zu cases  %-5s  %s\n", ids[i],
                            spec->assignment.cases.count, sg_init_has_start(ids[i]) ? "start" : "",
                            sg_words_used(&spec->assignment.title));
        sg_spec_done(spec);
        status = one > status ? one : status;
        free(spec);
        free(ids[i]);
    }
    free(ids);
    int printed = sg_print(sg_bytes_slice(&out));
    return printed > status ? printed : status;
}

int sg_command_list(struct sg_call *call)
{
    struct sg_library library = {0};
    sg_paths_library(&library);
    const struct sg_repeated *operands = &call->options.operands;
    const struct sg_options *given = &call->options;
    const char *id = operands->count ? operands->items[0] : given->assignment;
    size_t word = operands->count ? operands->words[0]
                  : id            ? given->assignment_word
                                  : given->spec_word;
    size_t choice = sg_choice_word(given);
    int status = id || given->spec ? list_one(call, &library, id, word)
                 : choice ? sg_refuse_word(call, choice, "cases of which assignment? Name it, too")
                          : list_all(call, &library);
    sg_library_done(&library);
    return status;
}
