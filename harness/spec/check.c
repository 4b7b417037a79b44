/* SPDX-License-Identifier: MIT
 * Checks a loaded assignment: names, needs, points, payload. The plays are check_play.c's. */
#include "spec/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "result/codes.h"
#include "spec/data.h"

/* Where the value of `key` stands in `map`, else the map. */
static const struct sg_node *node_of(const struct sg_node *map, const char *key)
{
    const struct sg_node *value = sg_node_get(map, key);
    return value ? value : map;
}

static bool takes_argument(const struct sg_program *program, const char *name)
{
    for (size_t a = 0; a < program->arguments.count; a++) {
        const char *argument = program->arguments.items[a];
        if (argument && argument[0] == '$' && strcmp(argument + 1, name) == 0)
            return true;
    }
    return false;
}

/* By the examiner, or by the program's own values. */
static bool is_given(const struct sg_program *program, const char *name)
{
    bool given = sg_word_is_address(name);
    for (size_t v = 0; v < program->values.count; v++)
        given = given || strcmp(program->values.items[v].name, name) == 0;
    return given;
}

/* A name by which two programs are called, or that says something else in a manifest, finds
 * none. */
static void check_called(const struct sg_assignment *assignment, const struct sg_program *program,
                         struct sg_complaints *complaints)
{
    static const char *const taken[] = {"server", "client", "assignment", "build", "form"};
    const struct sg_node *node = sg_node_get(program->node, "called");
    for (size_t i = 0; i < program->called.count; i++) {
        const char *name = program->called.items[i];
        bool is_taken = false;
        for (size_t t = 0; name && t < SG_COUNT(taken); t++)
            is_taken = is_taken || strcmp(taken[t], name) == 0;
        for (size_t p = 0; name && p < assignment->programs.count; p++) {
            const struct sg_program *other = &assignment->programs.items[p];
            is_taken = is_taken || (other != program && sg_program_is_called(other, name));
        }
        if (is_taken)
            sg_complain(complaints, node->items[i], "'%s' cannot name a program: it has a meaning",
                        name);
    }
}

static void check_own_files(const struct sg_assignment *assignment,
                            const struct sg_program *program, struct sg_complaints *complaints)
{
    bool local = assignment->transport == SG_TRANSPORT_UNIX;
    for (size_t a = 0; a < program->arguments.count; a++) {
        const char *argument = program->arguments.items[a];
        if (argument && argument[0] == '$' && sg_word_is_address(argument + 1) &&
            local != (strcmp(argument, "$path") == 0))
            sg_complain(complaints, program->node, "'%s' %s 'transport: unix'", argument,
                        local ? "is nothing that goes with" : "goes with");
    }
    for (size_t f = 0; f < program->files.count; f++) {
        const struct sg_data *file = &program->files.items[f];
        if (!sg_file_name_valid(file->name))
            sg_complain(complaints, file->name_node, "'%s' is no name for a file", file->name);
        sg_check_data(assignment, NULL, file, complaints);
    }
}

static void check_program(const struct sg_assignment *assignment, const struct sg_program *program,
                          struct sg_complaints *complaints)
{
    if (strcmp(program->name, "server") != 0 && strcmp(program->name, "client") != 0)
        sg_complain(complaints, program->name_node, "a program is 'server' or 'client', found '%s'",
                    program->name);
    check_called(assignment, program, complaints);
    for (size_t a = 0; a < program->arguments.count; a++) {
        const char *argument = program->arguments.items[a];
        if (!argument || argument[0] != '$')
            continue;
        const struct sg_node *node = sg_node_get(program->node, "arguments")->items[a];
        if (!sg_name_valid(argument + 1))
            sg_complain(complaints, node, "'%s' is no name for an argument", argument);
        else if (program->listens && !is_given(program, argument + 1)) /* no step starts it */
            sg_complain(complaints, node, "nothing gives a value to '%s'", argument);
    }
    for (size_t v = 0; v < program->values.count; v++) {
        const struct sg_argument *value = &program->values.items[v];
        if (!takes_argument(program, value->name))
            sg_complain(complaints, value->name_node, "'%s' has no argument '$%s'", program->name,
                        value->name);
        sg_check_data(assignment, NULL, &value->data, complaints);
    }
    check_own_files(assignment, program, complaints);
}

/* "c2" of the group c would be two. */
static void check_peer_is_one(const struct sg_assignment *assignment, const struct sg_peer *peer,
                              struct sg_complaints *complaints)
{
    for (size_t i = 0; i < assignment->peers.count; i++) {
        const struct sg_peer *group = &assignment->peers.items[i];
        size_t length = strlen(group->name);
        const char *number = peer->name + length;
        if (!group->count || group == peer || strncmp(group->name, peer->name, length) != 0)
            continue;
        if (*number && strspn(number, "0123456789") == strlen(number))
            sg_complain(complaints, peer->name_node,
                        "'%s' cannot name a peer beside the group '%s'", peer->name, group->name);
    }
}

