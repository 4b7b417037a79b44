/* SPDX-License-Identifier: MIT
 * What is found by name in a loaded assignment. */
#include "spec/assignment.h"

#include <fnmatch.h>
#include <string.h>

#include "base/language.h"

#include "base/number.h"

static const struct sg_data *find_value(const struct sg_argument *items, size_t count,
                                        const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(items[i].name, name) == 0)
            return &items[i].data;
    }
    return NULL;
}

const struct sg_data *sg_program_value(const struct sg_program *program, const struct sg_step *step,
                                       const char *name)
{
    const struct sg_data *given =
        step ? find_value(step->arguments.items, step->arguments.count, name) : NULL;
    return given ? given : find_value(program->values.items, program->values.count, name);
}

const struct sg_program *sg_assignment_program(const struct sg_assignment *assignment,
                                               const char *name)
{
    for (size_t i = 0; i < assignment->programs.count; i++) {
        if (strcmp(assignment->programs.items[i].name, name) == 0)
            return &assignment->programs.items[i];
    }
    return NULL;
}

const char *sg_program_word(const struct sg_program *program)
{
    return program->called.count ? program->called.items[0] : program->name;
}

bool sg_assignment_has_hosts(const struct sg_assignment *assignment)
{
    for (size_t i = 0; i < assignment->peers.count; i++) {
        if (assignment->peers.items[i].kind == SG_ACTOR_HOST)
            return true;
    }
    return false;
}

bool sg_assignment_is_raw(const struct sg_assignment *assignment)
{
    for (size_t i = 0; i < assignment->programs.count; i++) {
        if (assignment->programs.items[i].raw_sockets)
            return true;
    }
    return false;
}

bool sg_word_is_address(const char *name)
{
    static const char *const names[] = {"host", "port", "path"};
    for (size_t i = 0; i < SG_COUNT(names); i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

bool sg_program_has_port(const struct sg_program *program)
{
    for (size_t i = 0; i < program->arguments.count; i++) {
        const char *argument = program->arguments.items[i];
        if (strcmp(argument, "$port") == 0 || strcmp(argument, "$path") == 0)
            return true;
    }
    return program->listens;
}

bool sg_program_is_called(const struct sg_program *program, const char *name)
{
    bool is = strcmp(program->name, name) == 0;
    for (size_t i = 0; i < program->called.count; i++)
        is = is || (program->called.items[i] && strcmp(program->called.items[i], name) == 0);
    return is;
}

const struct sg_peer *sg_assignment_peer(const struct sg_assignment *assignment, const char *name)
{
    for (size_t i = 0; i < assignment->peers.count; i++) {
        if (strcmp(assignment->peers.items[i].name, name) == 0)
            return &assignment->peers.items[i];
    }
    return NULL;
}

bool sg_file_name_valid(const char *name)
{
    return name[0] && !strchr(name, '/') && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

bool sg_peer_is_called(const struct sg_peer *peer, const char *name)
{
    size_t length = strlen(peer->name);
    if (strncmp(name, peer->name, length) != 0)
        return false;
    const char *rest = name + length;
    if (!peer->count)
        return *rest == 0;
    int64_t number;
    return *rest >= '1' && *rest <= '9' && sg_number_parse(rest, &number) && number <= peer->count;
}

const struct sg_data *sg_assignment_data(const struct sg_assignment *assignment,
                                         const struct sg_case *one, const char *name)
{
    for (size_t i = 0; one && i < one->data.count; i++) {
        if (strcmp(one->data.items[i].name, name) == 0)
            return &one->data.items[i];
    }
    for (size_t i = 0; i < assignment->data.count; i++) {
        if (strcmp(assignment->data.items[i].name, name) == 0)
            return &assignment->data.items[i];
    }
    return NULL;
}

bool sg_case_is_called(const struct sg_case *one, const char *const *patterns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        /* A name may hold brackets, which a pattern would take for a set. */
        if (strcmp(patterns[i], one->name) == 0 || strcmp(patterns[i], one->id) == 0 ||
            fnmatch(patterns[i], one->name, FNM_NOESCAPE) == 0)
            return true;
    }
    return count == 0;
}

int sg_case_cast(const struct sg_case *one, const char *name)
{
    for (size_t i = 0; i < one->cast.count; i++) {
        if (strcmp(one->cast.items[i].name, name) == 0)
            return one->cast.items[i].by;
    }
    bool own = strcmp(name, one->role == SG_ROLE_SERVER ? "server" : "client") == 0;
    return own && one->cast.count == 0 ? SG_CAST_STUDENT : 0;
}

const char *sg_words_used(const struct sg_words *words)
{
    return words->id && strcmp(sg_language_used(), "id") == 0 ? words->id : words->en;
}
