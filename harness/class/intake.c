/* SPDX-License-Identifier: MIT
 * Plain folders: a folder of submissions, or one submission. */
#include "class/intake.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "program/files.h"

static char *make_id(const char *name)
{
    struct sg_bytes shown = {0};
    sg_show(&shown, (const uint8_t *)name, strlen(name));
    return sg_bytes_take_text(&shown);
}

static void complain(struct sg_intake *intake, char *text)
{
    intake->complaints = sg_realloc_array(intake->complaints, intake->complaint_count + 1,
                                          sizeof *intake->complaints);
    intake->complaints[intake->complaint_count++] = text;
}

static void add_entry(struct sg_intake *intake, char *id, char *path)
{
    for (size_t i = 0; i < intake->entry_count; i++) {
        if (strcmp(intake->entries[i].id, id) != 0)
            continue;
        complain(intake, sg_printf("'%s' is left out: '%s' has the same name", path,
                                   intake->entries[i].path));
        free(id);
        free(path);
        return;
    }
    intake->entries =
        sg_realloc_array(intake->entries, intake->entry_count + 1, sizeof *intake->entries);
    struct sg_entry *entry = &intake->entries[intake->entry_count++];
    *entry = (struct sg_entry){.id = id, .path = path, .member_count = 1};
    entry->members = sg_alloc(sizeof *entry->members);
    entry->members[0].id = sg_strdup(id);
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* A folder with files in it is a submission; one with nothing but folders holds submissions. */
static int add_path(struct sg_intake *intake, const char *path, struct sg_error *err)
{
    char full[PATH_MAX];
    struct dirent **names;
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    int count = scandir(path, &names, NULL, alphasort);
    if (count < 0 || !realpath(path, full))
        return sg_fail(err, "cannot read the folder '%s': %s", path, strerror(errno));
    size_t before = intake->entry_count;
    bool has_files = false;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < count; i++) {
            const char *name = names[i]->d_name;
            if (name[0] == '.' || sg_files_is_clutter(name))
                continue;
            sg_autofree char *below = sg_printf("%.*s/%s", (int)length, path, name);
            if (pass == 0)
                has_files |= !is_folder(below);
            else if (!has_files)
                add_entry(intake, make_id(name), sg_strdup(below));
        }
    }
    for (int i = 0; i < count; i++)
        free(names[i]);
    free(names);
    if (has_files)
        add_entry(intake, make_id(strrchr(full, '/') + 1), sg_printf("%.*s", (int)length, path));
    else if (intake->entry_count == before)
        complain(intake, sg_printf("'%s' has nothing in it", path));
    return 0;
}

int sg_intake_open(const char *const *paths, size_t count, const struct sg_intake_options *options,
                   struct sg_intake *ret, struct sg_error *err)
{
    *ret = (struct sg_intake){.layout = sg_strdup("folders")};
    if (options->layout && strcmp(options->layout, "folders") != 0)
        return sg_fail(err, "unknown layout '%s' (one of: folders)", options->layout);
    if (options->id_regex || options->roster)
        return sg_fail(err, "folders are called as they are: no --id-regex, no --roster");
    for (size_t i = 0; i < count; i++) {
        if (add_path(ret, paths[i], err) < 0)
            return -1;
    }
    return 0;
}

static void member_done(struct sg_member *member)
{
    free(member->id);
    free(member->name);
    free(member->email);
    free(member->login);
}

void sg_intake_done(struct sg_intake *intake)
{
    for (size_t i = 0; i < intake->entry_count; i++) {
        struct sg_entry *entry = &intake->entries[i];
        for (size_t m = 0; m < entry->member_count; m++)
            member_done(&entry->members[m]);
        for (size_t n = 0; n < entry->note_count; n++)
            free(entry->notes[n]);
        free(entry->members);
        free(entry->notes);
        free(entry->id);
        free(entry->path);
        free(entry->attempt);
    }
    for (size_t i = 0; i < intake->complaint_count; i++)
        free(intake->complaints[i]);
    free(intake->entries);
    free(intake->complaints);
    free(intake->layout);
    *intake = (struct sg_intake){0};
}
