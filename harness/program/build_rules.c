/* SPDX-License-Identifier: MIT
 * What to run to build a submission: what the manifest says, else what its files call for. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/table.h"
#include "program/source.h"
#include "program/submission.h"

enum { MOST_SOURCE_BYTES = 4 << 20 };

/* A file that says how everything in its folder and below is built; the first that is there
 * decides. A cache of cmake's that was handed in holds another machine's paths, and an object file
 * its code. */
static const struct {
    const char *file, *tool, *command, *fallback; /* the last is tried where that before it fails */
} whole_builds[] = {
    {"Makefile", "make", "make", "make -B"},
    {"makefile", "make", "make", "make -B"},
    {"GNUmakefile", "make", "make", "make -B"},
    {"CMakeLists.txt", "cmake",
     "rm -rf build/CMakeCache.txt build/CMakeFiles && cmake -S . -B build && cmake --build build",
     NULL},
    {"Cargo.toml", "cargo", "cargo build --offline", NULL},
    {"go.mod", "go", "mkdir -p bin && go build -o bin/ ./...", NULL},
};

static struct sg_build_step *add_step(struct sg_build_plan *plan, const char *tool,
                                      const char *command)
{
    plan->steps = sg_realloc_array(plan->steps, plan->count + 1, sizeof *plan->steps);
    struct sg_build_step *step = &plan->steps[plan->count++];
    *step = (struct sg_build_step){.command = sg_strdup(command), .tool = tool};
    return step;
}

bool sg_build_step_lacks_tool(const struct sg_build_step *step)
{
    return step->failed && step->tool && !sg_is_installed(step->tool);
}

void sg_build_plan_done(struct sg_build_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        free(plan->steps[i].command);
        free(plan->steps[i].fallback);
        free(plan->steps[i].source);
        free(plan->steps[i].output);
    }
    free(plan->steps);
    *plan = (struct sg_build_plan){0};
}

static bool has_main(const struct sg_submission *submission, const struct sg_file_entry *file,
                     enum sg_language language)
{
    sg_autofree char *path = sg_printf("%s/%s", submission->tree, file->path);
    sg_autobytes struct sg_bytes text = {0};
    struct sg_error err;
    return sg_file_read(path, MOST_SOURCE_BYTES, &text, &err) == 0 &&
           sg_source_has_main(language, sg_bytes_slice(&text));
}

/* Appends ` 'path'`, quoted for the shell. */
static void add_quoted(struct sg_bytes *out, const char *path)
{
    sg_bytes_add_text(out, " './");
    for (; *path; path++) {
        if (*path == '\'')
            sg_bytes_add_text(out, "'\\''");
        else
            sg_bytes_add_byte(out, (uint8_t)*path);
    }
    sg_bytes_add_byte(out, '\'');
}

static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) : 0;
}

static bool same_folder(const char *a, const char *b)
{
    size_t length = folder_length(a);
    return length == folder_length(b) && memcmp(a, b, length) == 0;
}

static const struct {
    enum sg_language language;
    const char *tool, *compile, *libraries;
} compilers[] = {
    {SG_LANGUAGE_C, "cc", "cc -g -pthread -o", " -lm"},
    {SG_LANGUAGE_CPP, "c++", "c++ -g -pthread -o", " -lm"},
    {SG_LANGUAGE_RUST, "rustc", "rustc -g -o", ""},
    {SG_LANGUAGE_GO, "go", "go build -o", ""},
};

/* "server.c" is compiled to "server"; with the sources beside it that have no main, else alone. */
static void add_compilation(const struct sg_submission *submission, const struct sg_files *files,
                            const struct sg_file_entry *file, enum sg_language language,
                            struct sg_build_plan *plan)
{
    size_t row = 0;
    while (compilers[row].language != language)
        row++;
    sg_autofree char *stem = sg_strdup(file->path);
    *strrchr(stem, '.') = 0;
    sg_autobytes struct sg_bytes alone = {0}, with = {0};
    sg_bytes_add_text(&alone, compilers[row].compile);
    add_quoted(&alone, stem);
    add_quoted(&alone, file->path);
    sg_bytes_add(&with, alone.data, alone.length);
    bool helpers = false;
    for (size_t i = 0; i < files->count && language != SG_LANGUAGE_RUST; i++) {
        const struct sg_file_entry *other = &files->items[i];
        if (sg_source_language(other->name) != language || !same_folder(other->path, file->path) ||
            has_main(submission, other, language))
            continue;
        add_quoted(&with, other->path);
        helpers = true;
    }
    sg_bytes_add_text(&alone, compilers[row].libraries);
    sg_bytes_add_text(&with, compilers[row].libraries);
    struct sg_build_step *step = add_step(plan, compilers[row].tool, sg_bytes_text(&with));
    step->fallback = helpers ? sg_bytes_take_text(&alone) : NULL;
    step->source = sg_strdup(file->path);
}

