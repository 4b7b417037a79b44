/* SPDX-License-Identifier: MIT
 * Remarks, bounded. */
#include "class/remarks.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

enum {
    MOST_NOTES = 2000,
    MOST_NOTE_BYTES = 1 << 20,
    MOST_REMARKS = 20000,
    MOST_REMARK_BYTES = 8 << 20
};

void sg_remarks_add(struct sg_remarks *remarks, const char *path, bool spoils, const char *text)
{
    for (size_t i = 0; i < remarks->count; i++) {
        if (strcmp(remarks->items[i].text, text) == 0 && strcmp(remarks->items[i].path, path) == 0)
            return;
    }
    if (!spoils && (remarks->count >= MOST_NOTES || remarks->bytes >= MOST_NOTE_BYTES)) {
        remarks->unsaid++;
        return;
    }
    remarks->items = sg_realloc_array(remarks->items, remarks->count + 1, sizeof *remarks->items);
    remarks->items[remarks->count++] =
        (struct sg_remark){.path = sg_strdup(path), .text = sg_strdup(text), .spoils = spoils};
    remarks->bytes += strlen(path) + strlen(text);
}

bool sg_remarks_full(const struct sg_remarks *remarks)
{
    return remarks->count >= MOST_REMARKS || remarks->bytes >= MOST_REMARK_BYTES;
}

void sg_remarks_done(struct sg_remarks *remarks)
{
    for (size_t i = 0; i < remarks->count; i++) {
        free(remarks->items[i].path);
        free(remarks->items[i].text);
    }
    free(remarks->items);
    *remarks = (struct sg_remarks){0};
}

bool sg_path_is_below(const char *path, const char *top)
{
    size_t length = strlen(top);
    return !length || (strncmp(path, top, length) == 0 && (!path[length] || path[length] == '/'));
}
