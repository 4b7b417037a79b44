/* SPDX-License-Identifier: MIT
 * Finds, loads and joins specs. */
#include "spec/library.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spec/check.h"

static const char extension[] = ".yaml";

void sg_library_add(struct sg_library *library, const char *colon_separated)
{
    while (colon_separated && *colon_separated) {
        size_t length = strcspn(colon_separated, ":");
        if (length && library->count < SG_MOST_SPEC_FOLDERS)
            library->folders[library->count++] = sg_printf("%.*s", (int)length, colon_separated);
        colon_separated += length + (colon_separated[length] == ':');
    }
}

void sg_library_done(struct sg_library *library)
{
    if (!library)
        return;
    for (size_t i = 0; i < library->count; i++)
        free(library->folders[i]);
    *library = (struct sg_library){0};
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list_folder(const char *path, char ***ids, size_t *count)
{
    DIR *folder = opendir(path);
    if (!folder)
        return;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        size_t length = strlen(entry->d_name), tail = sizeof extension - 1;
        if (entry->d_name[0] == '.' || length <= tail ||
            strcmp(entry->d_name + length - tail, extension) != 0)
            continue;
        *ids = sg_realloc_array(*ids, *count + 1, sizeof **ids);
        (*ids)[(*count)++] = sg_printf("%.*s", (int)(length - tail), entry->d_name);
    }
    (void)closedir(folder);
}

void sg_library_list(const struct sg_library *library, char ***ret_ids, size_t *ret_count)
{
    *ret_ids = NULL;
    size_t count = 0;
    for (size_t i = 0; i < library->count; i++)
        list_folder(library->folders[i], ret_ids, &count);
    if (count)
        qsort(*ret_ids, count, sizeof **ret_ids, compare_names);
    *ret_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (*ret_count && strcmp((*ret_ids)[*ret_count - 1], (*ret_ids)[i]) == 0)
            free((*ret_ids)[i]);
        else
            (*ret_ids)[(*ret_count)++] = (*ret_ids)[i];
    }
}

static int refuse_id(const struct sg_library *library, const char *id, struct sg_error *err)
{
    char **ids;
    size_t count;
    sg_library_list(library, &ids, &count);
    struct sg_nearest nearest = {.word = id};
    sg_autobytes struct sg_bytes all = {0};
    for (size_t i = 0; i < count; i++) {
        sg_nearest_offer(&nearest, ids[i]);
        sg_bytes_printf(&all, "%s%s", i ? ", " : "", ids[i]);
    }
    if (nearest.found)
        (void)sg_fail(err, "no assignment '%s' (did you mean '%s'?)", id, nearest.found);
    else
        (void)sg_fail(err, "no assignment '%s' (there are: %s)", id,
                      count ? sg_bytes_text(&all) : "none");
    for (size_t i = 0; i < count; i++)
        free(ids[i]);
    free(ids);
    return -1;
}

/* The spec `id` in the first folder from *folder on that has one; NULL: none has. *folder is then
 * the one behind it. */
static char *find_from(const struct sg_library *library, const char *id, size_t *folder)
{
    while (sg_name_valid(id) && *folder < library->count) {
        char *path = sg_printf("%s/%s%s", library->folders[(*folder)++], id, extension);
        if (access(path, R_OK) == 0)
            return path;
        free(path);
    }
    return NULL;
}

int sg_library_find(const struct sg_library *library, const char *id, char **ret_path,
                    struct sg_error *err)
{
    size_t folder = 0;
    char *path = find_from(library, id, &folder);
    if (!path)
        return refuse_id(library, id, err);
    *ret_path = path;
    return 0;
}

/* Names the cases of a matrix and shares its points among them, to the last thousandth. */
static void name_cases(struct sg_spec *spec, struct sg_assignment *assignment)
{
    struct sg_case *cases = assignment->cases.items;
    for (size_t first = 0, end; first < assignment->cases.count; first = end) {
        for (end = first + 1; end < assignment->cases.count; end++) {
            if (cases[end].node != cases[first].node || !cases[first].label)
                break;
        }
        int64_t count = (int64_t)(end - first), left = cases[first].points;
        for (size_t i = first; i < end; i++) {
            struct sg_case *one = &cases[i];
            const char *id = one->id ? one->id : "?";
            one->name = one->label ? sg_arena_printf(&spec->arena, "%s[%s]", id, one->label) : id;
            one->points = left / count;
            left -= left / count--;
        }
    }
}

static bool is_listed(const struct sg_need *items, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].id && strcmp(items[i].id, id) == 0)
            return true;
    }
    return false;
}