/* Whether programs can see hosts, as far as is known of them. */
static bool may_be_raw(const struct sg_assignment *assignment)
{
    for (size_t i = 0; i < assignment->programs.count; i++) {
        if (assignment->programs.items[i].broken)
            return true;
    }
    return sg_assignment_is_raw(assignment);
}

static void check_peers(const struct sg_assignment *assignment, struct sg_complaints *complaints)
{
    for (size_t i = 0; i < assignment->peers.count; i++) {
        const struct sg_peer *peer = &assignment->peers.items[i];
        if (!sg_name_valid(peer->name))
            sg_complain(complaints, peer->name_node, "'%s' is no name for a peer", peer->name);
        if (sg_assignment_program(assignment, peer->name) || strcmp(peer->name, "repeat") == 0)
            sg_complain(complaints, peer->name_node, "'%s' cannot name a peer: it has a meaning",
                        peer->name);
        check_peer_is_one(assignment, peer, complaints);
        if (peer->kind == SG_ACTOR_HOST && !may_be_raw(assignment))
            sg_complain(complaints, peer->name_node,
                        "'%s' is a host, which only programs with 'raw_sockets' can see",
                        peer->name);
        if (peer->kind == SG_ACTOR_HOST && peer->count)
            sg_complain(complaints, peer->name_node, "a host is one, and no group");
        if (peer->ports.most && peer->kind != SG_ACTOR_SERVER)
            sg_complain(complaints, peer->name_node, "'%s' cannot have 'ports': it is no server",
                        peer->name);
        else if (!peer->ports.most && (peer->elsewhere || peer->hangs_up || peer->silent))
            sg_complain(complaints, peer->name_node,
                        "'elsewhere', 'hangs_up' and 'silent' go with 'ports'");
        else if (peer->ports.most &&
                 (uint64_t)peer->count > peer->ports.most - peer->ports.least + 1)
            sg_complain(complaints, peer->name_node, "'%s' has more members than ports",
                        peer->name);
    }
}

