/* SPDX-License-Identifier: MIT
 * The tables of submission.yaml, read by the same loader as the specs. */
#include "program/manifest.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "program/words.h"

static const struct sg_type type_line = {.name = "a command",
                                         .id = "command",
                                         .kind = SG_KIND_TEXT,
                                         .size = sizeof(const char *),
                                         .keeps_variables = true,
                                         .example = "./server $host $port"};

static const struct sg_type type_line_words = {.name = "a list of words",
                                               .id = "command words",
                                               .kind = SG_KIND_LIST,
                                               .size = sizeof(struct sg_texts),
                                               .item = &type_line,
                                               .least = 1,
                                               .most = 100};

static const struct sg_alternative run_forms[] = {
    {.kind = SG_NODE_SCALAR,
     .type = &type_line,
     .offset = SG_AT(struct sg_manifest_run, line, const char *),
     .tag = 1},
    {.kind = SG_NODE_LIST,
     .type = &type_line_words,
     .offset = SG_AT(struct sg_manifest_run, words, struct sg_texts),
     .tag = 2},
};

static const struct sg_type type_run = {.name = "a command",
                                        .id = "run",
                                        .kind = SG_KIND_UNION,
                                        .size = sizeof(struct sg_manifest_run),
                                        .alternatives = run_forms,
                                        .alternative_count = SG_COUNT(run_forms),
                                        .example = "./server $host $port",
                                        .keeps_variables = true,
                                        .tag_at = SG_KEPT_AT(struct sg_manifest_run, form, int)};

static const struct sg_type type_setting = {
    .name = "a text",
    .id = "setting",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct sg_setting),
    .alternatives =
        (const struct sg_alternative[]){{.kind = SG_NODE_SCALAR,
                                         .type = &type_line,
                                         .offset = SG_AT(struct sg_setting, value, const char *)}},
    .alternative_count = 1,
    .keeps_variables = true,
    .name_at = SG_KEPT_AT(struct sg_setting, name, const char *)};

static const struct sg_type type_environment = {
    .name = "a map of variables",
    .id = "environment",
    .kind = SG_KIND_TABLE,
    .size = sizeof((struct sg_manifest_program *)0)->environment,
    .item = &type_setting,
    .most = 50};

static const struct sg_field program_fields[] = {
    {.key = "run",
     .type = &type_run,
     .offset = SG_AT(struct sg_manifest_program, run, struct sg_manifest_run),
     .required = true,
     .help = "The command: a line that is split into words, or a list of words."},
    {.key = "env",
     .type = &type_environment,
     .offset = offsetof(struct sg_manifest_program, environment),
     .help = "Environment variables."},
    {.key = "stdin",
     .type = &type_line_words,
     .offset = SG_AT(struct sg_manifest_program, input, struct sg_texts),
     .help = "Lines that it is fed, one each time it waits for its standard input."},
    {.key = "directory",
     .type = &sg_type_text,
     .offset = SG_AT(struct sg_manifest_program, directory, const char *),
     .help = "The folder that it is started in."},
};

static const struct sg_type type_program_map = {.name = "a program",
                                                .id = "program map",
                                                .kind = SG_KIND_RECORD,
                                                .size = sizeof(struct sg_manifest_program),
                                                .fields = program_fields,
                                                .field_count = SG_COUNT(program_fields)};

static const struct sg_alternative program_forms[] = {
    {.kind = SG_NODE_SCALAR,
     .type = &type_line,
     .offset = SG_AT(struct sg_manifest_program, line, const char *),
     .tag = 1},
    {.kind = SG_NODE_LIST,
     .type = &type_line_words,
     .offset = SG_AT(struct sg_manifest_program, words, struct sg_texts),
     .tag = 2},
    {.kind = SG_NODE_MAP, .type = &type_program_map, .tag = 3},
};

static const struct sg_type type_program = {
    .name = "a program",
    .id = "program",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct sg_manifest_program),
    .alternatives = program_forms,
    .alternative_count = SG_COUNT(program_forms),
    .example = "./server $host $port",
    .help = "A command line, a list of words, or a map with `run` in it. `$host`, `$port`, "
            "`$message` and the assignment's other names are replaced.",
    .keeps_variables = true,
    .tag_at = SG_KEPT_AT(struct sg_manifest_program, form, int),
    .node_at = SG_KEPT_AT(struct sg_manifest_program, node, const struct sg_node *)};

