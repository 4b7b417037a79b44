/* SPDX-License-Identifier: MIT
 * What can be started of a built submission. */
#include "program/candidates.h"

#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"
#include "program/java_class.h"
#include "program/source.h"

static const struct {
    const char *end;
    const char *interpreter[3]; /* none: the shell that it names */
} interpreters[] = {
    {".py", {"python3"}}, {".js", {"node"}},   {".mjs", {"node"}}, {".rb", {"ruby"}},
    {".pl", {"perl"}},    {".php", {"php"}},   {".sh", {NULL}},    {".jar", {"java", "-jar"}},
    {".lua", {"lua"}},    {".tcl", {"tclsh"}},
};

static struct sg_candidate *add_candidate(struct sg_candidates *finding, const char *path)
{
    finding->items = sg_realloc_array(finding->items, finding->count + 1, sizeof *finding->items);
    struct sg_candidate *candidate = &finding->items[finding->count++];
    *candidate = (struct sg_candidate){.path = sg_strdup(path)};
    const char *slash = strrchr(path, '/');
    candidate->stem = sg_strdup(slash ? slash + 1 : path);
    char *dot = strrchr(candidate->stem, '.');
    if (dot && dot != candidate->stem)
        *dot = 0;
    return candidate;
}

static void read_head(const struct sg_candidates *finding, const struct sg_file_entry *file,
                      struct sg_bytes *head)
{
    sg_autofree char *path = sg_printf("%s/%s", finding->submission->tree, file->path);
    (void)sg_file_peek(AT_FDCWD, path, 256, head);
}

/* The shell that a script names in its first line: not all that bash runs does sh. One that names
 * none was tried in a shell that people type into. */
static const char *shell_of(const struct sg_candidates *finding, const struct sg_file_entry *file)
{
    static const char *const shells[] = {"sh", "bash", "dash", "ksh", "mksh", "zsh"};
    sg_autobytes struct sg_bytes head = {0};
    read_head(finding, file, &head);
    const char *line = sg_bytes_text(&head);
    if (strncmp(line, "#!", 2) != 0)
        return sg_is_installed("bash") ? "bash" : "sh";
    sg_autofree char *words = sg_printf("%.*s", (int)strcspn(line + 2, "\r\n"), line + 2);
    char *rest = NULL;
    for (char *word = strtok_r(words, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest)) {
        const char *slash = strrchr(word, '/');
        for (size_t i = 0; i < SG_COUNT(shells); i++) {
            if (strcmp(slash ? slash + 1 : word, shells[i]) == 0)
                return shells[i];
        }
    }
    return "sh";
}

static bool add_script(struct sg_candidates *finding, const struct sg_file_entry *file)
{
    const char *dot = strrchr(file->name, '.');
    for (size_t i = 0; dot && i < SG_COUNT(interpreters); i++) {
        if (strcmp(dot, interpreters[i].end) != 0)
            continue;
        struct sg_candidate *candidate = add_candidate(finding, file->path);
        candidate->is_source = true;
        if (!interpreters[i].interpreter[0])
            sg_words_add(&candidate->command, shell_of(finding, file));
        for (size_t w = 0; interpreters[i].interpreter[w]; w++)
            sg_words_add(&candidate->command, interpreters[i].interpreter[w]);
        sg_words_add(&candidate->command, file->path);
        return true;
    }
    return false;
}

static bool is_elf_program(struct sg_slice head)
{
    Elf64_Ehdr header;
    if (head.length < sizeof header || memcmp(head.data, ELFMAG, SELFMAG) != 0)
        return false;
    memcpy(&header, head.data, sizeof header);
    return header.e_type == ET_EXEC || header.e_type == ET_DYN;
}

/* A compiled program, or a script without an extension that names its interpreter. */
static void add_executable(struct sg_candidates *finding, const struct sg_file_entry *file)
{
    sg_autobytes struct sg_bytes head = {0};
    read_head(finding, file, &head);
    bool script = head.length > 2 && memcmp(head.data, "#!", 2) == 0;
    const char *dot = strrchr(file->name, '.');
    bool library = dot && (strcmp(dot, ".so") == 0 || strcmp(dot, ".o") == 0);
    if (library || (!script && !is_elf_program(sg_bytes_slice(&head))))
        return;
    sg_autofree char *path = sg_printf("%s/%s", finding->submission->tree, file->path);
    (void)chmod(path, file->mode | 0700); /* an archive may have lost the right to execute */
    struct sg_candidate *candidate = add_candidate(finding, file->path);
    sg_autofree char *word = sg_printf("./%s", file->path);
    sg_words_add(&candidate->command, word);
}

