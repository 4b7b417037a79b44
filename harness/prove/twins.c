/* SPDX-License-Identifier: MIT
 * The tables of a file of references and twins, read by the same loader as the specs. */
#include "prove/twins.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "program/manifest.h"
#include "result/codes.h"
#include "spec/assignment.h"

static const struct sg_type type_source_text = {.name = "a text",
                                                .id = "source text",
                                                .kind = SG_KIND_TEXT,
                                                .size = sizeof(const char *),
                                                .keeps_variables = true};

static const struct sg_type type_files = {.name = "a list of files",
                                          .id = "files",
                                          .kind = SG_KIND_LIST,
                                          .size = sizeof(struct sg_names),
                                          .item = &type_source_text,
                                          .least = 1,
                                          .most = 100};

static const struct sg_field reference_fields[] = {
    {.key = "files",
     .type = &type_files,
     .offset = SG_AT(struct sg_reference, files, struct sg_names),
     .required = true,
     .help = "Its files, below the folder of this file; they keep their paths."},
    {.key = "build",
     .type = &type_source_text,
     .offset = SG_AT(struct sg_reference, build, const char *),
     .help = "The shell command that builds it, as in submission.yaml."},
    {.key = "server",
     .type = &type_source_text,
     .offset = SG_AT(struct sg_reference, server, const char *),
     .help = "How the server is started, as in submission.yaml."},
    {.key = "client",
     .type = &type_source_text,
     .offset = SG_AT(struct sg_reference, client, const char *),
     .help = "How the client is started, as in submission.yaml."},
    {.key = "form",
     .type = &sg_type_manifest_form,
     .offset = SG_AT(struct sg_reference, client_form, int),
     .help = "Which form its client has, as in submission.yaml."},
};

static const struct sg_type type_reference = {
    .name = "a reference",
    .id = "reference",
    .kind = SG_KIND_RECORD,
    .size = sizeof(struct sg_reference),
    .fields = reference_fields,
    .field_count = SG_COUNT(reference_fields),
    .name_at = SG_KEPT_AT(struct sg_reference, name, const char *),
    .node_at = SG_KEPT_AT(struct sg_reference, node, const struct sg_node *)};

static const struct sg_type type_references = {.name = "a map of references",
                                               .id = "references",
                                               .kind = SG_KIND_TABLE,
                                               .size = sizeof((struct sg_twins *)0)->references,
                                               .item = &type_reference,
                                               .least = 1,
                                               .most = 20};

static const struct sg_field edit_fields[] = {
    {.key = "file",
     .type = &type_source_text,
     .offset = SG_AT(struct sg_edit, file, const char *),
     .required = true,
     .help = "One of the reference's files."},
    {.key = "replace",
     .type = &type_source_text,
     .offset = SG_AT(struct sg_edit, replace, const char *),
     .required = true,
     .help = "A text that stands there in exactly one place."},
    {.key = "by",
     .type = &type_source_text,
     .offset = SG_AT(struct sg_edit, by, const char *),
     .required = true,
     .help = "What stands there instead."},
};

static const struct sg_type type_edits = {
    .name = "a list of edits",
    .id = "edits",
    .kind = SG_KIND_LIST,
    .size = sizeof((struct sg_twin *)0)->edits,
    .least = 1,
    .most = 20,
    .item = &(const struct sg_type){.name = "an edit",
                                    .id = "edit",
                                    .kind = SG_KIND_RECORD,
                                    .size = sizeof(struct sg_edit),
                                    .fields = edit_fields,
                                    .field_count = SG_COUNT(edit_fields),
                                    .node_at =
                                        SG_KEPT_AT(struct sg_edit, node, const struct sg_node *)}};

static const struct sg_choice code_words[] = {
#define SG_CODE_WORD(name, id) {id, SG_CODE_##name, NULL},
    SG_CODES(SG_CODE_WORD)
#undef SG_CODE_WORD
};

static const struct sg_type type_code = {.name = "a diagnosis",
                                         .id = "diagnosis",
                                         .kind = SG_KIND_CHOICE,
                                         .size = sizeof(int),
                                         .choices = code_words,
                                         .choice_count = SG_COUNT(code_words)};

static const struct sg_type type_codes = {.name = "a list of diagnoses",
                                          .id = "diagnoses",
                                          .kind = SG_KIND_LIST,
                                          .size = sizeof(struct sg_codes_list),
                                          .item = &type_code,
                                          .least = 1,
                                          .most = 20};

static const struct sg_choice role_words[] = {
    {"server", SG_ROLE_SERVER, NULL},
    {"client", SG_ROLE_CLIENT, NULL},
};