static bool has_case(const struct sg_assignment *assignment, const char *id)
{
    for (size_t i = 0; i < assignment->cases.count; i++) {
        if (assignment->cases.items[i].id && strcmp(assignment->cases.items[i].id, id) == 0)
            return true;
    }
    return false;
}

static void check_listed(const struct sg_assignment *base, const struct sg_need *items,
                         size_t count, struct sg_complaints *complaints)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].id && !has_case(base, items[i].id))
            sg_complain(complaints, items[i].node, "the extended spec has no case '%s'",
                        items[i].id);
    }
}

/* Puts the items of `base` that `own` does not name itself in front of `own`'s. Items know their
 * name at `name_at`. */
static void join_named(struct sg_arena *arena, void *own_list, const void *base_list, size_t size,
                       size_t name_at)
{
    struct list {
        uint8_t *items;
        size_t count;
    } own, base, joined = {0};
    memcpy(&own, own_list, sizeof own);
    memcpy(&base, base_list, sizeof base);
    for (size_t i = 0; i < base.count + own.count; i++) {
        const uint8_t *item =
            i < base.count ? base.items + i * size : own.items + (i - base.count) * size;
        const char *name, *other;
        memcpy(&name, item + name_at, sizeof name);
        bool replaced = false;
        for (size_t o = 0; i < base.count && o < own.count; o++) {
            memcpy(&other, own.items + o * size + name_at, sizeof other);
            replaced = replaced || strcmp(name, other) == 0;
        }
        if (!replaced)
            memcpy(sg_arena_push(arena, (void **)&joined.items, &joined.count, size), item, size);
    }
    memcpy(own_list, &joined, sizeof joined);
}

/* The cases of `base` that `own` neither replaces nor drops. */
static void add_base_cases(struct sg_arena *arena, const struct sg_assignment *own,
                           const struct sg_assignment *base, struct sg_case **joined, size_t *count)
{
    for (size_t i = 0; i < base->cases.count; i++) {
        const struct sg_case *one = &base->cases.items[i];
        if (!one->id || has_case(own, one->id) ||
            is_listed(own->drop.items, own->drop.count, one->id))
            continue;
        struct sg_case *room = sg_arena_push(arena, (void **)joined, count, sizeof *room);
        *room = *one;
        room->hidden = one->hidden || is_listed(own->hide.items, own->hide.count, one->id);
    }
}

/* An instructor's own cases come behind those of the assignment that they add to; what an abstract
 * spec has for many assignments comes behind an assignment's own. */
static void join_cases(struct sg_arena *arena, struct sg_assignment *own,
                       const struct sg_assignment *base)
{
    struct sg_case *joined = NULL;
    size_t count = 0;
    if (!base->abstract)
        add_base_cases(arena, own, base, &joined, &count);
    for (size_t i = 0; i < own->cases.count; i++) {
        struct sg_case *room = sg_arena_push(arena, (void **)&joined, &count, sizeof *room);
        *room = own->cases.items[i];
    }
    if (base->abstract)
        add_base_cases(arena, own, base, &joined, &count);
    own->cases.items = joined;
    own->cases.count = count;
}

static void extend(struct sg_spec *spec, struct sg_assignment *own,
                   const struct sg_assignment *base, struct sg_complaints *complaints)
{
    struct sg_arena *arena = &spec->arena;
    check_listed(base, own->drop.items, own->drop.count, complaints);
    check_listed(base, own->hide.items, own->hide.count, complaints);
    join_named(arena, &own->programs, &base->programs, sizeof(struct sg_program),
               offsetof(struct sg_program, name));
    join_named(arena, &own->peers, &base->peers, sizeof(struct sg_peer),
               offsetof(struct sg_peer, name));
    join_named(arena, &own->data, &base->data, sizeof(struct sg_data),
               offsetof(struct sg_data, name));
    join_named(arena, &own->files, &base->files, sizeof(struct sg_data),
               offsetof(struct sg_data, name));
    join_named(arena, &own->groups, &base->groups, sizeof(struct sg_group),
               offsetof(struct sg_group, name));
    join_cases(arena, own, base);
    if (!sg_node_get(own->node, "defaults"))
        own->reply_ns = base->reply_ns;
    if (!own->mark.length)
        own->mark = base->mark;
    if (!own->longest_frame)
        own->longest_frame = base->longest_frame;
    if (!sg_node_get(own->node, "transport"))
        own->transport = base->transport;
    if (!own->about.en)
        own->about = base->about;
    if (!own->twins)
        own->twins = base->twins;
}

