/* SPDX-License-Identifier: MIT
 * Lists a submission's files. */
#include "program/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/table.h"

enum { MOST_FILES = 20000, MOST_DEPTH = 12 };

bool sg_files_is_clutter(const char *name)
{
    static const char *const names[] = {".git",         ".svn",  ".hg",   "__MACOSX", ".DS_Store",
                                        "node_modules", ".venv", ".idea", ".vscode"};
    for (size_t i = 0; i < SG_COUNT(names); i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return strncmp(name, "._", 2) == 0;
}

static bool is_skipped(const char *name)
{
    static const char *const names[] = {"__pycache__", "CMakeFiles", "venv",         "deps",
                                        "incremental", "vendor",     "site-packages"};
    for (size_t i = 0; i < SG_COUNT(names); i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return name[0] == '.' || sg_files_is_clutter(name);
}

static void list_folder(int dir, const char *prefix, int depth, struct sg_files *files);

static void list_entry(int dir, const char *prefix, const char *name, int depth,
                       struct sg_files *files)
{
    struct stat status;
    if (fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return;
    char *path = sg_printf("%s%s", prefix, name);
    if (S_ISREG(status.st_mode) && files->count < MOST_FILES) {
        files->items = sg_realloc_array(files->items, files->count + 1, sizeof *files->items);
        files->items[files->count++] = (struct sg_file_entry){
            .path = path, .mode = status.st_mode, .size = (size_t)status.st_size};
        return;
    }
    if (S_ISDIR(status.st_mode) && depth < MOST_DEPTH) {
        int below = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        char *inner = sg_printf("%s/", path);
        if (below >= 0)
            list_folder(below, inner, depth + 1, files);
        free(inner);
    }
    free(path);
}

/* Takes over the descriptor `dir`. */
static void list_folder(int dir, const char *prefix, int depth, struct sg_files *files)
{
    DIR *folder = fdopendir(dir);
    if (!folder) {
        (void)close(dir);
        return;
    }
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (!is_skipped(entry->d_name))
            list_entry(dirfd(folder), prefix, entry->d_name, depth, files);
    }
    (void)closedir(folder);
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(((const struct sg_file_entry *)a)->path, ((const struct sg_file_entry *)b)->path);
}

int sg_files_list(const char *folder, struct sg_files *ret, struct sg_error *err)
{
    *ret = (struct sg_files){0};
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        return sg_fail_os(err, "read the folder '%s'", folder);
    list_folder(dir, "", 0, ret);
    if (ret->count)
        qsort(ret->items, ret->count, sizeof *ret->items, compare_paths);
    for (size_t i = 0; i < ret->count; i++) {
        const char *slash = strrchr(ret->items[i].path, '/');
        ret->items[i].name = slash ? slash + 1 : ret->items[i].path;
    }
    return 0;
}

void sg_files_done(struct sg_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->items[i].path);
    free(files->items);
    *files = (struct sg_files){0};
}

bool sg_files_has(const struct sg_files *files, const char *path)
{
    for (size_t i = 0; i < files->count; i++) {
        if (strcmp(files->items[i].path, path) == 0)
            return true;
    }
    return false;
}