/* Whether `name` ("com.example.Server") has been compiled. */
static bool is_java_class(const struct sg_candidates *finding, const char *package,
                          const char *name)
{
    sg_autofree char *folder = sg_strdup(package);
    for (char *dot = folder; (dot = strchr(dot, '.'));)
        *dot = '/';
    sg_autofree char *path =
        sg_printf("%s/%s/%s/%s.class", finding->submission->tree, SG_JAVA_CLASSES, folder, name);
    return access(path, F_OK) == 0;
}

/* The class of the source that was compiled: the one of the file's name, else the first; NULL: none
 * was. */
static char *find_java_class(const struct sg_candidates *finding, const char *package,
                             const char *stem, const char *text)
{
    static const char word[] = "class ";
    if (is_java_class(finding, package, stem))
        return sg_strdup(stem);
    for (const char *at = text; (at = strstr(at, word));) {
        at += strlen(word);
        sg_autofree char *name = sg_printf("%.*s", (int)strcspn(at, " \t\r\n{<"), at);
        if (*name && is_java_class(finding, package, name))
            return sg_strdup(name);
    }
    return NULL;
}

static void add_java(struct sg_candidates *finding, const struct sg_file_entry *file)
{
    sg_autofree char *path = sg_printf("%s/%s", finding->submission->tree, file->path);
    sg_autofree char *stem = sg_strdup(file->name);
    sg_autobytes struct sg_bytes text = {0}, package = {0}, name = {0};
    struct sg_error err;
    *strrchr(stem, '.') = 0;
    if (sg_file_read(path, SG_MOST_SOURCE_BYTES, &text, &err) < 0 ||
        !sg_source_has_main(SG_LANGUAGE_JAVA, sg_bytes_slice(&text)))
        return;
    sg_source_java_package(sg_bytes_slice(&text), &package);
    sg_autofree char *class =
        find_java_class(finding, sg_bytes_text(&package), stem, sg_bytes_text(&text));
    if (!class)
        return;
    struct sg_candidate *candidate = add_candidate(finding, file->path);
    candidate->is_source = true;
    sg_bytes_printf(&name, "%s%s%s", sg_bytes_text(&package), package.length ? "." : "", class);
    sg_words_add(&candidate->command, "java");
    sg_words_add(&candidate->command, "-cp");
    sg_words_add(&candidate->command, SG_JAVA_CLASSES);
    sg_words_add(&candidate->command, sg_bytes_text(&name));
}

/* A class that a Makefile has compiled, or that was handed in: it is started from the folder above
 * its packages. */
static void add_class(struct sg_candidates *finding, const struct sg_file_entry *file)
{
    static const char end[] = ".class";
    sg_autofree char *path = sg_printf("%s/%s", finding->submission->tree, file->path);
    sg_autobytes struct sg_bytes bytes = {0}, name = {0};
    struct sg_error err;
    if (sg_file_read(path, SG_MOST_SOURCE_BYTES, &bytes, &err) < 0 ||
        !sg_java_class_read(sg_bytes_slice(&bytes), &name))
        return;
    size_t length = strlen(file->path), tail = name.length + strlen(end);
    const char *within = length < tail ? "" : file->path + length - tail;
    if (strncmp(within, sg_bytes_text(&name), name.length) != 0 ||
        (length > tail && within[-1] != '/'))
        return; /* it lies elsewhere than its package says */
    sg_autofree char *root =
        length > tail ? sg_printf("%.*s", (int)(length - tail - 1), file->path) : sg_strdup(".");
    struct sg_candidate *candidate = add_candidate(finding, file->path);
    candidate->is_class = true;
    for (size_t i = 0; i < name.length; i++)
        name.data[i] = name.data[i] == '/' ? '.' : name.data[i];
    sg_words_add(&candidate->command, "java");
    sg_words_add(&candidate->command, "-cp");
    sg_words_add(&candidate->command, root);
    sg_words_add(&candidate->command, sg_bytes_text(&name));
}

static bool has_java_class(const struct sg_submission *submission)
{
    sg_autofree char *path = sg_printf("%s/%s", submission->tree, SG_JAVA_CLASSES);
    return access(path, F_OK) == 0;
}

