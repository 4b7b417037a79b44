/* SPDX-License-Identifier: MIT
 * Checks a loaded assignment: names, needs, points, payload. The plays are check_play.c's. */
#include "spec/check.h"

#include <inttypes.h>
#include <string.h>

#include "base/number.h"
#include "result/codes.h"
#include "spec/data.h"

static void check_programs(const struct sg_assignment *assignment, struct sg_complaints *complaints)
{
    for (size_t i = 0; i < assignment->programs.count; i++) {
        const struct sg_program *program = &assignment->programs.items[i];
        if (strcmp(program->name, "server") != 0 && strcmp(program->name, "client") != 0)
            sg_complain(complaints, program->node, "a program is 'server' or 'client', found '%s'",
                        program->name);
        for (size_t a = 0; a < program->arguments.count; a++) {
            const char *argument = program->arguments.items[a];
            if (argument && argument[0] == '$' && !sg_name_valid(argument + 1))
                sg_complain(complaints, program->node, "'%s' is no name for an argument", argument);
        }
        for (size_t v = 0; v < program->values.count; v++)
            sg_check_data(assignment, NULL, &program->values.items[v].data, complaints);
    }
}

static void check_peers(const struct sg_assignment *assignment, struct sg_complaints *complaints)
{
    for (size_t i = 0; i < assignment->peers.count; i++) {
        const struct sg_peer *peer = &assignment->peers.items[i];
        if (!sg_name_valid(peer->name))
            sg_complain(complaints, peer->node, "'%s' is no name for a peer", peer->name);
        if (sg_assignment_program(assignment, peer->name) || strcmp(peer->name, "repeat") == 0)
            sg_complain(complaints, peer->node, "'%s' cannot name a peer: it has a meaning",
                        peer->name);
    }
}

/* Whether `data` refers, through others, to the definition `start`. */
static bool refers_to(const struct sg_assignment *assignment, const struct sg_case *one,
                      const struct sg_data *data, const struct sg_data *start, int depth)
{
    if (depth > 100)
        return true;
    for (size_t i = 0; data->form == SG_DATA_PIECES && i < data->pieces.count; i++) {
        if (refers_to(assignment, one, &data->pieces.items[i], start, depth + 1))
            return true;
    }
    if (data->of && refers_to(assignment, one, data->of, start, depth + 1))
        return true;
    if (data->form != SG_DATA_REF)
        return false;
    const struct sg_data *target = sg_assignment_data(assignment, one, data->target);
    return target && (target == start || refers_to(assignment, one, target, start, depth + 1));
}

static void check_reference(const struct sg_assignment *assignment, const struct sg_case *one,
                            const struct sg_data *data, struct sg_complaints *complaints)
{
    if (!data->target || sg_assignment_data(assignment, one, data->target))
        return;
    struct sg_nearest nearest = {.word = data->target};
    for (size_t i = 0; one && i < one->data.count; i++)
        sg_nearest_offer(&nearest, one->data.items[i].name);
    for (size_t i = 0; i < assignment->data.count; i++)
        sg_nearest_offer(&nearest, assignment->data.items[i].name);
    sg_complain(complaints, data->node, "no data '%s' is defined%s%s%s", data->target,
                nearest.found ? " (did you mean '" : "", nearest.found ? nearest.found : "",
                nearest.found ? "'?)" : "");
}

void sg_check_data(const struct sg_assignment *assignment, const struct sg_case *one,
                   const struct sg_data *data, struct sg_complaints *complaints)
{
    struct sg_error err = {0};
    if (!data->form)
        return; /* not loaded, and complained of */
    switch ((enum sg_data_form)data->form) {
    case SG_DATA_PIECES:
        for (size_t i = 0; i < data->pieces.count; i++)
            sg_check_data(assignment, one, &data->pieces.items[i], complaints);
        return;
    case SG_DATA_REPEAT:
    case SG_DATA_CAESAR_ANSWER:
    case SG_DATA_HALF:
        sg_check_data(assignment, one, data->of, complaints);
        return;
    case SG_DATA_REF:
        check_reference(assignment, one, data, complaints);
        return;
    case SG_DATA_RECEIVED:
    case SG_DATA_SENT:
        if (data->target && !sg_assignment_peer(assignment, data->target))
            sg_complain(complaints, data->node, "no peer '%s'", data->target);
        return;
    case SG_DATA_HEX:
    case SG_DATA_RANDOM:
    case SG_DATA_EVERY_BYTE:
        if (sg_data_check(data, &err) < 0)
            sg_complain(complaints, data->node, "%s", err.text);
        return;
    case SG_DATA_LITERAL:
    case SG_DATA_WORDS:
        return;
    }
}

static void check_definitions(const struct sg_assignment *assignment, const struct sg_case *one,
                              const struct sg_data *items, size_t count,
                              struct sg_complaints *complaints)
{
    for (size_t i = 0; i < count; i++) {
        if (!items[i].form)
            continue;
        if (!sg_name_valid(items[i].name))
            sg_complain(complaints, items[i].node, "'%s' is no name for data", items[i].name);
        sg_check_data(assignment, one, &items[i], complaints);
        if (refers_to(assignment, one, &items[i], &items[i], 0))
            sg_complain(complaints, items[i].node, "data '%s' refers to itself", items[i].name);
    }
}

/* The first case with this id (all of a matrix share it). */
static const struct sg_case *find_case(const struct sg_assignment *assignment, const char *id)
{
    for (size_t i = 0; i < assignment->cases.count; i++) {
        if (assignment->cases.items[i].id && strcmp(assignment->cases.items[i].id, id) == 0)
            return &assignment->cases.items[i];
    }
    return NULL;
}

