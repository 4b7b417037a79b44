/* SPDX-License-Identifier: MIT
 * Writes the transcripts and captures of --artifacts. */
#include "cli/artifacts.h"

#include <string.h>

#include "base/file.h"
#include "base/random.h"
#include "cli/asked.h"
#include "report/capture.h"
#include "result/json.h"

static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

enum { LONGEST_NAME = 120 };

/* Appends `word` with all that a file's name should not hold left out: "a, b" is "a-b". */
static void add_plain(struct sg_bytes *name, const char *word)
{
    const char *gap = "";
    while (*word) {
        size_t length = strspn(word, plain);
        if (length) {
            sg_bytes_printf(name, "%s%.*s", gap, (int)length, word);
            gap = "-";
        }
        word += length;
        word += strcspn(word, plain);
    }
}

/* ROLE-ID, and for a case of a matrix ROLE-ID.LABEL. No two cases may share a file: where the label
 * was changed for it, a hash of the whole id follows. */
static char *file_name(const char *folder, const struct sg_case_result *result, const char *end)
{
    sg_autobytes struct sg_bytes name = {0}, stem = {0};
    size_t id = strspn(result->id, plain), label = 0;
    if (result->id[id] == '[')
        label = strspn(result->id + id + 1, plain);
    bool whole = !result->id[id] || (label && strcmp(result->id + id + 1 + label, "]") == 0);
    sg_bytes_printf(&stem, "%.*s%s", (int)id, result->id, result->id[id] ? "." : "");
    add_plain(&stem, result->id + id);
    whole = whole && stem.length <= LONGEST_NAME;
    sg_bytes_printf(&name, "%s/%s-%.*s", folder, result->role, LONGEST_NAME, sg_bytes_text(&stem));
    if (!whole)
        sg_bytes_printf(&name, ".%08x",
                        (unsigned)sg_hash(SG_HASH_START, result->id, strlen(result->id)));
    sg_bytes_add_text(&name, end);
    return sg_strdup(sg_bytes_text(&name));
}

static int write_case(const char *folder, const struct sg_case_result *result, struct sg_error *err)
{
    if (result->status == SG_STATUS_PASSED || result->status == SG_STATUS_SKIPPED)
        return 0;
    sg_autobytes struct sg_bytes json = {0};
    sg_autofree char *path = file_name(folder, result, ".json");
    sg_case_to_json(result, true, &json);
    return sg_file_write(path, sg_bytes_slice(&json), err);
}

static int write_capture(const char *folder, const struct sg_case_result *result,
                         struct sg_error *err)
{
    if (result->event_count == 0 || result->hidden)
        return 0;
    sg_autobytes struct sg_bytes capture = {0};
    sg_autofree char *path = file_name(folder, result, ".pcapng");
    sg_write_capture(result, &capture);
    return sg_file_write(path, sg_bytes_slice(&capture), err);
}

int sg_artifacts_write(const char *folder, const struct sg_run *run, struct sg_error *err)
{
    int failed = sg_asked_folder(folder, err);
    for (size_t i = 0; !failed && i < run->case_count; i++) {
        failed = write_case(folder, &run->cases[i], err);
        if (!failed)
            failed = write_capture(folder, &run->cases[i], err);
    }
    return failed;
}