static const struct sg_type type_twin_role = {.name = "a role",
                                              .id = "twin's role",
                                              .kind = SG_KIND_CHOICE,
                                              .size = sizeof(int),
                                              .choices = role_words,
                                              .choice_count = SG_COUNT(role_words)};

static const struct sg_field twin_fields[] = {
    {.key = "of",
     .type = &sg_type_name,
     .offset = SG_AT(struct sg_twin, of, const char *),
     .help = "The reference that it is a twin of; without it, the first."},
    {.key = "role",
     .type = &type_twin_role,
     .offset = SG_AT(struct sg_twin, role, int),
     .required = true,
     .help = "Which of its programs has the bug."},
    {.key = "bug",
     .type = &type_source_text,
     .offset = SG_AT(struct sg_twin, bug, const char *),
     .required = true,
     .help = "What is wrong with it, in a sentence."},
    {.key = "earns",
     .type = &type_codes,
     .offset = SG_AT(struct sg_twin, earns, struct sg_codes_list),
     .required = true,
     .help = "The diagnoses that must be among those of its failed cases."},
    {.key = "also",
     .type = &type_codes,
     .offset = SG_AT(struct sg_twin, also, struct sg_codes_list),
     .help = "Diagnoses that may be among them as well; no others may."},
    {.key = "edits",
     .type = &type_edits,
     .offset = offsetof(struct sg_twin, edits),
     .required = true,
     .help = "How its sources differ from those of the reference."},
};

static const struct sg_type type_twin = {
    .name = "a twin",
    .id = "twin",
    .kind = SG_KIND_RECORD,
    .size = sizeof(struct sg_twin),
    .fields = twin_fields,
    .field_count = SG_COUNT(twin_fields),
    .name_at = SG_KEPT_AT(struct sg_twin, name, const char *),
    .node_at = SG_KEPT_AT(struct sg_twin, node, const struct sg_node *)};

static const struct sg_type type_twins = {.name = "a map of twins",
                                          .id = "twins",
                                          .kind = SG_KIND_TABLE,
                                          .size = sizeof((struct sg_twins *)0)->twins,
                                          .item = &type_twin,
                                          .most = 200};

static const struct sg_type type_twins_version = {.name = "the version of the language",
                                                  .id = "twins version",
                                                  .kind = SG_KIND_NUMBER,
                                                  .size = sizeof(int64_t),
                                                  .least = 1,
                                                  .most = 1,
                                                  .example = "1"};

static const struct sg_field file_fields[] = {
    {.key = "version",
     .type = &type_twins_version,
     .offset = SG_AT(struct sg_twins, version, int64_t),
     .required = true,
     .help = "The version of this language: 1."},
    {.key = "references",
     .type = &type_references,
     .offset = offsetof(struct sg_twins, references),
     .required = true,
     .help = "Right programs, by name. Each must get full marks."},
    {.key = "twins",
     .type = &type_twins,
     .offset = offsetof(struct sg_twins, twins),
     .required = true,
     .help = "Their broken twins, by name. Each must lose marks, and for what is wrong with it."},
};

const struct sg_type sg_type_twins = {.name = "a file of twins",
                                      .id = "twins file",
                                      .kind = SG_KIND_RECORD,
                                      .size = sizeof(struct sg_twins),
                                      .fields = file_fields,
                                      .field_count = SG_COUNT(file_fields)};

/* Whether `path` stays below the folder that it is relative to. */
static bool stays_below(const char *path)
{
    if (path[0] == '/' || !path[0])
        return false;
    for (const char *part = path; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || !part[2]))
            return false;
    }
    return true;
}

static void check_reference(const struct sg_twins *twins, const struct sg_reference *reference,
                            struct sg_complaints *complaints)
{
    for (size_t i = 0; i < reference->files.count; i++) {
        const char *file = reference->files.items[i];
        sg_autobytes struct sg_bytes text = {0};
        struct sg_error err = {0};
        if (!file)
            continue;
        if (!stays_below(file))
            sg_complain(complaints, reference->node, "'%s' is not below the folder of this file",
                        file);
        else if (sg_twins_file(twins, NULL, file, &text, &err) < 0)
            sg_complain(complaints, reference->node, "%s", err.text);
    }
}

static const struct sg_reference *find_reference(const struct sg_twins *twins, const char *name,
                                                 struct sg_nearest *nearest)
{
    for (size_t i = 0; i < twins->references.count; i++) {
        const struct sg_reference *one = &twins->references.items[i];
        if (!name || strcmp(one->name, name) == 0)
            return one;
        sg_nearest_offer(nearest, one->name);
    }
    return NULL;
}

