/* SPDX-License-Identifier: MIT
 * What is in a folder. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "class/layout.h"
#include "program/files.h"

static int compare_items(const void *a, const void *b)
{
    return strcmp(((const struct sg_item *)a)->name, ((const struct sg_item *)b)->name);
}

int sg_listing_read(const char *path, struct sg_listing *ret, struct sg_error *err)
{
    *ret = (struct sg_listing){0};
    DIR *folder = opendir(path);
    if (!folder) {
        (void)sg_fail_os(err, "cannot read the folder '%s'", path);
        err->blame = SG_BLAME_INPUT;
        return -1;
    }
    for (const struct dirent *entry; (entry = readdir(folder));) {
        struct stat status;
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || sg_files_is_clutter(name) ||
            fstatat(dirfd(folder), name, &status, AT_SYMLINK_NOFOLLOW) < 0)
            continue;
        ret->items = sg_grow_array(ret->items, ret->count, sizeof *ret->items);
        ret->items[ret->count++] = (struct sg_item){
            .name = sg_strdup(name),
            .sort = S_ISREG(status.st_mode)   ? SG_ITEM_FILE
                    : S_ISDIR(status.st_mode) ? SG_ITEM_FOLDER
                                              : SG_ITEM_OTHER,
        };
    }
    (void)closedir(folder);
    if (ret->count)
        qsort(ret->items, ret->count, sizeof *ret->items, compare_items);
    return 0;
}

void sg_listing_done(struct sg_listing *listing)
{
    for (size_t i = 0; i < listing->count; i++)
        free(listing->items[i].name);
    free(listing->items);
    *listing = (struct sg_listing){0};
}

const struct sg_item *sg_listing_find(const struct sg_listing *listing, const char *name)
{
    for (size_t i = 0; i < listing->count; i++) {
        if (strcmp(listing->items[i].name, name) == 0)
            return &listing->items[i];
    }
    return NULL;
}
