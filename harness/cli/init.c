/* SPDX-License-Identifier: MIT
 * `sockgrade init`: copies the start of an assignment in one programming language.
 *
 * The template lies in layers: what every start has, what every start in a language has; the same
 * two for assignments of two programs or of one; and the same two for one assignment. No file is in
 * two of them. */
#include "cli/init.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/language.h"
#include "base/table.h"
#include "base/tree.h"
#include "base/utf8.h"
#include "cli/output.h"
#include "cli/paths.h"

static const char common[] = "common", all[] = "all", usual_language[] = "c";
/* An assignment of one program has a file of this name. */
static const char two_programs[] = "two-programs", one_program[] = "one-program";
static const char *const layers_of_starts[] = {common, two_programs, one_program, NULL};
static const char *const layers_of_languages[] = {all, NULL};

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_among(const char *name, const char *const *list)
{
    while (*list && strcmp(*list, name) != 0)
        list++;
    return *list;
}

bool sg_init_has_start(const char *id)
{
    sg_autofree char *templates = sg_path_templates();
    sg_autofree char *start = templates ? sg_printf("%s/%s", templates, id) : NULL;
    return start && !is_among(id, layers_of_starts) && is_folder(start);
}

/* Whether `wanted` is the name of a folder in `path`, and none of `besides`. Appends to `advice`
 * what else could have been meant: the nearest, and the names of all of them, in order. */
static bool find_choice(const char *path, const char *const *besides, const char *wanted,
                        struct sg_bytes *advice)
{
    DIR *folder = opendir(path);
    char **found = NULL;
    size_t count = 0;
    for (const struct dirent *entry; folder && (entry = readdir(folder));) {
        sg_autofree char *full = sg_printf("%s/%s", path, entry->d_name);
        if (entry->d_name[0] == '.' || is_among(entry->d_name, besides) || !is_folder(full))
            continue;
        found = sg_realloc_array(found, count + 1, sizeof *found);
        found[count++] = sg_strdup(entry->d_name);
    }
    if (folder)
        (void)closedir(folder);
    if (count)
        qsort(found, count, sizeof *found, compare_names);
    struct sg_nearest nearest = {.word = wanted};
    for (size_t i = 0; i < count; i++)
        sg_nearest_offer(&nearest, found[i]);
    if (nearest.found)
        sg_bytes_printf(advice, "did you mean '%s'? ", nearest.found);
    bool is_there = false;
    for (size_t i = 0; i < count; i++) {
        is_there = is_there || strcmp(found[i], wanted) == 0;
        sg_bytes_printf(advice, "%s%s", i ? ", " : "one of: ", found[i]);
        free(found[i]);
    }
    free(found);
    return is_there;
}

/* A folder of version control alone is as good as an empty one. */
static bool is_free(const char *path)
{
    DIR *folder = opendir(path);
    struct stat status;
    if (!folder)
        return lstat(path, &status) < 0;
    bool empty = true;
    for (const struct dirent *entry; empty && (entry = readdir(folder));)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
                strcmp(entry->d_name, ".git") == 0;
    (void)closedir(folder);
    return empty;
}

static bool has_one_program(const char *templates, const char *id)
{
    sg_autofree char *mark = sg_printf("%s/%s/%s", templates, id, one_program);
    struct stat status;
    return stat(mark, &status) == 0;
}

static int copy_layers(const char *templates, const char *id, const char *language, const char *to,
                       struct sg_error *err)
{
    const char *kind = has_one_program(templates, id) ? one_program : two_programs;
    const char *const layers[][2] = {{common, all},    {common, language}, {kind, all},
                                     {kind, language}, {id, all},          {id, language}};
    const struct sg_copy_limits limits = {.most_files = 1000, .most_bytes = 16 << 20, .into = true};
    if (sg_make_folders(to, err) < 0) {
        err->blame = SG_BLAME_INPUT;
        return -1;
    }
    for (size_t i = 0; i < SG_COUNT(layers); i++) {
        sg_autofree char *from = sg_printf("%s/%s/%s", templates, layers[i][0], layers[i][1]);
        if (is_folder(from) && sg_copy_tree(from, to, &limits, err) < 0)
            return -1;
    }
    return 0;
}

static int print_next_steps(bool one, const char *to)
{
    sg_autobytes struct sg_bytes name = {0}, out = {0};
    sg_show(&name, (const uint8_t *)to, strlen(to));
    sg_bytes_printf(&out, "%s %s\n\n", sg_bytes_text(&name),
                    one ? _("is ready: a program that runs, and has no answer yet.")
                        : _("is ready: a server and a client that run, and have no answer yet."));
    if (strcmp(to, ".") != 0) {
        sg_bytes_add_text(&out, "  cd");
        sg_add_word(&out, "", to);
        sg_bytes_add_byte(&out, '\n');
    }
    sg_bytes_printf(&out, "  sockgrade check\n\n%s\n",
                    _("TASK.md says what to write, README.md how to go about it."));
    return sg_print(sg_bytes_slice(&out));
}

int sg_command_init(struct sg_call *call)
{
    const struct sg_repeated *operands = &call->options.operands;
    const char *id = operands->items[0];
    const char *to = operands->count > 1 ? operands->items[1] : id;
    const char *language = call->options.in ? call->options.in : usual_language;
    struct sg_error err = {0};
    sg_autofree char *templates = sg_path_templates();
    sg_autobytes struct sg_bytes starts = {0}, languages = {0};
    if (!templates) {
        (void)sg_fail_machine(&err, "the student template is not where the program is");
        return sg_print_error(&err);
    }
    if (!find_choice(templates, layers_of_starts, id, &starts))
        return sg_refuse_operand(call, 0, "no start for '%s' (%s)", id, sg_bytes_text(&starts));
    sg_autofree char *own = sg_printf("%s/%s", templates, id);
    if (!find_choice(own, layers_of_languages, language, &languages))
        return sg_refuse_word(call, call->options.in_word, "no start for '%s' in '%s' (%s)", id,
                              language, sg_bytes_text(&languages));
    if (!*to)
        return sg_refuse_operand(call, 1, "the name of a folder is empty");
    if (!is_free(to))
        return sg_refuse_operand(call, operands->count > 1 ? 1 : 0,
                                 "'%s' is there already, and not empty", to);
    if (copy_layers(templates, id, language, to, &err) < 0)
        return sg_print_error_at(call, sg_operand_word(call, operands->count - 1), &err);
    return print_next_steps(has_one_program(templates, id), to);
}