static bool has_file(const struct sg_reference *reference, const char *file)
{
    for (size_t i = 0; i < reference->files.count; i++) {
        if (reference->files.items[i] && strcmp(reference->files.items[i], file) == 0)
            return true;
    }
    return false;
}

/* How often `needle` occurs in `text`, overlapping or not. */
static size_t occurrences(const struct sg_bytes *text, const char *needle)
{
    struct sg_slice rest = sg_bytes_slice(text);
    size_t count = 0, at;
    while (rest.length && (at = sg_slice_find(rest, sg_slice_text(needle))) != SIZE_MAX) {
        rest = sg_slice_skip(rest, at + 1);
        count++;
    }
    return count;
}

static void make_edit(const struct sg_edit *edit, struct sg_bytes *text)
{
    struct sg_slice all = sg_bytes_slice(text), old = sg_slice_text(edit->replace);
    size_t at = sg_slice_find(all, old);
    struct sg_bytes made = {0};
    sg_bytes_add(&made, all.data, at);
    sg_bytes_add_text(&made, edit->by);
    struct sg_slice rest = sg_slice_skip(all, at + old.length);
    sg_bytes_add(&made, rest.data, rest.length);
    sg_bytes_done(text);
    *text = made;
}

static void check_edits(const struct sg_twins *twins, const struct sg_twin *twin,
                        struct sg_complaints *complaints)
{
    for (size_t i = 0; i < twin->edits.count; i++) {
        const struct sg_edit *edit = &twin->edits.items[i];
        if (!edit->file || !edit->replace || !edit->by)
            continue;
        if (!has_file(twin->reference, edit->file)) {
            sg_complain(complaints, edit->node, "'%s' is no file of the reference '%s'", edit->file,
                        twin->reference->name);
            continue;
        }
        struct sg_twin before = *twin; /* with the edits in front of this one */
        before.edits.count = i;
        sg_autobytes struct sg_bytes text = {0};
        struct sg_error ignored;
        if (complaints->count || sg_twins_file(twins, &before, edit->file, &text, &ignored) < 0)
            continue;
        size_t count = edit->replace[0] ? occurrences(&text, edit->replace) : 0;
        if (count != 1)
            sg_complain(complaints, edit->node,
                        "what is to be replaced must occur once in '%s', and occurs %zu times",
                        edit->file, count);
    }
}

static void check_twin(const struct sg_twins *twins, struct sg_twin *twin,
                       struct sg_complaints *complaints)
{
    struct sg_nearest nearest = {.word = twin->of ? twin->of : ""};
    twin->reference = find_reference(twins, twin->of, &nearest);
    if (!twin->reference && twin->of)
        sg_complain(complaints, sg_node_get(twin->node, "of"), "no reference '%s'%s%s%s", twin->of,
                    nearest.found ? " (did you mean '" : "", nearest.found ? nearest.found : "",
                    nearest.found ? "'?)" : "");
    if (twin->reference)
        check_edits(twins, twin, complaints);
}

int sg_twins_read(const char *path, struct sg_twins *ret, struct sg_complaints *complaints,
                  struct sg_error *err)
{
    *ret = (struct sg_twins){0};
    if (sg_yaml_read(path, &ret->document, complaints, err) < 0)
        return -1;
    const char *slash = strrchr(path, '/');
    ret->folder = slash ? sg_printf("%.*s", (int)(slash - path), path) : sg_strdup(".");
    if (!ret->document.root)
        return 0;
    struct sg_loading loading = {.arena = &ret->arena, .complaints = complaints};
    (void)sg_load(&loading, ret->document.root, &sg_type_twins, ret);
    for (size_t i = 0; i < ret->references.count; i++)
        check_reference(ret, &ret->references.items[i], complaints);
    for (size_t i = 0; i < ret->twins.count; i++)
        check_twin(ret, &ret->twins.items[i], complaints);
    return 0;
}

void sg_twins_done(struct sg_twins *twins)
{
    if (!twins)
        return;
    sg_document_done(&twins->document);
    sg_arena_done(&twins->arena);
    free(twins->folder);
    *twins = (struct sg_twins){0};
}

int sg_twins_file(const struct sg_twins *twins, const struct sg_twin *twin, const char *file,
                  struct sg_bytes *ret, struct sg_error *err)
{
    enum { MOST_BYTES = 4 << 20 };
    sg_autofree char *path = sg_printf("%s/%s", twins->folder, file);
    if (sg_file_read(path, MOST_BYTES, ret, err) < 0)
        return -1;
    for (size_t i = 0; twin && i < twin->edits.count; i++) {
        const struct sg_edit *edit = &twin->edits.items[i];
        if (strcmp(edit->file, file) == 0 && occurrences(ret, edit->replace) == 1)
            make_edit(edit, ret);
    }
    return 0;
}