/* Where tests are by the custom of Maven and Gradle, which need libraries that are not here. */
static bool is_java_test(const char *path)
{
    static const char folder[] = "src/test/";
    const char *at = strstr(path, folder);
    return at && (at == path || at[-1] == '/');
}

#define JAVAC        "javac -g -encoding UTF-8 -d " SG_JAVA_CLASSES
#define ALL_COMPILED SG_JAVA_CLASSES "/.all" /* there once all sources compiled together */

/* A Java program by itself, with what it needs of the others, where all together did not compile:
 * what is wrong with one program is not charged to another. */
static void add_java_program(const struct sg_file_entry *file, struct sg_build_plan *plan)
{
    sg_autobytes struct sg_bytes command = {0};
    sg_autofree char *folder = sg_printf("%.*s", (int)folder_length(file->path), file->path);
    sg_bytes_add_text(&command, "test -e " ALL_COMPILED " || " JAVAC " -sourcepath");
    add_quoted(&command, *folder ? folder : ".");
    add_quoted(&command, file->path);
    add_step(plan, "javac", sg_bytes_text(&command))->source = sg_strdup(file->path);
}

/* All Java sources at once, since they may need each other in any order. */
static void add_java(const struct sg_submission *submission, const struct sg_files *files,
                     struct sg_build_plan *plan)
{
    sg_autobytes struct sg_bytes command = {0};
    size_t found = 0, programs = 0;
    for (size_t i = 0; i < files->count; i++) {
        const struct sg_file_entry *file = &files->items[i];
        if (sg_source_language(file->name) != SG_LANGUAGE_JAVA || is_java_test(file->path))
            continue;
        sg_bytes_add_text(&command, found++ ? "" : "mkdir -p " SG_JAVA_CLASSES " && " JAVAC);
        add_quoted(&command, file->path);
        programs += has_main(submission, file, SG_LANGUAGE_JAVA);
    }
    if (!found)
        return;
    sg_bytes_add_text(&command, programs > 1 ? " && touch " ALL_COMPILED " || true" : "");
    (void)add_step(plan, "javac", sg_bytes_text(&command));
    for (size_t i = 0; programs > 1 && i < files->count; i++) {
        const struct sg_file_entry *file = &files->items[i];
        if (sg_source_language(file->name) == SG_LANGUAGE_JAVA && !is_java_test(file->path) &&
            has_main(submission, file, SG_LANGUAGE_JAVA))
            add_java_program(file, plan);
    }
}

/* The row of the file in `folder` ("src/", "" for the top) that says how it is built; -1: none. */
static int whole_build(const struct sg_files *files, const char *folder, size_t length)
{
    for (size_t i = 0; i < SG_COUNT(whole_builds); i++) {
        sg_autofree char *path = sg_printf("%.*s%s", (int)length, folder, whole_builds[i].file);
        if (sg_files_has(files, path))
            return (int)i;
    }
    return -1;
}

/* Builds the nearest folder above a source that says itself how it is built; once for all its
 * sources. False where there is none. */
static bool add_folder(const struct sg_files *files, const struct sg_file_entry *file,
                       struct sg_build_plan *plan)
{
    for (size_t length = folder_length(file->path); length; length--) {
        int row = file->path[length] == '/' ? whole_build(files, file->path, length + 1) : -1;
        if (row < 0)
            continue;
        sg_autobytes struct sg_bytes command = {0};
        sg_autofree char *folder = sg_printf("%.*s", (int)length, file->path);
        sg_bytes_add_text(&command, "cd");
        add_quoted(&command, folder);
        sg_bytes_printf(&command, " && %s", whole_builds[row].command);
        sg_autofree char *source = sg_printf("%s/%s", folder, whole_builds[row].file);
        for (size_t i = 0; i < plan->count; i++) {
            if (plan->steps[i].source && strcmp(plan->steps[i].source, source) == 0)
                return true;
        }
        add_step(plan, whole_builds[row].tool, sg_bytes_text(&command))->source = sg_strdup(source);
        return true;
    }
    return false;
}

void sg_build_plan_make(const struct sg_submission *submission, const struct sg_files *files,
                        struct sg_build_plan *ret)
{
    *ret = (struct sg_build_plan){0};
    if (submission->manifest.build) {
        (void)add_step(ret, NULL, submission->manifest.build);
        return;
    }
    int row = whole_build(files, "", 0);
    if (row >= 0) {
        struct sg_build_step *step =
            add_step(ret, whole_builds[row].tool, whole_builds[row].command);
        if (whole_builds[row].fallback)
            step->fallback = sg_strdup(whole_builds[row].fallback);
        return;
    }
    for (size_t i = 0; i < files->count; i++) {
        enum sg_language language = sg_source_language(files->items[i].name);
        if (language != SG_LANGUAGE_NONE && language != SG_LANGUAGE_JAVA &&
            has_main(submission, &files->items[i], language) &&
            !add_folder(files, &files->items[i], ret))
            add_compilation(submission, files, &files->items[i], language, ret);
    }
    add_java(submission, files, ret);
}