/* The files of the view are data like any other, but not of any name. */
static void check_files(const struct sg_assignment *assignment, struct sg_complaints *complaints)
{
    for (size_t i = 0; i < assignment->files.count; i++) {
        const struct sg_data *file = &assignment->files.items[i];
        if (strcmp(file->name, "hosts") != 0 && strcmp(file->name, "services") != 0)
            sg_complain(complaints, file->name_node, "a file is 'hosts' or 'services', found '%s'",
                        file->name);
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
            sg_complain(complaints, items[i].name_node, "'%s' is no name for data", items[i].name);
        sg_check_data(assignment, one, &items[i], complaints);
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

static bool is_dropped(const struct sg_assignment *assignment, const char *id)
{
    for (size_t i = 0; i < assignment->drop.count; i++) {
        if (assignment->drop.items[i].id && strcmp(assignment->drop.items[i].id, id) == 0)
            return true;
    }
    return false;
}

static void check_needs(const struct sg_assignment *assignment, const struct sg_case *one,
                        struct sg_complaints *complaints)
{
    for (size_t i = 0; i < one->needs.count; i++) {
        const struct sg_need *need = &one->needs.items[i];
        const struct sg_case *needed = need->id ? find_case(assignment, need->id) : NULL;
        if (!need->id)
            continue;
        if (needed && needed->role && one->role && needed->role != one->role)
            sg_complain(complaints, need->node, "case '%s' judges the other role", need->id);
        if (needed)
            continue;
        struct sg_nearest nearest = {.word = need->id};
        for (size_t c = 0; c < assignment->cases.count; c++) {
            if (assignment->cases.items[c].id)
                sg_nearest_offer(&nearest, assignment->cases.items[c].id);
        }
        sg_autofree char *meant = sg_check_suggest(&nearest);
        sg_complain(complaints, need->node, "no case '%s'%s", need->id,
                    is_dropped(assignment, need->id) ? " (it is dropped)" : meant);
    }
}

/* A walk along needs: each case is entered once, and a case that is met again before it is left
 * needs itself. */
struct needs_walk {
    const struct sg_assignment *assignment;
    struct sg_complaints *complaints;
    enum { NOT_ENTERED, ENTERED, LEFT } * states; /* by the index of the case */
};

static void follow_needs(struct needs_walk *walk, const struct sg_case *one)
{
    size_t index = (size_t)(one - walk->assignment->cases.items);
    if (walk->states[index] != NOT_ENTERED)
        return;
    walk->states[index] = ENTERED;
    for (size_t i = 0; i < one->needs.count; i++) {
        const struct sg_need *need = &one->needs.items[i];
        const struct sg_case *needed = need->id ? find_case(walk->assignment, need->id) : NULL;
        if (!needed)
            continue;
        if (needed == one)
            sg_complain(walk->complaints, need->node, "case '%s' needs itself", one->id);
        else if (walk->states[needed - walk->assignment->cases.items] == ENTERED)
            sg_complain(walk->complaints, need->node, "case '%s' needs itself, by way of '%s'",
                        needed->id, one->id);
        follow_needs(walk, needed);
    }
    walk->states[index] = LEFT;
}

static void check_circles(const struct sg_assignment *assignment, struct sg_complaints *complaints)
{
    size_t count = assignment->cases.count;
    struct needs_walk walk = {.assignment = assignment, .complaints = complaints};
    walk.states = sg_alloc(count * sizeof *walk.states);
    for (size_t i = 0; i < count; i++) {
        const struct sg_case *one = &assignment->cases.items[i];
        /* All combinations of a case need the same; the first stands for them. */
        if (one->id && find_case(assignment, one->id) == one)
            follow_needs(&walk, one);
    }
    free(walk.states);
}

static void check_group(const struct sg_assignment *assignment, const struct sg_case *one,
                        struct sg_complaints *complaints)
{
    struct sg_nearest nearest = {.word = one->group};
    for (size_t i = 0; i < assignment->groups.count; i++) {
        if (strcmp(assignment->groups.items[i].name, one->group) == 0)
            return;
        sg_nearest_offer(&nearest, assignment->groups.items[i].name);
    }
    sg_autofree char *meant = sg_check_suggest(&nearest);
    sg_complain(complaints, node_of(one->node, "group"), "no group '%s' in 'groups'%s", one->group,
                meant);
}

static void check_faults(const struct sg_case *one, struct sg_complaints *complaints)
{
    for (size_t i = 0; i < one->faults.count; i++) {
        const struct sg_program_faults *faults = &one->faults.items[i];
        if (!sg_case_cast(one, faults->name))
            sg_complain(complaints, faults->node, "nobody plays '%s' in this case", faults->name);
        for (size_t f = 0; f < faults->list.count; f++) {
            const struct sg_fault *fault = &faults->list.items[f];
            int fits = fault->form == SG_FAULT_ACCEPTS ? SG_FAULT_SEND
                       : fault->form == SG_FAULT_GIVES ? SG_FAULT_RECV
                                                       : 0;
            if (fits && fault->call != fits)
                sg_complain(complaints, fault->node, "'accept' goes with send, 'give' with recv");
        }
    }
}

/* Only the datagrams between two programs take a path. */
static void check_path(const struct sg_assignment *assignment, const struct sg_case *one,
                       struct sg_complaints *complaints)
{
    const struct sg_path *path = &one->path;
    if (!path->lose && !path->duplicate && !path->reorder)
        return;
    if (assignment->transport != SG_TRANSPORT_UDP)
        sg_complain(complaints, node_of(one->node, "path"),
                    "a path is taken by datagrams ('transport: udp')");
    else if (!sg_case_cast(one, "server") || !sg_case_cast(one, "client"))
        sg_complain(complaints, node_of(one->node, "path"),
                    "a path lies between two programs: name both under 'programs'");
}

/* False where a case before this one has its name. */
static bool check_name(const struct sg_assignment *assignment, const struct sg_case *one,
                       struct sg_complaints *complaints)
{
    for (const struct sg_case *other = assignment->cases.items; other != one; other++) {
        if (!other->id || strcmp(other->name, one->name) != 0)
            continue;
        if (other->node == one->node)
            sg_complain(complaints, one->matrix, "two combinations are called '%s'", one->name);
        else
            sg_complain(complaints, node_of(one->node, "id"),
                        "case '%s' stands twice (first in line %zu)", one->id,
                        other->node->place.line);
        return false;
    }
    return true;
}

static void check_cast(const struct sg_assignment *assignment, const struct sg_case *one,
                       struct sg_complaints *complaints)
{
    const char *judged = one->role == SG_ROLE_SERVER ? "server" : "client";
    for (size_t i = 0; i < one->cast.count; i++) {
        const struct sg_casting *casting = &one->cast.items[i];
        if (!sg_assignment_program(assignment, casting->name))
            sg_complain(complaints, casting->name_node, "no program '%s'", casting->name);
    }
    if (!sg_assignment_program(assignment, judged))
        sg_complain(complaints, node_of(one->node, "role"), "the spec has no program '%s'", judged);
    else if (sg_case_cast(one, judged) != SG_CAST_STUDENT)
        sg_complain(complaints, node_of(one->node, "programs"),
                    "the %s is judged, so it must be the student's: '%s: student'", judged, judged);
}

static void check_hints(const struct sg_case *one, struct sg_complaints *complaints)
{
    for (size_t i = 0; i < one->hints.count; i++) {
        const struct sg_hint *hint = &one->hints.items[i];
        if (!hint->code || sg_code_find(hint->code))
            continue;
        struct sg_nearest nearest = {.word = hint->code};
        for (enum sg_code code = SG_CODE_NONE + 1; code < SG_CODE_END; code++)
            sg_nearest_offer(&nearest, sg_code_info(code)->id);
        sg_autofree char *meant = sg_check_suggest(&nearest);
        sg_complain(complaints, node_of(hint->node, "if"), "no diagnosis '%s'%s", hint->code,
                    meant);
    }
}

/* What can be said of a play whose steps are not all right: what they send and expect. */
static void check_steps_data(const struct sg_assignment *assignment, const struct sg_case *one,
                             const struct sg_steps *steps, struct sg_complaints *complaints)
{
    for (size_t i = 0; i < steps->count; i++) {
        sg_check_data(assignment, one, &steps->items[i].data, complaints);
        check_steps_data(assignment, one, &steps->items[i].play, complaints);
    }
}

static void check_case(const struct sg_assignment *assignment, const struct sg_case *one,
                       struct sg_complaints *complaints)
{
    if (!one->id || !check_name(assignment, one, complaints))
        return;
    if (one->group)
        check_group(assignment, one, complaints);
    check_needs(assignment, one, complaints);
    check_hints(one, complaints);
    check_definitions(assignment, one, one->data.items, one->data.count, complaints);
    if (!one->role || one->broken) {
        check_steps_data(assignment, one, &one->play, complaints);
        sg_check_actors(assignment, one, complaints);
        return;
    }
    check_cast(assignment, one, complaints);
    check_faults(one, complaints);
    check_path(assignment, one, complaints);
    sg_check_play(assignment, one, complaints);
}

/* The points of a role, where the client has this form. */
static int64_t add_up(const struct sg_assignment *assignment, int role, int form, bool *ret_broken)
{
    int64_t sum = 0;
    for (size_t i = 0; i < assignment->cases.count; i++) {
        const struct sg_case *one = &assignment->cases.items[i];
        if (one->role == role && (!one->form || one->form == form))
            sum += one->points;
        *ret_broken = *ret_broken || one->broken;
    }
    return sum;
}

static void check_total(const struct sg_assignment *assignment, const struct sg_total *total,
                        int role, struct sg_complaints *complaints)
{
    for (int form = SG_FORM_UNCONNECTED; form <= SG_FORM_CONNECTED; form++) {
        bool broken = false;
        int64_t sum = add_up(assignment, role, form, &broken);
        if (sum == total->points || broken)
            continue;
        sg_autobytes struct sg_bytes found = {0};
        sg_thousandths_print(&found, sum);
        sg_complain(complaints, total->node, "the cases of the %s add up to %s points", total->name,
                    sg_bytes_text(&found));
        return;
    }
}

static void check_totals(const struct sg_assignment *assignment, struct sg_complaints *complaints)
{
    for (size_t t = 0; t < assignment->totals.count; t++) {
        const struct sg_total *total = &assignment->totals.items[t];
        int role = strcmp(total->name, "server") == 0   ? SG_ROLE_SERVER
                   : strcmp(total->name, "client") == 0 ? SG_ROLE_CLIENT
                                                        : 0;
        if (!role) {
            sg_complain(complaints, total->name_node, "no role '%s': server or client",
                        total->name);
            continue;
        }
        check_total(assignment, total, role, complaints);
    }
}

/* What speaks of an extended spec where there is none. */
static void check_extension(const struct sg_assignment *assignment,
                            struct sg_complaints *complaints)
{
    static const char *const keys[] = {"drop", "hide"};
    for (size_t i = 0; assignment->node && !assignment->extends && i < SG_COUNT(keys); i++) {
        const struct sg_node *node = sg_node_get(assignment->node, keys[i]);
        if (node)
            sg_complain(complaints, node,
                        "'%s' is about the spec that 'extends' names: there is none", keys[i]);
    }
}

bool sg_check_assignment(const struct sg_assignment *assignment, struct sg_complaints *complaints)
{
    size_t before = complaints->count + complaints->unsaid;
    for (size_t i = 0; i < assignment->programs.count; i++)
        check_program(assignment, &assignment->programs.items[i], complaints);
    check_peers(assignment, complaints);
    check_files(assignment, complaints);
    check_definitions(assignment, NULL, assignment->files.items, assignment->files.count,
                      complaints);
    check_definitions(assignment, NULL, assignment->data.items, assignment->data.count, complaints);
    for (size_t i = 0; i < assignment->cases.count; i++)
        check_case(assignment, &assignment->cases.items[i], complaints);
    check_circles(assignment, complaints);
    check_totals(assignment, complaints);
    check_extension(assignment, complaints);
    return complaints->count + complaints->unsaid == before;
}
