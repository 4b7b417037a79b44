/* SPDX-License-Identifier: MIT
 * Writes the transcripts of --artifacts. */
#include "cli/artifacts.h"

#include <string.h>

#include "base/file.h"
#include "result/json.h"

/* A case's id may hold a matrix in brackets and blanks; a file's name should not. */
static char *file_name(const char *folder, const struct sg_case_result *result)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    sg_autobytes struct sg_bytes name = {0};
    sg_bytes_printf(&name, "%s/%s", folder, result->role);
    for (const char *word = result->id; *word;) {
        size_t length = strspn(word, plain);
        sg_bytes_printf(&name, length ? "-%.*s" : "", (int)length, word);
        word += length;
        word += strcspn(word, plain);
    }
    sg_bytes_add_text(&name, ".json");
    return sg_strdup(sg_bytes_text(&name));
}

int sg_artifacts_write(const char *folder, const struct sg_run *run, struct sg_error *err)
{
    if (sg_make_folders(folder, err) < 0)
        return -1;
    for (size_t i = 0; i < run->case_count; i++) {
        const struct sg_case_result *result = &run->cases[i];
        if (result->status == SG_STATUS_PASSED || result->status == SG_STATUS_SKIPPED)
            continue;
        sg_autobytes struct sg_bytes json = {0};
        sg_autofree char *path = file_name(folder, result);
        sg_case_to_json(result, &json);
        if (sg_file_write(path, sg_bytes_slice(&json), err) < 0)
            return -1;
    }
    return 0;
}
