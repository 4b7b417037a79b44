/* SPDX-License-Identifier: MIT
 * Runs a fuzz target over files, without libFuzzer: the files of the folders that are named, and
 * each beginning of them, so that a file that is cut short anywhere is tried too. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_BYTES = 2 << 20, MOST_CUTS = 64 };

static int run_file(const char *path)
{
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes data = {0};
    if (sg_file_read(path, MOST_BYTES, &data, &err) < 0) {
        (void)fprintf(stderr, "%s\n", err.text);
        return -1;
    }
    for (size_t cut = 0; cut <= MOST_CUTS; cut++) {
        /* A copy of just this size, so that reading beyond it is seen. */
        size_t size = data.length * cut / MOST_CUTS;
        uint8_t *copy = sg_alloc(size);
        if (size)
            memcpy(copy, data.data, size);
        (void)LLVMFuzzerTestOneInput(copy, size);
        free(copy);
    }
    return 0;
}

/* Runs the files of `path`; returns how many, or -1. */
static int run_folder(const char *path)
{
    DIR *folder = opendir(path);
    int count = 0;
    if (!folder) {
        (void)fprintf(stderr, "cannot read '%s'\n", path);
        return -1;
    }
    for (const struct dirent *entry; count >= 0 && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        sg_autofree char *file = sg_printf("%s/%s", path, entry->d_name);
        count = run_file(file) < 0 ? -1 : count + 1;
    }
    (void)closedir(folder);
    return count;
}

int main(int count, char **words)
{
    int files = 0;
    for (int i = 1; i < count; i++) {
        int more = run_folder(words[i]);
        if (more < 0)
            return 1;
        files += more;
    }
    (void)printf("%d files\n", files);
    return files ? 0 : 1;
}