static const struct sg_choice form_words[] = {
    {"unconnected", SG_FORM_UNCONNECTED, "sendto() and recvfrom()"},
    {"connected", SG_FORM_CONNECTED, "connect(), send() and recv()"},
};

const struct sg_type sg_type_manifest_form = {.name = "a form",
                                              .id = "form",
                                              .kind = SG_KIND_CHOICE,
                                              .size = sizeof(int),
                                              .choices = form_words,
                                              .choice_count = SG_COUNT(form_words)};

static const struct sg_choice custom_words[] = {
    {"name", SG_CHAT_NAME, "asks who comes for a name, and may put it before what they say"},
    {"notices", SG_CHAT_NOTICES, "says lines of its own: who comes, who goes"},
    {"own-lines", SG_CHAT_OWN_LINES, "returns a line to whoever has said it, too"},
};

const struct sg_type sg_type_manifest_chat = {
    .name = "a list of customs",
    .id = "customs",
    .kind = SG_KIND_LIST,
    .size = sizeof((struct sg_manifest *)0)->chat,
    .least = 1,
    .most = SG_COUNT(custom_words),
    .item = &(const struct sg_type){.name = "a custom of a chat",
                                    .id = "custom",
                                    .kind = SG_KIND_CHOICE,
                                    .size = sizeof(int),
                                    .choices = custom_words,
                                    .choice_count = SG_COUNT(custom_words)}};

static const struct sg_field manifest_fields[] = {
    {.key = "assignment",
     .type = &sg_type_name,
     .offset = SG_AT(struct sg_manifest, assignment, const char *),
     .help = "The assignment, where the command line names none."},
    {.key = "build",
     .type = &type_line,
     .offset = SG_AT(struct sg_manifest, build, const char *),
     .help = "A shell command, run once before anything is started."},
    {.key = "server",
     .type = &type_program,
     .offset = SG_AT(struct sg_manifest, server, struct sg_manifest_program),
     .help = "How the server is started."},
    {.key = "client",
     .type = &type_program,
     .offset = SG_AT(struct sg_manifest, client, struct sg_manifest_program),
     .help = "How the client is started."},
    {.key = "form",
     .type = &sg_type_manifest_form,
     .offset = SG_AT(struct sg_manifest, client_form, int),
     .help = "Which form of a client is handed in, where the assignment has two."},
    {.key = "chat",
     .type = &sg_type_manifest_chat,
     .offset = offsetof(struct sg_manifest, chat),
     .help = "What a chat server does beyond passing lines on."},
};

static const struct sg_type type_named = {
    .name = "a program",
    .id = "named program",
    .kind = SG_KIND_UNION,
    .size = sizeof(struct sg_manifest_named),
    .alternatives =
        (const struct sg_alternative[]){
            {.kind = SG_NODE_SCALAR,
             .type = &type_program,
             .offset = SG_AT(struct sg_manifest_named, program, struct sg_manifest_program)},
            {.kind = SG_NODE_LIST,
             .type = &type_program,
             .offset = SG_AT(struct sg_manifest_named, program, struct sg_manifest_program)},
            {.kind = SG_NODE_MAP,
             .type = &type_program,
             .offset = SG_AT(struct sg_manifest_named, program, struct sg_manifest_program)}},
    .alternative_count = 3,
    .help = "A program under a name that the assignment calls it by.",
    .keeps_variables = true,
    .name_at = SG_KEPT_AT(struct sg_manifest_named, name, const char *),
    .key_at = SG_KEPT_AT(struct sg_manifest_named, name_node, const struct sg_node *)};

static const struct sg_type type_named_programs = {.name = "a map of programs",
                                                   .id = "named programs",
                                                   .kind = SG_KIND_TABLE,
                                                   .size = sizeof((struct sg_manifest *)0)->named,
                                                   .item = &type_named};

const struct sg_type sg_type_manifest = {.name = "submission.yaml",
                                         .id = "manifest",
                                         .kind = SG_KIND_RECORD,
                                         .size = sizeof(struct sg_manifest),
                                         .fields = manifest_fields,
                                         .field_count = SG_COUNT(manifest_fields),
                                         .others = &type_named_programs,
                                         .others_at = offsetof(struct sg_manifest, named)};