static void check_needs(const struct sg_assignment *assignment, const struct sg_case *one,
                        struct sg_complaints *complaints)
{
    for (size_t i = 0; i < one->needs.count; i++) {
        const struct sg_need *need = &one->needs.items[i];
        const struct sg_case *needed = need->id ? find_case(assignment, need->id) : NULL;
        if (!need->id)
            continue;
        if (needed) {
            if (needed->role != one->role)
                sg_complain(complaints, need->node, "case '%s' judges the other role", need->id);
            continue;
        }
        struct sg_nearest nearest = {.word = need->id};
        for (size_t c = 0; c < assignment->cases.count; c++)
            sg_nearest_offer(&nearest, assignment->cases.items[c].name);
        sg_complain(complaints, need->node, "no case '%s'%s%s%s", need->id,
                    nearest.found ? " (did you mean '" : "", nearest.found ? nearest.found : "",
                    nearest.found ? "'?)" : "");
    }
}

/* Whether following needs from `one` leads to the case `start`. */
static bool needs_itself(const struct sg_assignment *assignment, const struct sg_case *one,
                         const char *start, size_t depth)
{
    if (depth > assignment->cases.count)
        return false; /* a cycle, but through others: theirs to complain of */
    for (size_t i = 0; i < one->needs.count; i++) {
        const char *id = one->needs.items[i].id;
        if (!id)
            continue;
        if (strcmp(id, start) == 0)
            return true;
        const struct sg_case *needed = find_case(assignment, id);
        if (needed && needs_itself(assignment, needed, start, depth + 1))
            return true;
    }
    return false;
}

static bool group_is_defined(const struct sg_assignment *assignment, const char *name)
{
    for (size_t i = 0; i < assignment->groups.count; i++) {
        if (strcmp(assignment->groups.items[i].name, name) == 0)
            return true;
    }
    return false;
}

static void check_case(const struct sg_assignment *assignment, const struct sg_case *one,
                       struct sg_complaints *complaints)
{
    if (!one->id)
        return;
    for (const struct sg_case *other = assignment->cases.items; other != one; other++) {
        if (other->name && strcmp(other->name, one->name) == 0 && other->node != one->node) {
            sg_complain(complaints, one->node, "case '%s' stands twice (first in line %zu)",
                        one->id, other->node->place.line);
            return;
        }
        if (other->name && strcmp(other->name, one->name) == 0) {
            sg_complain(complaints, one->matrix, "two combinations are called '%s'", one->name);
            return;
        }
    }
    if (one->group && !group_is_defined(assignment, one->group))
        sg_complain(complaints, one->node, "group '%s' of case '%s' is not in 'groups'", one->group,
                    one->id);
    check_needs(assignment, one, complaints);
    if (needs_itself(assignment, one, one->id, 0))
        sg_complain(complaints, one->node, "case '%s' needs itself", one->id);
    for (size_t i = 0; i < one->cast.count; i++) {
        if (!sg_assignment_program(assignment, one->cast.items[i].name))
            sg_complain(complaints, one->cast.items[i].node, "no program '%s'",
                        one->cast.items[i].name);
    }
    if (!one->role)
        return;
    const char *judged = one->role == SG_ROLE_SERVER ? "server" : "client";
    if (!sg_assignment_program(assignment, judged))
        sg_complain(complaints, one->node, "the spec has no program '%s'", judged);
    for (size_t i = 0; i < one->hints.count; i++) {
        const char *code = one->hints.items[i].code;
        if (code && !sg_code_find(code))
            sg_complain(complaints, one->hints.items[i].node, "no diagnosis '%s'", code);
    }
    if (one->broken)
        return;
    check_definitions(assignment, one, one->data.items, one->data.count, complaints);
    sg_check_play(assignment, one, complaints);
}

static void check_totals(const struct sg_assignment *assignment, struct sg_complaints *complaints)
{
    for (size_t t = 0; t < assignment->totals.count; t++) {
        const struct sg_total *total = &assignment->totals.items[t];
        int role = strcmp(total->name, "server") == 0   ? SG_ROLE_SERVER
                   : strcmp(total->name, "client") == 0 ? SG_ROLE_CLIENT
                                                        : 0;
        if (!role) {
            sg_complain(complaints, total->node, "no role '%s'", total->name);
            continue;
        }
        int64_t sum = 0;
        bool broken = false;
        for (size_t i = 0; i < assignment->cases.count; i++) {
            sum += assignment->cases.items[i].role == role ? assignment->cases.items[i].points : 0;
            broken = broken || assignment->cases.items[i].broken;
        }
        if (sum == total->points || broken)
            continue;
        sg_autobytes struct sg_bytes found = {0};
        sg_thousandths_print(&found, sum);
        sg_complain(complaints, total->node, "the cases of the %s add up to %s points", total->name,
                    sg_bytes_text(&found));
    }
}

bool sg_check_assignment(const struct sg_assignment *assignment, struct sg_complaints *complaints)
{
    size_t before = complaints->count + complaints->unsaid;
    check_programs(assignment, complaints);
    check_peers(assignment, complaints);
    check_definitions(assignment, NULL, assignment->data.items, assignment->data.count, complaints);
    for (size_t i = 0; i < assignment->cases.count; i++)
        check_case(assignment, &assignment->cases.items[i], complaints);
    check_totals(assignment, complaints);
    return complaints->count + complaints->unsaid == before;
}