static bool read_source(const struct sg_candidates *finding, const char *path,
                        struct sg_bytes *text)
{
    struct sg_error err;
    sg_autofree char *whole = sg_printf("%s/%s", finding->submission->tree, path);
    sg_bytes_clear(text);
    return sg_file_read(whole, SG_MOST_SOURCE_BYTES, text, &err) == 0;
}

/* Which end the sources play that an executable was made of: those of its name, or all of them
 * where it is the only program. */
static enum sg_source_end end_of_sources(const struct sg_candidates *finding,
                                         const struct sg_candidate *candidate, bool all)
{
    sg_autobytes struct sg_bytes text = {0}, one = {0};
    size_t length = strlen(candidate->stem);
    for (size_t i = 0; i < finding->files.count; i++) {
        const struct sg_file_entry *file = &finding->files.items[i];
        bool named = strncmp(file->name, candidate->stem, length) == 0 && file->name[length] == '.';
        if (sg_source_language(file->name) == SG_LANGUAGE_NONE || !(all || named) ||
            !read_source(finding, file->path, &one))
            continue;
        sg_bytes_add(&text, one.data, one.length);
        sg_bytes_add_byte(&text, '\n');
    }
    return sg_source_end_of(sg_bytes_slice(&text));
}

static bool is_imported(const struct sg_candidates *finding, const struct sg_candidate *candidate)
{
    sg_autobytes struct sg_bytes text = {0};
    for (size_t i = 0; i < finding->count; i++) {
        const struct sg_candidate *other = &finding->items[i];
        if (other != candidate && other->is_source && read_source(finding, other->path, &text) &&
            sg_source_imports(sg_bytes_slice(&text), candidate->stem))
            return true;
    }
    return false;
}

/* Of a script that has no calls of its own: the end that the modules play which it takes in. */
static enum sg_source_end end_of_modules(const struct sg_candidates *finding,
                                         struct sg_slice script)
{
    sg_autobytes struct sg_bytes text = {0};
    enum sg_source_end end = SG_SOURCE_NO_END;
    for (size_t i = 0; i < finding->count && end == SG_SOURCE_NO_END; i++) {
        const struct sg_candidate *module = &finding->items[i];
        if (module->is_source && sg_source_imports(script, module->stem) &&
            read_source(finding, module->path, &text))
            end = sg_source_end_of(sg_bytes_slice(&text));
    }
    return end;
}

/* A module that another script takes in is no program of its own. */
static enum sg_source_end end_of(const struct sg_candidates *finding,
                                 const struct sg_candidate *candidate)
{
    sg_autobytes struct sg_bytes text = {0};
    if (!candidate->is_source) {
        enum sg_source_end end = end_of_sources(finding, candidate, false);
        return end == SG_SOURCE_NO_END && finding->count == 1
                   ? end_of_sources(finding, candidate, true)
                   : end;
    }
    if (!read_source(finding, candidate->path, &text) || is_imported(finding, candidate))
        return SG_SOURCE_NO_END;
    enum sg_source_end end = sg_source_end_of(sg_bytes_slice(&text));
    return end == SG_SOURCE_NO_END ? end_of_modules(finding, sg_bytes_slice(&text)) : end;
}

void sg_candidates_collect(struct sg_candidates *finding)
{
    bool java = has_java_class(finding->submission);
    for (size_t i = 0; i < finding->files.count; i++) {
        const struct sg_file_entry *file = &finding->files.items[i];
        if (add_script(finding, file))
            continue;
        enum sg_language language = sg_source_language(file->name);
        const char *dot = strrchr(file->name, '.');
        if (language == SG_LANGUAGE_JAVA && java)
            add_java(finding, file);
        else if (dot && strcmp(dot, ".class") == 0 && !java)
            add_class(finding, file);
        else if (language == SG_LANGUAGE_NONE)
            add_executable(finding, file);
    }
    for (size_t i = 0; i < finding->count; i++)
        finding->items[i].end = end_of(finding, &finding->items[i]);
}

void sg_candidates_done(struct sg_candidates *candidates)
{
    for (size_t i = 0; i < candidates->count; i++) {
        free(candidates->items[i].path);
        free(candidates->items[i].stem);
        sg_words_done(&candidates->items[i].command);
    }
    free(candidates->items);
}