static void check_line(const char *line, const struct sg_node *node,
                       struct sg_complaints *complaints)
{
    struct sg_words_list words = {0};
    if (!sg_words_split(&words, line))
        sg_complain(complaints, node, "a quote is not closed");
    else if (!words.count)
        sg_complain(complaints, node, "the command is empty");
    sg_words_done(&words);
}

static void check_program(const struct sg_manifest_program *program,
                          struct sg_complaints *complaints)
{
    if (program->line)
        check_line(program->line, program->node, complaints);
    if (program->run.line)
        check_line(program->run.line, program->node, complaints);
    const char *directory = program->directory;
    if (directory && (directory[0] == '/' || strstr(directory, "..")))
        sg_complain(complaints, program->node,
                    "'directory' is a folder of the submission, found '%s'", directory);
}

int sg_manifest_read(const char *folder, struct sg_manifest *ret, struct sg_complaints *complaints,
                     struct sg_error *err)
{
    *ret = (struct sg_manifest){0};
    sg_autofree char *path = sg_printf("%s/submission.yaml", folder);
    struct stat status;
    if (lstat(path, &status) < 0)
        return 0;
    /* What is wrong with it is shown: a link could lead to what is not the submission's. */
    if (S_ISLNK(status.st_mode))
        return sg_fail(err, "'%s' is a symbolic link, and has to be a file", path);
    if (sg_yaml_read(path, &ret->document, complaints, err) < 0)
        return -1;
    if (ret->document.root) {
        struct sg_loading loading = {.arena = &ret->arena, .complaints = complaints};
        (void)sg_load(&loading, ret->document.root, &sg_type_manifest, ret);
        check_program(&ret->server, complaints);
        check_program(&ret->client, complaints);
        for (size_t i = 0; i < ret->named.count; i++)
            check_program(&ret->named.items[i].program, complaints);
    }
    return complaints->count == 0 ? 0 : sg_fail(err, "submission.yaml is wrong");
}

/* The names that an assignment calls its programs by, for a suggestion. */
static void complain_of_name(const struct sg_manifest_named *named,
                             const struct sg_assignment *assignment,
                             struct sg_complaints *complaints)
{
    const char **names = NULL;
    size_t count = 0;
    for (size_t p = 0; assignment && p < assignment->programs.count; p++) {
        const struct sg_program *program = &assignment->programs.items[p];
        names = sg_realloc_array(names, count + program->called.count + 1, sizeof *names);
        for (size_t i = 0; i < program->called.count; i++)
            names[count++] = program->called.items[i];
    }
    sg_load_unknown_key(complaints, named->name_node, &sg_type_manifest, names, count);
    free(names);
}

static void settle_one(struct sg_manifest *manifest, const struct sg_manifest_named *named,
                       const struct sg_assignment *assignment, struct sg_complaints *complaints)
{
    for (size_t p = 0; assignment && p < assignment->programs.count; p++) {
        const struct sg_program *program = &assignment->programs.items[p];
        struct sg_manifest_program *place =
            strcmp(program->name, "server") == 0 ? &manifest->server : &manifest->client;
        if (!sg_program_is_called(program, named->name))
            continue;
        if (place->node)
            sg_complain(complaints, named->name_node,
                        "'%s' is the program that another line names, too", named->name);
        else
            *place = named->program;
        return;
    }
    complain_of_name(named, assignment, complaints);
}

int sg_manifest_settle(struct sg_manifest *manifest, const struct sg_assignment *assignment,
                       struct sg_complaints *complaints, struct sg_error *err)
{
    size_t before = complaints->count;
    for (size_t i = 0; i < manifest->named.count; i++)
        settle_one(manifest, &manifest->named.items[i], assignment, complaints);
    manifest->named.count = 0;
    return complaints->count == before ? 0 : sg_fail(err, "submission.yaml is wrong");
}

bool sg_manifest_has_custom(const struct sg_manifest *manifest, enum sg_chat_custom custom)
{
    for (size_t i = 0; i < manifest->chat.count; i++) {
        if (manifest->chat.items[i] == (int)custom)
            return true;
    }
    return false;
}

void sg_manifest_done(struct sg_manifest *manifest)
{
    if (!manifest)
        return;
    sg_document_done(&manifest->document);
    sg_arena_done(&manifest->arena);
    *manifest = (struct sg_manifest){0};
}