/* A relative path begins at the folder of the spec that has it. */
static void place_twins(struct sg_spec *spec, const struct sg_document *document,
                        struct sg_assignment *assignment)
{
    const char *path = document->source.path, *slash = strrchr(path, '/');
    if (assignment->twins && assignment->twins[0] != '/' && slash)
        assignment->twins =
            sg_arena_printf(&spec->arena, "%.*s/%s", (int)(slash - path), path, assignment->twins);
}

static bool load_document(const struct sg_library *library, struct sg_spec *spec,
                          struct sg_assignment *ret, struct sg_complaints *complaints);

/* Whether `path` is among the files that led here: then they extend each other in a circle. */
static bool is_open(const struct sg_spec *spec, const char *path)
{
    struct stat file, known;
    for (size_t i = 0; i < spec->document_count; i++) {
        if (stat(path, &file) == 0 && stat(spec->documents[i].source.path, &known) == 0 &&
            file.st_dev == known.st_dev && file.st_ino == known.st_ino)
            return true;
    }
    return false;
}

/* The path of what `own` extends; NULL where there is none, which has been complained of. */
static char *find_base(const struct sg_library *library, const struct sg_spec *spec,
                       const struct sg_assignment *own, struct sg_complaints *complaints)
{
    const struct sg_node *node = sg_node_get(own->node, "extends");
    size_t folder = 0, found = 0;
    for (char *path; (path = find_from(library, own->extends, &folder)); found++) {
        if (!is_open(spec, path))
            return path;
        free(path);
    }
    struct sg_error missing = {0};
    if (found)
        sg_complain(complaints, node, "'%s' extends itself", own->extends);
    else if (refuse_id(library, own->extends, &missing) < 0)
        sg_complain(complaints, node, "%s", missing.text);
    return NULL;
}

/* False where what `own` extends cannot be had, which has been complained of. */
static bool load_base(const struct sg_library *library, struct sg_spec *spec,
                      struct sg_assignment *own, struct sg_complaints *complaints)
{
    const struct sg_node *node = sg_node_get(own->node, "extends");
    struct sg_error missing = {0};
    sg_autofree char *path = find_base(library, spec, own, complaints);
    if (!path)
        return false;
    if (spec->document_count == SG_MOST_EXTENDS) {
        sg_complain(complaints, node, "more than %d specs that extend one another",
                    SG_MOST_EXTENDS);
        return false;
    }
    if (sg_yaml_read(path, &spec->documents[spec->document_count], complaints, &missing) < 0) {
        sg_complain(complaints, node, "%s", missing.text);
        return false;
    }
    spec->document_count++;
    struct sg_assignment base = {0};
    if (!load_document(library, spec, &base, complaints))
        return false;
    extend(spec, own, &base, complaints);
    return true;
}

/* Loads the newest document of `spec` and those that it extends. False where one of them is missing
 * or no YAML: what is left cannot be checked. */
static bool load_document(const struct sg_library *library, struct sg_spec *spec,
                          struct sg_assignment *ret, struct sg_complaints *complaints)
{
    const struct sg_document *document = &spec->documents[spec->document_count - 1];
    if (!document->root)
        return false;
    struct sg_loading loading = {.arena = &spec->arena, .complaints = complaints};
    (void)sg_load(&loading, document->root, &sg_type_assignment, ret);
    name_cases(spec, ret);
    place_twins(spec, document, ret);
    if (ret->id)
        spec->ids[spec->id_count++] = ret->id;
    return !ret->extends || load_base(library, spec, ret, complaints);
}

int sg_spec_load(const struct sg_library *library, const char *path, struct sg_spec *ret,
                 struct sg_complaints *complaints, struct sg_error *err)
{
    *ret = (struct sg_spec){0};
    if (sg_yaml_read(path, &ret->documents[0], complaints, err) < 0)
        return -1;
    ret->document_count = 1;
    if (load_document(library, ret, &ret->assignment, complaints))
        (void)sg_check_assignment(&ret->assignment, complaints);
    return 0;
}

void sg_spec_parse(const struct sg_library *library, const char *name, struct sg_slice text,
                   struct sg_spec *ret, struct sg_complaints *complaints)
{
    *ret = (struct sg_spec){0};
    sg_yaml_parse(name, text, &ret->documents[0], complaints);
    ret->document_count = 1;
    if (load_document(library, ret, &ret->assignment, complaints))
        (void)sg_check_assignment(&ret->assignment, complaints);
}

void sg_spec_done(struct sg_spec *spec)
{
    if (!spec)
        return;
    for (size_t i = 0; i < spec->document_count; i++)
        sg_document_done(&spec->documents[i]);
    sg_arena_done(&spec->arena);
    *spec = (struct sg_spec){0};
}
