/* SPDX-License-Identifier: MIT
 * What a result says of a run as a whole, and of a case before it is played. */
#include "exam/describe.h"

#include <string.h>

#include "base/table.h"

void sg_describe_run(const struct sg_grading *grading, struct sg_run *ret)
{
    const struct sg_submission *submission = grading->submission;
    *ret = (struct sg_run){
        .assignment = sg_strdup(grading->assignment->id),
        .title = sg_strdup(sg_words_used(&grading->assignment->title)),
        .submission = sg_strdup(submission->id),
        .path = sg_strdup(submission->path),
        .seed = grading->seed,
        .network = sg_strdup(sg_machine_network(grading->machine)),
        .faults = sg_strdup(sg_machine_faults(grading->machine)),
        .jail = sg_strdup(sg_machine_jail(grading->machine)),
        .build = {.failed = submission->build.failed},
    };
    if (submission->build.message)
        ret->build.message = sg_strdup(submission->build.message);
    if (submission->build.log)
        ret->build.log = sg_strdup(submission->build.log);
    for (int i = 0; i < SG_TECHNIQUES; i++) {
        if (sg_machine_is_lesser(grading->machine, i))
            sg_run_note(ret, "on this machine %s", sg_machine_meaning(grading->machine, i));
    }
    for (size_t i = 0; i < submission->note_count; i++)
        sg_run_note(ret, "%s", submission->notes[i]);
}

void sg_describe_case(const struct sg_case *one, enum sg_status status, struct sg_case_result *ret)
{
    *ret = (struct sg_case_result){
        .id = sg_strdup(one->name),
        .title = sg_strdup(sg_words_used(&one->title)),
        .group = sg_strdup(one->group ? one->group : ""),
        .role = sg_strdup(one->role == SG_ROLE_SERVER ? "server" : "client"),
        .status = status,
        .hidden = one->hidden,
        .charged = true,
        .max_points = one->points,
    };
}

enum { MOST_NAMES = 16 };

struct names {
    const char *items[MOST_NAMES];
    size_t count;
};

static bool holds(const struct names *found, const char *text)
{
    for (size_t i = 0; i < found->count; i++) {
        if (strcmp(found->items[i], text) == 0)
            return true;
    }
    return false;
}

void sg_note_refused(struct sg_run *run)
{
    static const char *const roles[] = {"server", "client"};
    for (size_t r = 0; r < SG_COUNT(roles); r++) {
        struct names found = {0};
        sg_autobytes struct sg_bytes names = {0};
        for (size_t i = 0; i < run->case_count; i++) {
            const struct sg_case_result *one = &run->cases[i];
            for (size_t t = 0; strcmp(one->role, roles[r]) == 0 && t < one->refused_count; t++) {
                if (found.count == MOST_NAMES || holds(&found, one->refused[t]))
                    continue;
                sg_bytes_printf(&names, "%s%s", found.count ? ", " : "", one->refused[t]);
                found.items[found.count++] = one->refused[t];
            }
        }
        if (found.count)
            sg_run_note(run, "the %s made calls that no submission may: %s", roles[r],
                        sg_bytes_text(&names));
    }
}
