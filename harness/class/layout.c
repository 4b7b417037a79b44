/* SPDX-License-Identifier: MIT
 * Which layout a folder has. Course systems are told by names that only they give; a folder that
 * wraps all is looked into. What none of them made is a submission, or a folder of submissions. */
#include "class/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/table.h"
#include "class/archive.h"
#include "class/names.h"
#include "program/source.h"

enum { MOST_WRAPPINGS = 3 };

const struct sg_layout sg_layouts[] = {
    {"names", "any folder, by the expression of --id-regex", sg_names_test, sg_names_read},
    {"gradescope", "Gradescope's export: submission_metadata.yml and a folder for each",
     sg_gradescope_test, sg_gradescope_read},
    {"canvas", "Canvas's download: NAME_USER_FILE_original-name", sg_canvas_test, sg_canvas_read},
    {"moodle", "Moodle's download: NAME_PARTICIPANT_assignsubmission_file", sg_moodle_test,
     sg_moodle_read},
    {"classroom50", "gh teacher download: CLASSROOM-ASSIGNMENT-LOGIN", sg_classroom50_test,
     sg_classroom50_read},
    {"github-classroom", "gh classroom clone: ASSIGNMENT-submissions/ASSIGNMENT-LOGIN",
     sg_github_test, sg_github_read},
    {"nbgrader", "submitted/STUDENT/ASSIGNMENT", sg_nbgrader_test, sg_nbgrader_read},
    {"single", "the folder of one submission", sg_single_test, sg_single_read},
    {"plain", "a folder with a folder or an archive for each submission", sg_plain_test,
     sg_plain_read, .innermost = true},
};
const size_t sg_layout_count = SG_COUNT(sg_layouts);

const char *sg_intake_layout_name(size_t index)
{
    return index < sg_layout_count ? sg_layouts[index].name : NULL;
}

const char *sg_intake_layout_help(size_t index)
{
    return index < sg_layout_count ? sg_layouts[index].help : NULL;
}

bool sg_layout_is_program(const char *name)
{
    static const char *const ends[] = {".py", ".js",  ".mjs", ".rb", ".pl", ".php",
                                       ".sh", ".lua", ".tcl", ".h",  ".hpp"};
    static const char *const names[] = {"Makefile",       "makefile",        "GNUmakefile",
                                        "CMakeLists.txt", "submission.yaml", "submission.yml",
                                        "Cargo.toml",     "go.mod",          "package.json",
                                        "build.gradle",   "pom.xml"};
    if (sg_source_language(name) != SG_LANGUAGE_NONE)
        return true;
    for (size_t i = 0; i < SG_COUNT(ends); i++) {
        if (sg_name_ends(name, ends[i]))
            return true;
    }
    for (size_t i = 0; i < SG_COUNT(names); i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

char *sg_reading_path(const struct sg_reading *reading, const char *name)
{
    return sg_printf("%s/%s", reading->folder, name);
}

struct sg_draft *sg_reading_add(const struct sg_reading *reading, const char *id,
                                enum sg_id_kind kind, const char *name)
{
    sg_autofree char *path = sg_name_show(reading->shown);
    sg_autofree char *shown = sg_name_show(name);
    struct sg_draft *draft = sg_drafts_add(reading->drafts, id, kind);
    draft->label = *name ? sg_printf("'%s' in '%s'", shown, path) : sg_printf("'%s'", path);
    return draft;
}

void sg_reading_complain(const struct sg_reading *reading, const char *name, const char *text)
{
    sg_autofree char *path = sg_name_show(reading->shown);
    sg_autofree char *shown = sg_name_show(name);
    sg_texts_add(reading->complaints, "'%s' in '%s': %s", shown, path, text);
}

/* --- recognition ------------------------------------------------------------------------------ */

/* A folder on the way from the one that was named to the one that is read. */
struct level {
    char *folder, *name;
    struct sg_listing list;
};

struct levels {
    struct level items[MOST_WRAPPINGS + 1];
    size_t count;
};

static void levels_done(struct levels *levels)
{
    for (size_t i = 0; i < levels->count; i++) {
        free(levels->items[i].folder);
        free(levels->items[i].name);
        sg_listing_done(&levels->items[i].list);
    }
}

/* The folder itself, and as long as there is nothing but one folder in it, that one. */
static int find_levels(const struct sg_reading *reading, struct levels *ret)
{
    sg_autofree char *folder = sg_strdup(reading->folder);
    sg_autofree char *name = sg_strdup(reading->name);
    while (ret->count <= MOST_WRAPPINGS) {
        struct level *level = &ret->items[ret->count];
        if (sg_listing_read(folder, &level->list, reading->err) < 0)
            return -1;
        level->folder = sg_strdup(folder);
        level->name = sg_strdup(name);
        ret->count++;
        if (level->list.count != 1 || level->list.items[0].sort != SG_ITEM_FOLDER)
            break;
        sg_text_set(&name, level->list.items[0].name);
        free(folder);
        folder = sg_printf("%s/%s", level->folder, name);
    }
    return 0;
}

static void look_into(struct sg_reading *reading, const struct level *level)
{
    reading->folder = level->folder;
    reading->name = level->name;
    reading->list = level->list;
}

/* The first level at which `layout` is recognised, or the last; NULL. */
static const struct level *find_level(struct sg_reading *reading, const struct levels *levels,
                                      const struct sg_layout *layout, bool innermost)
{
    for (size_t i = 0; i < levels->count; i++) {
        const struct level *level = &levels->items[innermost ? levels->count - 1 - i : i];
        look_into(reading, level);
        if (layout->test(reading))
            return level;
    }
    return NULL;
}

static const struct sg_layout *recognise(struct sg_reading *reading, const struct levels *levels,
                                         const char *wanted, const struct level **ret_level)
{
    for (size_t i = 0; i < sg_layout_count; i++) {
        const struct sg_layout *layout = &sg_layouts[i];
        if (wanted && strcmp(layout->name, wanted) != 0)
            continue;
        *ret_level = find_level(reading, levels, layout, layout->innermost && !wanted);
        if (*ret_level)
            return layout;
        /* The user says so: what there is, is read as that. */
        *ret_level = &levels->items[levels->count - 1];
        if (wanted)
            return layout;
    }
    *ret_level = &levels->items[0];
    return &sg_layouts[sg_layout_count - 1];
}

const struct sg_layout *sg_layout_read(struct sg_reading *reading, const char *wanted)
{
    struct levels levels = {0};
    const struct level *level = NULL;
    const struct sg_layout *layout = NULL;
    const char *name = reading->name;
    if (find_levels(reading, &levels) == 0) {
        layout = recognise(reading, &levels, wanted, &level);
        look_into(reading, level);
        /* One submission is called what the user calls it, whatever folder its author put around
         * it. */
        if (layout->read == sg_single_read)
            reading->name = name;
        if (layout->read(reading) < 0)
            layout = NULL;
    }
    levels_done(&levels);
    *reading = (struct sg_reading){.err = reading->err};
    return layout;
}
